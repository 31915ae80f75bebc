/** What a command line is understood as, in tests. */
import { parseCommand } from '../../../src/cli/arguments.ts';

export const parse = (line: string) => parseCommand(line.split(' ').filter(word => word !== ''));

/** The message of the error that a command line is refused with. */
export function refusal(line: string): string {
  try {
    parse(line);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

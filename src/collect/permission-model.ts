/** Node's permission model refuses the agent's worker and files; Node 20 would even end the program for it. */
import { UserError } from '../contracts/user-error.ts';

const FLAG = /^--(?:experimental-)?permission$/;
/** Flags of Node whose value is the next word. */
const FLAGS_WITH_VALUE = new Set([
  ...['-r', '--require', '--import', '-C', '--conditions', '--loader', '--experimental-loader'],
  ...['--env-file', '--env-file-if-exists', '--input-type', '--title', '--test-reporter', '--watch-path'],
]);

/** `words` follow the runtime: its flags, the script, and what is the script's own. Throws `permission-model`. */
export function refusePermissionModel(words: readonly string[], nodeOptions: string): void {
  if ([...flagsOf(words), ...nodeOptions.split(/\s+/)].some(flag => FLAG.test(flag)))
    throw new UserError('permission-model');
}

function flagsOf(words: readonly string[]): readonly string[] {
  const script = words.findIndex(
    (word, index) => !word.startsWith('-') && !FLAGS_WITH_VALUE.has(words[index - 1] ?? ''),
  );
  return script === -1 ? words : words.slice(0, script);
}

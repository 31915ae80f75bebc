/** The command line that VS Code builds for a task of type `shell` (its `ShellQuoting`). */
import { invalid, isObject } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { LaunchContext } from './launch-context.ts';

type Quoting = 'escape' | 'strong' | 'weak';

interface Word {
  readonly value: string;
  /** Undefined: quoted strongly when it holds a space outside quotes. */
  readonly quoting: Quoting | undefined;
}

interface Quotes {
  readonly escape: string;
  readonly escaped: RegExp;
  readonly strong: string;
  readonly weak: string;
}

const POSIX: Quotes = { escape: '\\', escaped: /[ "'\\]/g, strong: "'", weak: '"' };
const POWERSHELL: Quotes = { escape: '`', escaped: /[ "'()]/g, strong: "'", weak: '"' };

/**
 * `command` and `args` in one line. A command without arguments is the user's own line and stays as it is.
 * Throws `launch-invalid`.
 */
export function taskCommandLine(task: JsonObject, owner: string, context: LaunchContext): string {
  const args = task['args'] ?? [];
  if (!Array.isArray(args)) throw invalid(owner, 'args', 'a list');
  const quotes = context.platform === 'win32' ? POWERSHELL : POSIX;
  const [command, ...rest] = [task['command'], ...args].map((one: unknown) => {
    const { value, quoting } = wordOf(one, owner);
    return { value: context.expand(value, { owner, forShell: true }), quoting };
  });
  if (command === undefined) throw invalid(owner, 'command', 'a text');
  if (rest.length === 0 && command.quoting === undefined) return command.value;
  const line = [command, ...rest].map(word => quoted(word, quotes)).join(' ');
  const isCall = quotes === POWERSHELL && quoted(command, quotes) !== command.value;
  return isCall ? `& ${line}` : line;
}

function wordOf(value: unknown, owner: string): Word {
  if (Array.isArray(value)) return { value: value.join(' '), quoting: undefined };
  if (!isObject(value)) {
    if (typeof value !== 'string' && typeof value !== 'number')
      throw invalid(owner, 'command or args', 'texts');
    return { value: String(value), quoting: undefined };
  }
  const { quoting } = value;
  const known = quoting === 'escape' || quoting === 'strong' || quoting === 'weak' ? quoting : undefined;
  return { value: wordOf(value['value'], owner).value, quoting: known };
}

function quoted({ value, quoting }: Word, quotes: Quotes): string {
  if (quoting === 'weak') return quotes.weak + value + quotes.weak;
  if (quoting === 'escape') return value.replaceAll(quotes.escaped, character => quotes.escape + character);
  return quoting === 'strong' || hasBareSpace(value, quotes) ? quotes.strong + value + quotes.strong : value;
}

/** Whether a word holds a space that no quote or escape of the user's own protects. */
function hasBareSpace(value: string, { escape, strong, weak }: Quotes): boolean {
  const [first, last] = [value.charAt(0), value.slice(-1)];
  if (value.length > 1 && first === last && (first === strong || first === weak)) return false;
  let open: string | undefined;
  for (let index = 0; index < value.length; index++) {
    const character = value.charAt(index);
    if (character === open) open = undefined;
    else if (open !== undefined) continue;
    else if (character === escape) index++;
    else if (character === strong || character === weak) open = character;
    else if (character === ' ') return true;
  }
  return false;
}

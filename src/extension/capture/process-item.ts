/** Running processes as lines of a picker. Pure. */
import { l10n } from 'vscode';
import type { ProcessEntry } from '../../contracts/server.ts';
import { formatSpan } from '../../format/age.ts';
import { plainText } from '../../format/untrusted.ts';

export interface ProcessLine {
  /** `server.js --port 4870`. */
  readonly label: string;
  /** `4711 · 12 min`. */
  readonly description: string;
  /** `/home/me/shop · inspector at 127.0.0.1:9229`. */
  readonly detail: string;
}

const LONGEST_LABEL = 80;

export function processLine({ pid, command, cwd, ageMilliseconds, inspector }: ProcessEntry): ProcessLine {
  return {
    label: plainText(shortCommand(command) || l10n.t('process {0}', pid), LONGEST_LABEL),
    description: `${pid} · ${formatSpan(ageMilliseconds)}`,
    detail: plainText(inspector === undefined ? cwd : l10n.t('{0} · inspector at {1}', cwd, inspector)),
  };
}

/** Flags of Node whose value is the next word. */
const FLAGS_WITH_VALUE = new Set([
  ...['-r', '--require', '--import', '-C', '--conditions', '--loader', '--experimental-loader'],
]);

/** Script and arguments: without the folder of the script, the runtime and its flags. */
export function shortCommand(command: readonly string[]): string {
  const script = scriptIndex(command);
  if (script === -1) return command.map(baseName).join(' ');
  const [program = '', ...rest] = command.slice(script);
  return [baseName(program), ...rest].join(' ');
}

/** The script that Node runs, as it was given; undefined without one. */
export const scriptOf = (command: readonly string[]): string | undefined => command[scriptIndex(command)];

/** -1 without a script. */
const scriptIndex = (command: readonly string[]): number =>
  command.findIndex(
    (word, index) => index > 0 && !word.startsWith('-') && !FLAGS_WITH_VALUE.has(command[index - 1] ?? ''),
  );

const baseName = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');

const ADDRESS = /^(?:[\w.-]*|\[[\da-f:.]+\]):(\d{1,5})$/i;
const SESSION = /^ws:\/\/(?:[\w.-]+|\[[\da-f:.]+\]):(\d{1,5})\/[\w./-]+$/i;

/** What is wrong with `host:9229` or `ws://host:9229/id` as the user types it; undefined when nothing is. */
export function addressProblem(text: string): string | undefined {
  const port = (ADDRESS.exec(text.trim()) ?? SESSION.exec(text.trim()))?.[1];
  if (port === undefined) {
    return l10n.t('Type host:port, as in 127.0.0.1:9229, or the ws:// address that Node prints.');
  }
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? undefined : l10n.t('A port is a number from 1 to 65535.');
}

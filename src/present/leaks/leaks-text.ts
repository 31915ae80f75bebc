/** What was found by comparing snapshots, for a terminal. */
import type { AllocationFrame, LeaksDocument, LeakSuspicion, LeakVerdict } from '../../contracts/leaks.ts';
import { bytes } from '../../contracts/units.ts';
import { formatBytes, formatCount, formatTime, rangeWords, significant } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { reasonWords } from './advice.ts';
import { unjudged } from './unjudged.ts';
import { STATE_WORDS } from './verdict-words.ts';

/** `placeOf` shortens a path. */
export function leaksText(document: LeaksDocument, placeOf: (file: string) => string): string {
  const { verdicts, snapshots, problems } = document;
  const isWorthSaying = ({ verdict }: LeakVerdict): boolean => verdict !== 'cleared';
  const said = verdicts.filter(isWorthSaying);
  const cleared = verdicts.length - said.length;
  return [
    `${headline(verdicts)} ─ ${snapshots.length} snapshots, the last of ${formatCount(snapshots.at(-1)?.objects ?? 0)} objects\n`,
    ...said.map(verdict => `\n${verdictText(verdict, placeOf)}`),
    ...unjudged(document).map(each => suspicionRow(each, placeOf)),
    ...contextRows(snapshots),
    ...costRows(snapshots),
    ...(cleared > 0 ? [`\n${cleared} more changed and do not grow.\n`] : []),
    ...problems.map(({ message, advice }) => `\n${plainText(message, 600)}\n  ${plainText(advice, 600)}\n`),
  ].join('');
}

/** Only where there are more and more. */
function contextRows(snapshots: LeaksDocument['snapshots']): string[] {
  const counts = snapshots.flatMap(({ contexts }) => (contexts === undefined ? [] : [contexts]));
  const isGrowing = counts.length > 1 && counts.at(-1)! > counts[0]!;
  return isGrowing ? [`\nContexts of V8 (vm.createContext) that are held: ${counts.join(', ')}.\n`] : [];
}

/** The prediction is held against what has come. */
function costRows(snapshots: LeaksDocument['snapshots']): string[] {
  const costs = snapshots.flatMap(({ cost }) => (cost ? [cost] : []));
  if (costs.length === 0) return [];
  const measured = costs.map(each => formatTime(each.measured.pauseMicroseconds));
  const expected = costs.map(({ expected: { leastPauseMicroseconds, mostPauseMicroseconds } }) =>
    rangeWords(formatTime, leastPauseMicroseconds, mostPauseMicroseconds),
  );
  return [`\nThe snapshots paused it for ${measured.join(', ')}; expected were ${expected.join(', ')}.\n`];
}

function headline(verdicts: readonly LeakVerdict[]): string {
  const count = (state: LeakVerdict['verdict']): number =>
    verdicts.filter(({ verdict }) => verdict === state).length;
  const leaks = count('leak');
  const suspects = count('suspect');
  const found = leaks === 0 ? 'No leak found' : `${leaks} ${leaks === 1 ? 'leak' : 'leaks'}`;
  return suspects === 0 ? found : `${found}, ${suspects} not yet sure`;
}

function verdictText(verdict: LeakVerdict, placeOf: (file: string) => string): string {
  const { className, kind, file, line, retainerPath, countPerEpoch, bytesPerEpoch, reason, bound } = verdict;
  const place =
    file === undefined ? '' : `  ${plainText(placeOf(file))}${line === undefined ? '' : `:${line}`}`;
  const why = bound === undefined ? reasonWords(reason) : `${reasonWords(reason)} (${plainText(bound)})`;
  const rows = [
    `${STATE_WORDS[verdict.verdict]}: ${plainText(className)} (${kind})${place}`,
    `  per epoch  ${epochWords(countPerEpoch, bytesPerEpoch)}`,
    ...(verdict.perOperation
      ? [`  per ${plainText(verdict.perOperation.of)}  ${operationWords(verdict.perOperation)}`]
      : []),
    ...(verdict.allocatedAt ? [`  made by    ${stackWords(verdict.allocatedAt)}`] : []),
    `  held by    ${retainerPath.map(word => plainText(word)).join(' → ')}`,
    `  because    ${why}`,
    ...(verdict.verdict === 'leak' ? [`  to do      ${verdict.advice}`] : []),
  ];
  return rows.map(row => `${row}\n`).join('');
}

function suspicionRow({ message, file, line }: LeakSuspicion, placeOf: (file: string) => string): string {
  const place =
    file === undefined ? '' : `  ${plainText(placeOf(file))}${line === undefined ? '' : `:${line}`}`;
  return `\nBy sampling: ${plainText(message, 400)}${place}\n`;
}

const MOST_CALLERS = 4;

/** `newCart ← addToCart ← handle`: innermost first. */
function stackWords(frames: readonly AllocationFrame[]): string {
  const names = frames.slice(0, MOST_CALLERS).map(({ name }) => plainText(name, 48));
  return [...names, ...(frames.length > MOST_CALLERS ? ['…'] : [])].join(' ← ');
}

function epochWords(counts: readonly number[], sizes: readonly number[]): string {
  return counts
    .map((count, at) => `+${formatCount(count)} (${formatBytes(bytes(sizes[at] ?? 0))})`)
    .join(', ');
}

const operationWords = ({ count, bytes: size }: { count: number; bytes: number }): string =>
  `${significant(count)} objects, ${formatBytes(bytes(Math.round(size)))}`;

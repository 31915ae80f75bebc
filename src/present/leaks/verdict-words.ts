/** Verdicts in words: what grows, how fast, and why we think so. */
import type { LeaksDocument, LeakState, LeakVerdict } from '../../contracts/leaks.ts';
import { bytes } from '../../contracts/units.ts';
import { formatBytes, formatCount, significant } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { reasonWords } from './advice.ts';

export const STATE_WORDS: Readonly<Record<LeakState, string>> = {
  leak: 'Leak',
  suspect: 'Growing, not yet sure',
  cleared: 'Cleared',
};

export const sizeText = (size: number): string => formatBytes(bytes(Math.round(size)));
export const plusText = (count: number): string => `+${formatCount(count)}`;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Tells verdicts apart, the same after another epoch: by what they are of and where it is held. */
export const verdictKey = ({ className, retainerPath, file = '', line = 0 }: LeakVerdict): string =>
  JSON.stringify([className, retainerPath, file, line]);

/** `1.00 per request (3.20 KB)`; `+1,500 in 3 epochs (4.80 MB)` where operations are not counted. */
export function growthText({ perOperation, countPerEpoch, retainedBytes }: LeakVerdict): string {
  if (perOperation) {
    const { of, count, bytes: size } = perOperation;
    return `${significant(count)} per ${plainText(of)} (${sizeText(size)})`;
  }
  return `${plusText(sum(countPerEpoch))} in ${epochsText(countPerEpoch.length)} (${sizeText(retainedBytes)})`;
}

export const epochsText = (count: number): string =>
  count === 1 ? '1 epoch' : `${formatCount(count)} epochs`;

/** What holds it, nearest last: `module sessions.ts → Map sessions → Session`. */
export const holderText = ({ retainerPath }: LeakVerdict): string =>
  retainerPath.map(word => plainText(word)).join(' → ');

/** Sentences with the numbers that the verdict is made of. */
export function whyText(verdict: LeakVerdict): string[] {
  const { countPerEpoch, perOperation, reason, bound, kind } = verdict;
  const counts = countPerEpoch.map(plusText).join(', ');
  const brought = `${counts} objects in ${epochsText(countPerEpoch.length)}`;
  return [
    `${brought}: ${reasonWords(reason)}.`,
    ...(bound === undefined ? [] : [`The limit: ${plainText(bound)}.`]),
    ...(perOperation
      ? [
          `That is ${significant(perOperation.count)} objects and ${sizeText(perOperation.bytes)} per ${plainText(perOperation.of)}.`,
        ]
      : []),
    ...(verdict.verdict === 'cleared' ? [] : [`It looks like this kind: ${kind}.`]),
  ];
}

export const NOT_COMPARED = 'No two snapshots were taken, so nothing could be compared.';

/** What a comparison comes to, in one sentence. */
export function outcome({ verdicts, snapshots }: LeaksDocument): string {
  if (snapshots.length < 2) return NOT_COMPARED;
  const count = (state: LeakState): number => verdicts.filter(({ verdict }) => verdict === state).length;
  const [leaks, suspects] = [count('leak'), count('suspect')];
  const found = `${leaks === 1 ? '1 leak' : `${leaks} leaks`} found`;
  const growing = `${suspects === 1 ? '1 thing is' : `${suspects} things are`} growing, and it is not yet sure whether that will stop`;
  if (leaks > 0) return suspects > 0 ? `${found}; ${growing}.` : `${found}.`;
  if (suspects > 0) return `${growing[0]?.toUpperCase()}${growing.slice(1)}.`;
  return `Nothing grows: what ${epochsText(snapshots.length - 1)} of work brought was let go.`;
}

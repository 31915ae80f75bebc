import type { GcDocument, ProfileDocument } from '../../contracts/document.ts';
import { microseconds } from '../../contracts/units.ts';
import { formatCount, formatTime } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Section } from '../section.ts';

const MOST_TRACKED = 8;

/** What the report says of garbage collection: the thread that collects most, and functions that were tracked. */
export function gcSection({ gc }: Pick<ProfileDocument, 'gc'>): Section | undefined {
  if (!gc) return undefined;
  const [most, ...others] = gc.threads.toSorted(
    (a, b) => b.pauseMilliseconds.total - a.pauseMilliseconds.total,
  );
  if (!most) return undefined;
  const isOfSeveral = others.length > 0;
  const who = isOfSeveral
    ? ` (process ${most.pid}${most.threadId === 0 ? '' : `, worker ${most.threadId}`})`
    : '';
  return {
    title: `Garbage collection${who}`,
    sentences: [
      { text: most.sentence },
      ...unseen(most.unseenMilliseconds),
      ...gc.tracked.slice(0, MOST_TRACKED).map(each => ({ text: trackedText(each) })),
    ],
  };
}

const LEAST_UNSEEN_MILLISECONDS = 100;

const unseen = (milliseconds: number): { text: string }[] =>
  milliseconds < LEAST_UNSEEN_MILLISECONDS
    ? []
    : [{ text: `What was collected in the last ${time(milliseconds)} before its end is not known.` }];

/** `importRows: 12 calls, 40 collections, 212 ms of 1.40 s`. */
function trackedText({
  name,
  calls,
  count,
  pauseMilliseconds,
  milliseconds,
}: GcDocument['tracked'][number]): string {
  return `${plainText(name, 60)}: ${amount(calls, 'call')}, ${amount(count, 'collection')}, ${time(pauseMilliseconds.total)} of ${time(milliseconds)}`;
}

const time = (milliseconds: number): string => formatTime(microseconds(milliseconds * 1000));
const amount = (count: number, word: string): string =>
  `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;

/** From counts to a verdict. */

export interface Counted {
  /** Born in each epoch, and there at the end. */
  readonly born: readonly number[];
  /** What the container, or the heap of such things, held at each snapshot: one more than epochs. */
  readonly held: readonly number[];
  /** Of the same sort, from before the first epoch. */
  readonly older: number;
  /** Operations of each epoch, where they are known. */
  readonly operations?: readonly number[];
  /** A limit that the container has not reached. */
  readonly isBounded: boolean;
}

/**
 * `leak`: in every epoch as many again, and all of them are there. `growing`: not sure, for that reason. `cleared`: new
 * ones take the place of old ones, or it has stopped.
 */
export type Judgement =
  | { readonly verdict: 'leak'; readonly because: 'every-epoch' }
  | {
      readonly verdict: 'growing';
      readonly because: 'few-epochs' | 'few' | 'uneven' | 'slowing' | 'partly-freed' | 'bounded';
    }
  | { readonly verdict: 'cleared'; readonly because: 'replaced' | 'stopped' };

export const FEWEST_EPOCHS = 3;
/** Fewer births in an epoch may be anything. */
const FEWEST_BORN = 5;
/** Epochs are as good as alike. */
const EVEN = 0.5;
/** The container must have grown by that part of what was born. */
const NET = 0.5;
/** An epoch with that part of the largest one has brought nothing. */
const NOTHING_NEW = 0.1;
/** How much the share of births that lasted may differ between epochs. */
const STEADY = 1.35;
/** A filling cache of N keys grows by exp(-t / N): less and less. Two standard errors of counts of events say that it does. */
const SLOWING = 0.95;
const STANDARD_ERRORS = 2;

export function judge(counted: Counted): Judgement {
  const { born, held } = counted;
  const grown = born.map((_, epoch) => held[epoch + 1]! - held[epoch]!);
  const last = born.at(-1) ?? 0;
  if (last <= NOTHING_NEW * Math.max(...born)) return { verdict: 'cleared', because: 'stopped' };
  const isNet = (epoch: number): boolean => grown[epoch]! >= NET * born[epoch]! && grown[epoch]! > 0;
  if (!isNet(born.length - 1) || isEmptied(born, grown)) return { verdict: 'cleared', because: 'replaced' };
  const doubt = doubtOf(counted, grown);
  return doubt ? { verdict: 'growing', because: doubt } : { verdict: 'leak', because: 'every-epoch' };
}

/** It has held less in between, and what was born early is gone. */
const isEmptied = (born: readonly number[], grown: readonly number[]): boolean =>
  grown.some(each => each < 0) && Math.min(...born) < EVEN * Math.max(...born);

type Doubt = Extract<Judgement, { verdict: 'growing' }>['because'];

function doubtOf(counted: Counted, grown: readonly number[]): Doubt | undefined {
  const { born, older, isBounded } = counted;
  const rates = perOperation(counted);
  const least = Math.min(...rates);
  if (Math.min(...born) < FEWEST_BORN) return Math.min(...born) === 0 ? 'uneven' : 'few';
  if (isSlowing(counted, rates)) return 'slowing';
  if (least < EVEN * Math.max(...rates)) return 'uneven';
  const shares = born.map((count, epoch) => count / grown[epoch]!);
  if (shares.some(share => share <= 0) || Math.max(...shares) > STEADY * Math.min(...shares))
    return 'partly-freed';
  // What there was before the first snapshot has come in an epoch too, if it is enough.
  const epochs = born.length + (older >= EVEN * Math.min(...born) ? 1 : 0);
  if (epochs < FEWEST_EPOCHS) return 'few-epochs';
  return isBounded ? 'bounded' : undefined;
}

function perOperation({ born, operations }: Counted): number[] {
  return born.map((count, epoch) => count / Math.max(1, operations?.[epoch] ?? 1));
}

function isSlowing({ born }: Counted, rates: readonly number[]): boolean {
  const [first = 0] = born;
  const last = born.at(-1) ?? 0;
  const [firstRate = 0] = rates;
  const lastRate = rates.at(-1) ?? 0;
  if (lastRate >= SLOWING * firstRate) return false;
  const expected = (first * lastRate) / Math.max(firstRate, Number.MIN_VALUE);
  return first - expected > STANDARD_ERRORS * Math.sqrt(first + last);
}

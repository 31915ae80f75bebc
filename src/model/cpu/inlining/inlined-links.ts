import { countOf, type LocatedStack } from './exact-stacks.ts';
import type { Links } from './links.ts';

/** Ticks on lines of its own alone that show a function to be inlined. */
const FEW_TICKS = 3;
/** Standard deviations by which exact stacks must exceed V8's ticks to show that a function is inlined somewhere. */
const SIGNIFICANT = 2.5;

/**
 * By link: whether the function is known to be inlined into the frame. It left ticks there that only it can have
 * left; or exact stacks end in it, below the frame, more often than V8 charged it with ticks, by more than chance.
 */
export function inlinedLinks(
  links: Links,
  charged: Float64Array,
  stacks: readonly LocatedStack[],
  tick: number,
): boolean[] {
  const met = new Map<number, number>();
  for (const { frames, count } of stacks) met.set(frames[0]!, (met.get(frames[0]!) ?? 0) + count);
  const perStack = charged.reduce((sum, time) => sum + time, 0) / countOf(stacks);
  const isMissed = (burnt: number): boolean => {
    const expected = charged[burnt]! / perStack;
    return (met.get(burnt) ?? 0) - expected > SIGNIFICANT * Math.sqrt(expected + 1);
  };
  return Array.from(
    { length: links.count },
    (_, link) =>
      links.alone[link]! >= FEW_TICKS * tick || (links.stacks[link]! > 0 && isMissed(links.burnt(link))),
  );
}

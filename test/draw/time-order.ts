/** What a thread did in the order of time, as a line: the functions of a stack, outermost first, and microseconds. */
import type { TimeOrderedStacks, TimeOrderedTrack } from '../../src/model/stacks/time-ordered-stacks.ts';

/** `'main>a 1000, (idle) 500, - 20'`; `-` is nobody. */
export function drawTimeOrder(
  { functions }: Pick<TimeOrderedStacks, 'functions'>,
  track: TimeOrderedTrack,
): string {
  const pathOf = (node: number): string[] =>
    node === 0 ? [] : [...pathOf(track.parent[node]!), functions[track.function[node]!]!.name];
  return Array.from(
    track.stack,
    (node, stretch) => `${pathOf(node).join('>') || '-'} ${Math.round(track.duration[stretch]!)}`,
  ).join(', ');
}

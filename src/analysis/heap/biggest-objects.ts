import { dominatorOf, retainedOf, type Heap } from '../../model/heap/heap.ts';
import { KIND_MASK, NodeKind } from '../../model/heap/kinds.ts';
import { largest } from './largest.ts';

/** Among so many of the largest it is looked at who only hands a size on. */
const CANDIDATES = 2000;
/** What retains this share of its owner is shown instead of it. */
const HANDED_ON = 0.8;

/** What a program has made itself: objects, closures, texts, and native ones. */
const SHOWN: ReadonlySet<number> = new Set([
  ...[NodeKind.object, NodeKind.closure, NodeKind.native, NodeKind.regexp, NodeKind.bigint],
  ...[NodeKind.string, NodeKind.concatenatedString, NodeKind.slicedString],
]);

/**
 * The objects that retain most, the largest first. One that holds little beside one other of them is left out: of a global,
 * the module in it and the Map in that, the Map says most. Those that retain less than `leastBytes` are not looked at,
 * which spares most of the time where there are millions.
 */
export function biggestObjects(heap: Heap, count: number, leastBytes = 0): number[] {
  const { graph, order, retained } = heap;
  const isShown = (node: number): boolean => node !== graph.root && SHOWN.has(graph.kinds[node]! & KIND_MASK);
  const candidates = largest(order.length, CANDIDATES, number =>
    retained[number]! >= leastBytes && isShown(order[number]!) ? retained[number]! : -1,
  )
    .map(number => order[number]!)
    .filter(node => isShown(node) && retainedOf(heap, node) >= leastBytes);
  const handsOn = new Set<number>();
  for (const node of candidates) {
    let owner = dominatorOf(heap, node);
    while (owner !== graph.root && !isShown(owner)) owner = dominatorOf(heap, owner);
    if (retainedOf(heap, node) >= HANDED_ON * retainedOf(heap, owner)) handsOn.add(owner);
  }
  return candidates.filter(node => !handsOn.has(node)).slice(0, count);
}

import { LARGE, selfSizeOf, type HeapGraph } from '../graph.ts';

/** By number of the walk: the bytes that would be free without it; `retained` is filled. */
export function retainedSizes(
  graph: HeapGraph,
  order: Int32Array,
  dominators: Int32Array,
  retained: Float64Array,
): Float64Array {
  const { selfSizes } = graph;
  const count = order.length;
  for (let number = 0; number < count; number++) {
    const size = selfSizes[order[number]!]!;
    retained[number] = size === LARGE ? selfSizeOf(graph, order[number]!) : size;
  }
  for (let number = count - 1; number > 0; number--) retained[dominators[number]!]! += retained[number]!;
  return retained;
}

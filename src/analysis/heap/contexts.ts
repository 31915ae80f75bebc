import type { HeapGraph } from '../../model/heap/graph.ts';
import { roleOf } from './node-roles.ts';

/** As V8 calls it in snapshots. */
const CONTEXT = 'system / NativeContext';

/** Worlds of JavaScript with globals of their own (`vm.createContext`, `ShadowRealm`): the program's, and all that are held. */
export function contextCount(graph: HeapGraph): number {
  const name = graph.strings.indexOf(CONTEXT);
  if (name < 0) return 0;
  let count = 0;
  for (let node = 0; node < graph.nodeCount; node++)
    if (graph.names[node] === name && roleOf(graph, node) !== 'store') count += 1;
  return count;
}

/** What sort of leak it is, by the classes of Node and JavaScript that are on the way. */
import type { LeakKind } from '../../contracts/leaks.ts';
import { nameOf, selfSizeOf, type HeapGraph } from '../../model/heap/graph.ts';
import { edgeKind, EdgeKind, NodeKind, TO_MASK } from '../../model/heap/kinds.ts';
import { propertyOf } from './class-words.ts';
import type { Growth } from './growth.ts';
import { kindOf, roleOf } from './node-roles.ts';
import type { RetainerPath } from './retainer-path.ts';

const BUFFERS =
  /^(?:Buffer|FastBuffer|ArrayBuffer|SharedArrayBuffer|DataView|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)$/;
const TIMERS = /^(?:Timeout|Immediate|TimersList|ImmediateList)$/;
const TABLES = /^(?:Map|Set|WeakMap|WeakSet|Object)$/;
const LISTENER_NAMES: ReadonlySet<string> = new Set([
  '_events',
  '<symbol kEvents>',
  '<symbol events.maxEventTargetListeners>',
]);
const MODULE_NAMES: ReadonlySet<string> = new Set(['loadCache', '_cache', '_pathCache']);

export function kindOfGrowth(graph: HeapGraph, growth: Growth, path: RetainerPath): LeakKind {
  const { anchor, example, isChain } = growth;
  const name = nameOf(graph, example);
  const names = new Set(path.names);
  if (TIMERS.test(name) || TIMERS.test(nameOf(graph, anchor))) return 'timer';
  if (name === 'Listener' || path.names.some(each => LISTENER_NAMES.has(each))) return 'listener';
  if (path.names.some(each => MODULE_NAMES.has(each)) || /^Module(?:Job|Wrap)?$/.test(name)) return 'module';
  if (isHandle(graph, example) || roleOf(graph, anchor) === 'store') return 'handle';
  if (isBuffer(graph, example, name)) return 'buffer';
  if (name === 'Promise' || holdsPromise(graph, example)) return 'pending promise';
  if (kindOf(graph, example) === NodeKind.closure) return 'closure';
  if (isChain) return 'chain';
  if (nameOf(graph, anchor) === 'Array') return 'global array';
  return TABLES.test(nameOf(graph, anchor)) || names.size > 0 ? 'cache' : 'object';
}

/** A buffer, or an object that is little beside the memory of its buffers. */
function isBuffer(graph: HeapGraph, node: number, name: string): boolean {
  return BUFFERS.test(name) && selfSizeOf(graph, node) > 0;
}

/** Streams and sockets of Node. */
const isHandle = (graph: HeapGraph, node: number): boolean =>
  propertyOf(graph, node, '_readableState') !== undefined ||
  propertyOf(graph, node, '_writableState') !== undefined;

/** The functions that settle a promise hold it by their scope, without a name. */
function holdsPromise(graph: HeapGraph, node: number): boolean {
  if (kindOf(graph, node) !== NodeKind.object) return false;
  return contentsOf(graph, node).some(each => {
    if (nameOf(graph, each) === 'Promise' && kindOf(graph, each) === NodeKind.object) return true;
    if (kindOf(graph, each) !== NodeKind.closure || nameOf(graph, each) !== '') return false;
    const scope = propertyOf(graph, each, 'context');
    return (
      scope !== undefined && contentsOf(graph, scope, true).some(held => nameOf(graph, held) === 'Promise')
    );
  });
}

function contentsOf(graph: HeapGraph, node: number, hidden = false): number[] {
  const found: number[] = [];
  for (let at = graph.firstEdges[node]!; at < graph.firstEdges[node + 1]!; at++) {
    const kind = edgeKind(graph.edges[at]!);
    const to = graph.edges[at]! & TO_MASK;
    const isWanted =
      kind === EdgeKind.property || kind === EdgeKind.context || (hidden && kind === EdgeKind.hidden);
    if (
      isWanted &&
      roleOf(graph, to) === 'content' &&
      graph.strings.text(graph.edgeNames[at]!) !== '__proto__'
    )
      found.push(to);
  }
  return found;
}

/** What a snapshot tells of the place where something is allocated. */
import { nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, NodeKind, TO_MASK } from '../../model/heap/kinds.ts';
import { literalNames, propertyOf } from './class-words.ts';
import type { Growth } from './growth.ts';
import type { Comparison } from './judged.ts';
import { kindOf } from './node-roles.ts';
import type { RetainerPath } from './retainer-path.ts';
import type { Counted } from './rule.ts';
import { isOfProgram, type HeapScripts, type HeapSite } from './scripts.ts';
import { sum } from './sum.ts';

export interface SiteClues {
  /** Of a closure, or of the one that a timer or listener calls: where it stands. */
  readonly closure?: HeapSite;
  /** Its name, '' if it has none. */
  readonly calledName: string;
  /** The first function of the program that is found in it. */
  readonly inside?: HeapSite;
  /** Where its class stands. */
  readonly constructed?: HeapSite;
  /** The file whose variables hold it. */
  readonly holder?: string;
  /** Class to be seen behind `new`; '' for what has no class of its own. */
  readonly className: string;
  /** Of a plain object. */
  readonly propertyNames: readonly string[];
  /** Variables and properties on the way to it, the nearest last. */
  readonly names: readonly string[];
  readonly heldCount: number;
}

export function cluesOf(
  { graph, epochs }: Comparison,
  scripts: HeapScripts,
  growth: Growth,
  path: RetainerPath,
  { older }: Counted,
): SiteClues {
  const { example } = growth;
  const name = nameOf(graph, example);
  const isObject = kindOf(graph, example) === NodeKind.object;
  const closure = closureSite(graph, scripts, example);
  const inside = siteInside(graph, scripts, epochs, example);
  const constructed = isObject ? scripts.siteOf(example) : undefined;
  return {
    ...(closure ? { closure: closure.site } : {}),
    calledName: closure?.name ?? '',
    ...(inside ? { inside } : {}),
    ...(constructed && isOfProgram(constructed.url) ? { constructed } : {}),
    ...(path.scope && isOfProgram(path.scope.site.url) ? { holder: path.scope.site.url } : {}),
    className: isObject && name !== 'Object' && name !== 'Array' ? name : '',
    propertyNames: name === 'Object' ? literalNames(graph, example) : [],
    names: path.names.slice(-NEAREST_NAMES),
    heldCount: older + sum(growth.counts),
  };
}

/** Names that are farther away say nothing of the place. */
const NEAREST_NAMES = 6;

/** What is called is looked for that deep below a timer, a listener, a promise. */
const CALLED = ['_onTimeout', '_onImmediate', 'listener', 'callback', 'handler'];

function closureSite(
  graph: HeapGraph,
  scripts: HeapScripts,
  node: number,
): { readonly site: HeapSite; readonly name: string } | undefined {
  const named = kindOf(graph, node) === NodeKind.closure ? node : undefined;
  const called = named ?? CALLED.map(each => propertyOf(graph, node, each)).find(each => each !== undefined);
  if (called === undefined) return undefined;
  const site = kindOf(graph, called) === NodeKind.closure ? scripts.siteOf(called) : undefined;
  return site && isOfProgram(site.url) ? { site, name: nameOf(graph, called) } : undefined;
}

const MOST_INSIDE = 400;

/** Breadth first over what was born with it. */
function siteInside(
  graph: HeapGraph,
  scripts: HeapScripts,
  epochs: Uint8Array,
  node: number,
): HeapSite | undefined {
  const queue = [node];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < MOST_INSIDE; at++) {
    const each = queue[at]!;
    const site = kindOf(graph, each) === NodeKind.closure ? scripts.siteOf(each) : undefined;
    if (site && isOfProgram(site.url)) return site;
    for (let edge = graph.firstEdges[each]!; edge < graph.firstEdges[each + 1]!; edge++) {
      const to = graph.edges[edge]! & TO_MASK;
      if (epochs[to] === 0 || seen.has(to) || edgeKind(graph.edges[edge]!) === EdgeKind.weak) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return undefined;
}

/** From snapshots to verdicts. */
import type { LeakKind, LeakReason, LeakState } from '../../contracts/leaks.ts';
import { births } from '../../model/heap/epochs.ts';
import { idOf, type HeapGraph } from '../../model/heap/graph.ts';
import { classWords } from './class-words.ts';
import { growthsOf, type Growth } from './growth.ts';
import { kindOfGrowth } from './growth-kind.ts';
import { judged, judgedNumbers, type Comparison, type Judged } from './judged.ts';
import { limitsOf } from './limits.ts';
import { mergeAnchors, mergeChains } from './merge-growths.ts';
import { reachOf } from './reach.ts';
import { retainerPath, type HeapScope, type RetainerPath } from './retainer-path.ts';
import type { Counted } from './rule.ts';
import { HeapScripts, isOfProgram } from './scripts.ts';
import { cluesOf, type SiteClues } from './site-clues.ts';
import { sum } from './sum.ts';
import { countsOf, type SnapshotTrace } from './trace.ts';

/** A verdict before its place in the source is looked up. */
export interface HeapVerdict {
  readonly verdict: LeakState;
  readonly reason: LeakReason;
  readonly kind: LeakKind;
  readonly className: string;
  readonly countPerEpoch: readonly number[];
  readonly bytesPerEpoch: readonly number[];
  /** From what the scope holds to the thing; see `RetainerPath`. */
  readonly retainerPath: readonly string[];
  readonly scope?: HeapScope;
  readonly bound?: string;
  /** What is known of the place of its allocation. */
  readonly clues: SiteClues;
}

/** In all epochs together: less is not worth a word. */
const FEWEST_BIRTHS = 12;
/** Of what is cleared only the largest are named. */
const MOST_CLEARED = 10;

export interface HeapFindings {
  readonly verdicts: readonly HeapVerdict[];
  /** Scripts of the program, as V8 names them. */
  readonly urls: readonly string[];
  /** Of the objects at the end, those that were there at the beginning: none in snapshots of several processes. */
  readonly oldShare: number;
}

/**
 * `traces` are of the snapshots before the last one, `graph` is the last. `operations` has one number per epoch, where it is
 * known. Leaks first, the largest first.
 */
export function heapFindings(
  graph: HeapGraph,
  traces: readonly SnapshotTrace[],
  operations?: readonly number[],
): HeapFindings {
  const reach = reachOf(graph);
  const epochs = births(
    graph,
    traces.map(({ ids }) => ids),
  );
  const growths = growthsOf(graph, reach, epochs, traces.length);
  const comparison: Comparison = { graph, traces, reach, epochs, counts: countsOf(graph), operations };
  const grown = growths
    .filter(({ counts }) => sum(counts) >= FEWEST_BIRTHS)
    .map(growth => judged(comparison, growth));
  const merged = mergeChains(comparison, mergeAnchors(graph, [...grown, ...judgedNumbers(comparison)]));
  const scripts = new HeapScripts(graph);
  return {
    verdicts: ordered(mergePaths(merged.map(each => verdictOf(comparison, scripts, each)))),
    urls: scripts.urls.filter(isOfProgram),
    oldShare: epochs.reduce((old, epoch) => old + (epoch === 0 ? 1 : 0), 0) / graph.nodeCount,
  };
}

function verdictOf(
  comparison: Comparison,
  scripts: HeapScripts,
  { growth, counted, judgement }: Judged,
): HeapVerdict {
  const { graph, reach } = comparison;
  const path = retainerPath(graph, reach, scripts, growth.example);
  const bound = judgement.verdict === 'leak' ? boundOf(comparison, path, growth, counted) : undefined;
  const { verdict, because } =
    bound === undefined ? judgement : ({ verdict: 'growing', because: 'bounded' } as const);
  return {
    verdict: verdict === 'growing' ? 'suspect' : verdict,
    reason: because,
    kind: kindOfGrowth(graph, growth, path),
    className: classWords(growth.classKey),
    countPerEpoch: growth.counts,
    bytesPerEpoch: growth.bytes,
    retainerPath: path.words,
    ...(path.scope ? { scope: path.scope } : {}),
    ...(bound === undefined ? {} : { bound }),
    clues: cluesOf(comparison, scripts, growth, path, counted),
  };
}

/** One place of the source may have many containers: subscribers by topic. */
function mergePaths(verdicts: readonly HeapVerdict[]): HeapVerdict[] {
  const merged = new Map<string, HeapVerdict>();
  for (const each of verdicts) {
    const { verdict, className, scope, retainerPath } = each;
    const key = JSON.stringify([verdict, className, scope?.isModule, scope?.site.url, retainerPath]);
    const same = merged.get(key);
    merged.set(key, same ? added(same, each) : each);
  }
  return [...merged.values()];
}

const added = (one: HeapVerdict, other: HeapVerdict): HeapVerdict => ({
  ...one,
  countPerEpoch: one.countPerEpoch.map((count, at) => count + other.countPerEpoch[at]!),
  bytesPerEpoch: one.bytesPerEpoch.map((count, at) => count + other.bytesPerEpoch[at]!),
});

/** Holders that far from the container may know how much it is to hold. */
const NEAR_HOLDERS = 3;

/** A number beside the container that has not changed, and that the container has not reached. */
function boundOf(
  { graph, traces }: Comparison,
  { holders }: RetainerPath,
  growth: Growth,
  { older }: Counted,
): string | undefined {
  const held = older + sum(growth.counts);
  const at = holders.indexOf(growth.anchor);
  const near = at === -1 ? [growth.anchor] : holders.slice(Math.max(0, at - NEAR_HOLDERS), at + 1);
  for (const holder of near) {
    const before = traces.map(({ limits }) => limits.get(idOf(graph, holder)));
    for (const [name, value] of limitsOf(graph, holder))
      if (value > held && before.every(each => each?.get(name) === value)) return `${name} = ${value}`;
  }
  return undefined;
}

function ordered(verdicts: readonly HeapVerdict[]): HeapVerdict[] {
  const states: readonly LeakState[] = ['leak', 'suspect', 'cleared'];
  return states.flatMap(state => {
    const some = verdicts
      .filter(({ verdict }) => verdict === state)
      .toSorted((a, b) => sum(b.bytesPerEpoch) - sum(a.bytesPerEpoch));
    return state === 'cleared' ? some.slice(0, MOST_CLEARED) : some;
  });
}

/** What has grown, counted and judged. */
import { idOf, type HeapGraph } from '../../model/heap/graph.ts';
import type { Growth } from './growth.ts';
import { roleOf } from './node-roles.ts';
import { numberGrowths } from './numbers.ts';
import type { Reach } from './reach.ts';
import { FEWEST_EPOCHS, judge, type Counted, type Judgement } from './rule.ts';
import { holdingsOf } from './stores.ts';
import { countKey, type SnapshotTrace } from './trace.ts';

export interface Comparison {
  readonly graph: HeapGraph;
  /** Of the snapshots before, oldest first. */
  readonly traces: readonly SnapshotTrace[];
  readonly reach: Reach;
  /** By node. */
  readonly epochs: Uint8Array;
  readonly counts: ReadonlyMap<string, number>;
  readonly operations: readonly number[] | undefined;
}

export interface Judged {
  readonly growth: Growth;
  readonly counted: Counted;
  readonly judgement: Judgement;
}

export function judged(comparison: Comparison, growth: Growth): Judged {
  const counted = countedOf(comparison, growth);
  return { growth, counted, judgement: judge(counted) };
}

/** Chains, and what Node's own lists hold, are counted in the whole heap: no container of theirs grows. */
function countedOf({ graph, traces, counts, operations }: Comparison, growth: Growth): Counted {
  const { anchor, example, isChain, counts: born } = growth;
  const byClass = isChain || roleOf(graph, anchor) === 'store';
  const key = countKey(graph, example);
  const id = idOf(graph, anchor);
  const before = traces.map(({ counts: earlier, holdings }) =>
    byClass ? (earlier.get(key) ?? 0) : (holdings.get(id)?.references ?? 0),
  );
  const now = byClass ? (counts.get(key) ?? 0) : holdingsOf(graph, anchor).references;
  return {
    born,
    held: [...before, now],
    older: before[0] ?? 0,
    ...(operations ? { operations } : {}),
    isBounded: false,
  };
}

/** As growths of the numbers themselves; how many there are is estimated by the room that they take. */
export function judgedNumbers({ graph, reach, traces }: Comparison): Judged[] {
  return numberGrowths(graph, reach, traces).map(({ list, bytes }) => {
    const gained = bytes.slice(1).map((each, at) => each - bytes[at]!);
    const mean = (bytes.at(-1)! - bytes[0]!) / gained.length / BYTES_PER_NUMBER;
    const growth = {
      ...{ anchor: list, classKey: '(number)', isChain: false, bytes: gained, example: list },
      counts: gained.map(() => Math.round(mean)),
    };
    const counted: Counted = {
      born: growth.counts,
      held: bytes,
      older: bytes[0]! / BYTES_PER_NUMBER,
      isBounded: false,
    };
    const few = traces.length + 1 < FEWEST_EPOCHS;
    return {
      ...{ growth, counted },
      judgement: few
        ? { verdict: 'growing', because: 'few-epochs' }
        : { verdict: 'leak', because: 'every-epoch' },
    };
  });
}

const BYTES_PER_NUMBER = 8;

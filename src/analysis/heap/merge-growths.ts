/** One growth is seen as several: each with its own class, of one container or chain. */
import { nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { classKey } from './class-words.ts';
import type { Growth } from './growth.ts';
import type { Comparison, Judged } from './judged.ts';
import { kindOf } from './node-roles.ts';
import type { Judgement } from './rule.ts';
import { sum } from './sum.ts';

const RANK: Readonly<Record<Judgement['verdict'], number>> = { leak: 0, growing: 1, cleared: 2 };

/** Keys and values of one table, an object and the strings beside it: the one that matters stands for all. */
export function mergeAnchors(graph: HeapGraph, judged: readonly Judged[]): Judged[] {
  const byAnchor = new Map<string, Judged[]>();
  for (const each of judged) {
    const key = `${each.growth.anchor} ${each.growth.isChain}`;
    byAnchor.set(key, [...(byAnchor.get(key) ?? []), each]);
  }
  return [...byAnchor.values()].flatMap(group => {
    const sorted = group.toSorted((a, b) => weightIn(graph, b) - weightIn(graph, a));
    const kept: Judged[] = [];
    for (const each of sorted) {
      const same = kept.find(other => isSameGrowth(other.growth, each.growth));
      if (same) addBytes(same.growth, each.growth);
      else kept.push(each);
    }
    return kept;
  });
}

function weightIn(graph: HeapGraph, { growth, judgement }: Judged): number {
  const isText =
    kindOf(graph, growth.example) !== NodeKind.object && kindOf(graph, growth.example) !== NodeKind.closure;
  return (2 - RANK[judgement.verdict]) * 1e15 + sum(growth.bytes) * (isText ? 0.1 : 1);
}

/** The links of one chain are of several classes. */
export function mergeChains(comparison: Comparison, judged: readonly Judged[]): Judged[] {
  const kept: Judged[] = [];
  const byNamed = judged.toSorted(
    (a, b) => chainWeight(comparison.graph, b) - chainWeight(comparison.graph, a),
  );
  for (const each of byNamed) {
    const same = each.growth.isChain
      ? kept.find(
          other =>
            other.growth.isChain &&
            isSameGrowth(other.growth, each.growth) &&
            isNear(comparison, each, other),
        )
      : undefined;
    if (same) addBytes(same.growth, each.growth);
    else kept.push(each);
  }
  return kept;
}

/** Holders that are looked at for a link of the other class. */
const NEAR = 12;

function isNear({ graph, reach, epochs }: Comparison, one: Judged, other: Judged): boolean {
  let node = one.growth.example;
  for (let step = 0; step < NEAR && node > 0 && epochs[node]! > 0; step++) {
    if (classKey(graph, node) === other.growth.classKey) return true;
    node = reach.parents[node]!;
  }
  return false;
}

const chainWeight = (graph: HeapGraph, { growth }: Judged): number =>
  nameOf(graph, growth.example).startsWith('system / ') ? 0 : sum(growth.bytes);

const ALIKE = 0.1;

const isSameGrowth = (one: Growth, other: Growth): boolean =>
  one.counts.every((count, at) => {
    const times = other.counts[at]! / Math.max(1, count);
    return (
      Math.abs(times - Math.max(1, Math.round(times))) <= ALIKE ||
      Math.abs(1 / times - Math.round(1 / times)) <= ALIKE
    );
  });

function addBytes(to: Growth, from: Growth): void {
  from.bytes.forEach((bytes, at) => (to.bytes[at]! += bytes));
}

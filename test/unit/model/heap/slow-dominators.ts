import type { PlainGraph } from './plain-graph.ts';

/**
 * By definition: `d` dominates `n` if without `d` the root does not reach `n`; the immediate one is dominated by all the
 * others. What the root does not reach hangs at it as Chrome DevTools has it: first what nothing leads to, with what it
 * reaches, then each node of the rest.
 */
export function slowDominators(graph: PlainGraph): number[] {
  const rooted = graph.map((targets, node) => targets.filter(to => to !== node));
  const starts = [0];
  const isHeld = (node: number): boolean => rooted.some(targets => targets.includes(node));
  const reached = reach(rooted, starts);
  for (const node of graph.keys()) if (!reached.has(node) && !isHeld(node)) starts.push(node);
  const withOrphans = reach(rooted, starts);
  for (const node of graph.keys()) if (!withOrphans.has(node)) starts.push(node);
  return graph.map((_, node) => immediateDominator(rooted, starts, node));
}

function immediateDominator(graph: PlainGraph, starts: readonly number[], node: number): number {
  if (node === 0) return 0;
  const dominators = [...graph.keys()].filter(
    other => other !== 0 && other !== node && !reach(graph, starts, other).has(node),
  );
  // The nearest is the one that all other ones dominate.
  const nearest = dominators.find(candidate =>
    dominators.every(other => other === candidate || !reach(graph, starts, other).has(candidate)),
  );
  return nearest ?? 0;
}

function reach(graph: PlainGraph, starts: readonly number[], without = -1): Set<number> {
  const found = new Set(starts.filter(start => start !== without));
  for (const node of found) for (const to of graph[node]!) if (to !== without) found.add(to);
  return found;
}

/** With one byte for each node. */
export function slowRetained(dominators: readonly number[]): number[] {
  return dominators.map(
    (_, node) => dominators.filter((_, other) => isBelow(dominators, other, node)).length,
  );
}

function isBelow(dominators: readonly number[], node: number, above: number): boolean {
  for (let at = node; ; at = dominators[at]!) {
    if (at === above) return true;
    if (at === 0) return false;
  }
}

import type { PlacedThread } from './placed-profile.ts';

/** The node that calls a node of the program, the agent's hooks between the two left out; -1 above the root. */
export function callingNode({ tree, ownerOf }: Pick<PlacedThread, 'tree' | 'ownerOf'>, node: number): number {
  let above = tree.parent[node]!;
  while (above > 0 && ownerOf[above] === 'slowcatch') above = tree.parent[above]!;
  return above;
}

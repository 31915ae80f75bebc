import type { RepairSummary } from '../../contracts/document.ts';
import type { OperationSelection } from '../../contracts/profile-source.ts';
import type { CallTree } from '../cpu/call-tree.ts';
import { treeOfOwners } from '../cpu/owned-cells.ts';
import { prunedTree } from '../cpu/pruned-tree.ts';
import { withInner } from './own-spans.ts';
import { operationKey, type ThreadOperations } from './thread-operations.ts';

export interface SelectedTree {
  readonly of: ThreadOperations;
  readonly tree: CallTree;
  readonly repair: RepairSummary;
}

/** What the selected operations, with those inside them, burnt in each thread that has samples of some. */
export function selectedTrees(
  threads: readonly ThreadOperations[],
  selection: OperationSelection,
): SelectedTree[] {
  return threads.flatMap(thread => {
    const { sampled } = thread;
    const owners = selectedOwners(thread, selection);
    if (!sampled || owners.size === 0) return [];
    const { tree, summary } = sampled.inlining.of(treeOfOwners(sampled.cells, sampled.inlining.tree, owners));
    return [{ of: thread, tree: prunedTree(tree), repair: summary }];
  });
}

/** Indices of operations in `kept`. */
export function selectedOwners({ key, kept }: ThreadOperations, selection: OperationSelection): Set<number> {
  const inner = withInner(kept);
  const isSelected = (index: number): boolean => {
    const { id, kind, name } = kept[index]!;
    return selection.kind === 'operation'
      ? operationKey(key, id) === selection.key
      : selection.of === kind && selection.name === name;
  };
  return new Set([...kept.keys()].filter(isSelected).flatMap(index => inner[index]!));
}

import * as vscode from 'vscode';
import { nodeText } from './node-text.ts';
import type { Node } from './nodes.ts';

/** What keybindings give to commands instead of a node: they get none from VS Code. */
export const FOCUSED = 'focused';

const MOST_QUESTIONS = 6;

/**
 * The row that has the keyboard's focus. VS Code tells only which rows are selected, and arrow keys do not select: the
 * selection is toggled there and back, and what changes is the row. While the view is drawn anew nothing counts as
 * selected: an answer is taken when it is given twice in a row.
 */
export async function focusedNode(view: vscode.TreeView<Node>): Promise<Node | undefined> {
  let last: Node | undefined;
  for (let question = 0; question < MOST_QUESTIONS; question++) {
    const node = await toggledNode(view);
    if (node && last && idOf(node) === idOf(last)) return node;
    last = node;
  }
  return undefined;
}

async function toggledNode(view: vscode.TreeView<Node>): Promise<Node | undefined> {
  const before = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const after = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  return difference(after, before) ?? difference(before, after);
}

/** By id: after a refresh, which may come in between, the same row is another object. */
function difference(some: readonly Node[], others: readonly Node[]): Node | undefined {
  const known = new Set(others.map(idOf));
  return some.find(node => !known.has(idOf(node)));
}

const idOf = (node: Node): string => nodeText(node, 0).id;

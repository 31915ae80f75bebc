/** Walking a syntax tree as oxc gives it (ESTree, offsets in UTF-16 code units; parentheses are nodes). */
import type { ArrowFunctionExpression, Function, Node, StaticBlock } from '@oxc-project/types';

/** Code with a body that runs when it is called: all that can be watched. */
export type FunctionNode = Function | ArrowFunctionExpression | StaticBlock;

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'StaticBlock',
]);

export const isFunction = (node: Node): node is FunctionNode => FUNCTIONS.has(node.type);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The nodes right below a node, in the order of the text. Plain loops: most of the time of all walks is spent here. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node) as unknown[])
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) children.push(each);
    } else if (isNode(value)) children.push(value);
  return children;
}

/** Depth first, a node before those below it; `visit` answers whether to go below. */
export function walk(node: Node, visit: (node: Node, parents: readonly Node[]) => boolean): void {
  const parents: Node[] = [];
  const step = (each: Node): void => {
    if (!visit(each, parents)) return;
    parents.push(each);
    for (const child of childrenOf(each)) step(child);
    parents.pop();
  };
  step(node);
}

/** Why a function cannot be watched: what the inserted `try` would change. */
import type { Node } from '@oxc-project/types';
import { childrenOf, isFunction, walk, type FunctionNode } from './syntax.ts';

/** The words follow "It cannot be watched: ". */
export function refusalOf(node: FunctionNode, text: string): string | undefined {
  if (usesAwaitUsing(node)) return 'it has an `await using` declaration';
  const twice = declaredTwice(node);
  if (twice !== undefined) return `it declares \`${twice}\` as a function and once more`;
  if (longestLineOf(node, text) > LONGEST_LINE)
    return 'it stands in a minified line, where the program’s own stack traces would get wrong';
  return undefined;
}

/** Columns of what follows an insertion move, and with them what source maps say of it. */
const LONGEST_LINE = 1000;

function longestLineOf({ start, end }: FunctionNode, text: string): number {
  const from = text.lastIndexOf('\n', start) + 1;
  const to = text.indexOf('\n', end);
  const lines = text.slice(from, to === -1 ? undefined : to).split('\n');
  return lines.reduce((longest, line) => Math.max(longest, line.length), 0);
}

/** The nodes of a function's own code, not those of the functions in it. */
export function ownNodes(node: FunctionNode): Node[] {
  const found: Node[] = [];
  for (const child of childrenOf(node))
    walk(child, each => {
      if (isFunction(each)) return false;
      found.push(each);
      return true;
    });
  return found;
}

const usesAwaitUsing = (node: FunctionNode): boolean =>
  ownNodes(node).some(each => each.type === 'VariableDeclaration' && each.kind === 'await using');

/**
 * A function that is declared in the body's own block is a variable of the whole function; inside of the inserted
 * block it is one of that block, where no second declaration of its name may stand.
 */
function declaredTwice(node: FunctionNode): string | undefined {
  const functions = bodyOf(node).flatMap(each =>
    each.type === 'FunctionDeclaration' && each.id ? [each.id.name] : [],
  );
  if (functions.length === 0) return undefined;
  const others = new Set([...parameterNames(node), ...variableNames(node), 'arguments']);
  return functions.find((name, index) => others.has(name) || functions.indexOf(name) !== index);
}

/** Statements of the function's outermost block; none of an arrow that is one expression. */
export function bodyOf(node: FunctionNode): readonly Node[] {
  if (node.type === 'StaticBlock') return node.body;
  return node.body?.type === 'BlockStatement' ? node.body.body : [];
}

function parameterNames(node: FunctionNode): string[] {
  return node.type === 'StaticBlock' ? [] : node.params.flatMap(boundNames);
}

function variableNames(node: FunctionNode): string[] {
  return ownNodes(node).flatMap(each =>
    each.type === 'VariableDeclaration' && each.kind === 'var'
      ? each.declarations.flatMap(({ id }) => boundNames(id))
      : [],
  );
}

function boundNames(pattern: Node): string[] {
  const found: string[] = [];
  walk(pattern, each => {
    if (each.type === 'Identifier') found.push(each.name);
    return !isFunction(each);
  });
  return found;
}

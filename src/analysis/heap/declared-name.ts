/** Where a name is declared: a variable, a function or a class. */
import type { Node, Program } from '@oxc-project/types';
import { walk } from '../../model/watched/syntax.ts';

/** Offset of the name in UTF-16 code units; of several declarations that of the outermost scope, the first one there. */
export function declarationOf(program: Program, name: string): number | undefined {
  let found: { readonly offset: number; readonly depth: number } | undefined;
  walk(program, (node, parents) => {
    const declared = declaredName(node);
    if (declared?.name === name && parents.length < (found?.depth ?? Infinity))
      found = { offset: declared.start, depth: parents.length };
    return true;
  });
  return found?.offset;
}

function declaredName(node: Node): { readonly name: string; readonly start: number } | undefined {
  if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? node.id : undefined;
  if (
    node.type === 'FunctionDeclaration' ||
    node.type === 'ClassDeclaration' ||
    node.type === 'ClassExpression'
  )
    return node.id ?? undefined;
  return undefined;
}

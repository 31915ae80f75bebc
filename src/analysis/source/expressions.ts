/** Small questions about expressions. */
import type { Expression, Node } from '@oxc-project/types';
import { isFunction, walk, type FunctionNode } from '../../model/watched/syntax.ts';
import type { NodeOf } from './program.ts';

/** Without parentheses, casts, `await` and `?.` around it. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
      return unwrap(node.expression);
    case 'AwaitExpression':
      return unwrap(node.argument);
    default:
      return node;
  }
}

/** The text of a string or of a template without expressions. */
export function staticText(node: Node): string | undefined {
  const bare = unwrap(node);
  if (bare.type === 'Literal' && typeof bare.value === 'string') return bare.value;
  if (bare.type === 'TemplateLiteral' && bare.expressions.length === 0)
    return bare.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** Of a property of an object, or of a member. */
export function nameOfKey(key: Node, computed: boolean): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return staticText(key);
}

export interface MethodCall {
  readonly call: NodeOf<'CallExpression'>;
  readonly object: Expression;
  readonly name: string;
}

/** `object.name(…)`, also behind `await`, `?.` and parentheses. */
export function methodCall(node: Node): MethodCall | undefined {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const name = nameOfKey(callee.property, callee.computed);
  return name === undefined ? undefined : { call, object: callee.object, name };
}

/** The value of a property of an object literal. */
export function propertyOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties)
    if (property.type === 'Property' && nameOfKey(property.key, property.computed) === name)
      return property.value;
  return undefined;
}

/** Properties that cannot be told by reading: `...rest`, `[key]`. */
export const hasUnknownProperties = (node: NodeOf<'ObjectExpression'>): boolean =>
  node.properties.some(
    property => property.type !== 'Property' || nameOfKey(property.key, property.computed) === undefined,
  );

/** All that a function returns, without those of functions inside. */
export function returnsOf(node: FunctionNode): Node[] {
  if (node.type === 'StaticBlock' || !node.body) return [];
  if (node.body.type !== 'BlockStatement' && node.type === 'ArrowFunctionExpression') return [node.body];
  const found: Node[] = [];
  walk(node.body, each => {
    if (each.type === 'ReturnStatement' && each.argument) found.push(each.argument);
    return !isFunction(each);
  });
  return found;
}

/** Nothing that a resource could be. */
export function isNothing(node: Node): boolean {
  const bare = unwrap(node);
  return (
    (bare.type === 'Literal' && bare.value === null && bare.raw === 'null') ||
    (bare.type === 'Identifier' && bare.name === 'undefined') ||
    (bare.type === 'UnaryExpression' && bare.operator === 'void')
  );
}

/** Whether `inner` lies in the text of `outer`. */
export const contains = (
  outer: { readonly start: number; readonly end: number },
  inner: { readonly start: number; readonly end: number },
): boolean => outer.start <= inner.start && inner.end <= outer.end;

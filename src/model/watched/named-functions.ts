/** The functions of a program with names by which people and settings know them. */
import type { Node, Program, PropertyKey } from '@oxc-project/types';
import { isFunction, walk, type FunctionNode } from './syntax.ts';

export interface NamedFunction {
  /**
   * What stands around it and its own name: `OrderService.findAll`, `api.list`, `get total`, `constructor`, `static {}`;
   * a callback by what it is given to: `app.get('/orders') callback`. Not always the only one of its name.
   */
  readonly name: string;
  readonly node: FunctionNode;
  /** Where it begins for people: its key, its variable, `function`. Offset in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** It is the constructor of a class, which may extend another. */
  readonly constructs?: 'base' | 'derived' | undefined;
}

/** All functions with a body, in the order of the text. */
export function namedFunctions(program: Program): NamedFunction[] {
  const found: NamedFunction[] = [];
  walk(program, (node, parents) => {
    if (isFunction(node) && hasBody(node)) {
      const name = [...parents, node]
        .flatMap((each, index) => partOf(each, parents.slice(0, index)))
        .join('.');
      found.push({
        name: name === '' ? ANONYMOUS : name,
        node,
        start: startOf(node, parents),
        end: node.end,
        constructs: constructs(parents),
      });
    }
    return true;
  });
  return found;
}

const ANONYMOUS = '(anonymous)';

function constructs(parents: readonly Node[]): NamedFunction['constructs'] {
  const holder = parents.at(-1);
  const around = parents.at(-3);
  if (holder?.type !== 'MethodDefinition' || holder.kind !== 'constructor') return undefined;
  return around && 'superClass' in around && around.superClass ? 'derived' : 'base';
}

const hasBody = (node: FunctionNode): boolean => node.type === 'StaticBlock' || Boolean(node.body);

/** What a node adds to the names of what stands in it. */
function partOf(node: Node, parents: readonly Node[]): string[] {
  const isNamed =
    isFunction(node) ||
    /^Class(?:Declaration|Expression)$|^ObjectExpression$|^TSModuleDeclaration$/.test(node.type);
  return isNamed ? nameOf(node, parents) : [];
}

function nameOf(node: Node, parents: readonly Node[]): string[] {
  if (node.type === 'StaticBlock') return ['static {}'];
  if ('id' in node && node.id && 'name' in node.id) return [String(node.id.name)];
  const holder = parents.findLast(each => each.type !== 'ParenthesizedExpression');
  return holder ? nameBy(holder, node) : [];
}

/** The name that a node has from where it stands. */
function nameBy(holder: Node, node: Node): string[] {
  if (holder.type === 'MethodDefinition' || holder.type === 'Property') {
    const { kind, key, computed } = holder;
    const accessor = kind === 'get' || kind === 'set' ? `${kind} ` : '';
    return [accessor + keyText(key, computed)];
  }
  if (holder.type === 'PropertyDefinition' || holder.type === 'AccessorProperty')
    return [keyText(holder.key, holder.computed)];
  if (holder.type === 'VariableDeclarator') return holder.id.type === 'Identifier' ? [holder.id.name] : [];
  if (holder.type === 'AssignmentExpression') return [targetText(holder.left)];
  if (holder.type === 'ExportDefaultDeclaration') return ['default'];
  const isCall = holder.type === 'CallExpression' || holder.type === 'NewExpression';
  return isCall && isFunction(node) ? [`${calleeText(holder)} callback`] : [];
}

function keyText(key: PropertyKey, computed: boolean): string {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier') return computed ? `[${key.name}]` : key.name;
  return key.type === 'Literal' ? String(key.value) : '[computed]';
}

/** `module.exports.list`, `exports.list` and `this.list` are called `list`. */
function targetText(target: Node): string {
  if (target.type === 'Identifier') return target.name;
  if (target.type !== 'MemberExpression') return '';
  const key = keyText(target.property, target.computed);
  const holder = targetText(target.object);
  return holder === '' || /^(?:module\.)?exports$/.test(holder) ? key : `${holder}.${key}`;
}

function calleeText(call: Extract<Node, { type: 'CallExpression' | 'NewExpression' }>): string {
  const [first] = call.arguments;
  const callee = targetText(call.callee) || 'function';
  return first?.type === 'Literal' && typeof first.value === 'string'
    ? `${callee}('${first.value}')`
    : callee;
}

const HOLDERS: ReadonlySet<string> = new Set([
  'MethodDefinition',
  'Property',
  'PropertyDefinition',
  'VariableDeclarator',
]);

function startOf(node: FunctionNode, parents: readonly Node[]): number {
  const holder = parents.at(-1);
  return holder && HOLDERS.has(holder.type) ? holder.start : node.start;
}

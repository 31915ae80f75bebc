/** Clients that are borrowed from pools: where, under which name, and what is done with them. */
import type { Node } from '@oxc-project/types';
import { isFunction, type FunctionNode } from '../../model/watched/syntax.ts';
import { methodCall, nameOfKey, unwrap } from './expressions.ts';
import { BORROWING_POOLS, type BorrowingPool } from './packages.ts';
import type { NodeOf, SourceProgram } from './program.ts';
import type { CheckedFile } from './rule.ts';
import type { Binding } from './scopes.ts';

export interface Borrowed {
  readonly pool: BorrowingPool;
  /** The expression that is the pool. */
  readonly object: Node;
  readonly call: NodeOf<'CallExpression'>;
  /** The function that has it. */
  readonly around: FunctionNode;
  /** Absent: used where it is borrowed, without a name. */
  readonly binding?: Binding;
  /** The node after which the name holds it; absent for parameters of callbacks, which hold it from the start. */
  readonly held?: Node;
  /** The third parameter of the callback: gives it back. */
  readonly done?: Binding;
}

export type Use =
  | {
      readonly kind: 'use' | 'test' | 'write';
      readonly node: Node;
      readonly method?: string;
      readonly call?: Node;
    }
  | { readonly kind: 'release'; readonly node: Node; readonly call: NodeOf<'CallExpression'> }
  /** Given to a function that is not known, stored, returned, or released by somebody else. */
  | { readonly kind: 'passed' | 'escape'; readonly node: Node };

export function borrowings(file: CheckedFile): Borrowed[] {
  return file.program.all('CallExpression').flatMap(call => {
    const method = methodCall(call);
    const candidates = BORROWING_POOLS.filter(({ acquire }) => acquire === method?.name);
    if (!method || candidates.length === 0) return [];
    const path = file.pathOf(method.object);
    const pool = candidates.find(({ pools }) => path !== undefined && pools.includes(path));
    const found = pool && placeOf(call, file.program);
    return found ? [{ ...found, pool, object: method.object, call }] : [];
  });
}

type Place = Pick<Borrowed, 'around' | 'binding' | 'held' | 'done'>;

function placeOf(call: NodeOf<'CallExpression'>, program: SourceProgram): Place | undefined {
  const callback = call.arguments.at(-1);
  if (callback && isFunction(callback)) return callbackPlace(callback, 1, program);
  const around = program.functionAround(call);
  const top = wrapperOf(call, program);
  const parent = program.parentOf(top);
  if (!around || !parent) return undefined;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const binding = program.scopes.bindingOf(parent.id);
    return binding && binding.kind !== 'using' ? { around, binding, held: parent } : undefined;
  }
  if (parent.type === 'AssignmentExpression' && parent.right === top) {
    const binding = program.scopes.bindingOf(parent.left);
    const isLocal = binding && program.functionAround(binding.identifier) === around;
    return isLocal ? { around, binding, held: parent } : undefined;
  }
  return parent.type === 'MemberExpression' && parent.object === top
    ? chainedPlace(parent, around, program)
    : undefined;
}

/** `pool.connect().then(client => …)`, `(await pool.connect()).query(…)`. */
function chainedPlace(
  member: NodeOf<'MemberExpression'>,
  around: FunctionNode,
  program: SourceProgram,
): Place | undefined {
  const name = nameOfKey(member.property, member.computed);
  const call = program.parentOf(member);
  if (call?.type !== 'CallExpression' || call.callee !== member || name === undefined) return undefined;
  const [callback] = call.arguments;
  if (name === 'then')
    return callback && isFunction(callback) ? callbackPlace(callback, 0, program) : undefined;
  return ['query', 'execute', 'manager'].includes(name) ? { around } : undefined;
}

function callbackPlace(callback: FunctionNode, index: number, program: SourceProgram): Place | undefined {
  if (!('params' in callback)) return undefined;
  const [client, done] = [callback.params[index], callback.params[index + 1]];
  const binding = client?.type === 'Identifier' ? program.scopes.bindingOf(client) : undefined;
  const doneBinding = done?.type === 'Identifier' ? program.scopes.bindingOf(done) : undefined;
  return binding && { around: callback, binding, ...(doneBinding ? { done: doneBinding } : {}) };
}

/** The outermost of the wrappers that say nothing: parentheses, casts, `await`, `?.`. */
export function wrapperOf(node: Node, program: SourceProgram): Node {
  const parent = program.parentOf(node);
  return parent && unwrap(parent) === unwrap(node) ? wrapperOf(parent, program) : node;
}

/** All that is done with a borrowed client. */
export const usesOf = (borrowed: Borrowed, file: CheckedFile): Use[] =>
  (borrowed.binding?.references ?? []).map(reference => useOf(reference, borrowed, file, true));

function useOf(reference: Node, borrowed: Borrowed, file: CheckedFile, mayEnter: boolean): Use {
  const use = useHere(reference, borrowed, file, mayEnter);
  if (!mayEnter || file.program.functionAround(reference) === borrowed.around) return use;
  // A function inside: it may run later, or be kept.
  if (use.kind === 'release' || use.kind === 'write') return { kind: 'escape', node: reference };
  return isGivenToCall(reference, borrowed.around, file.program) ? use : { kind: 'escape', node: reference };
}

function isGivenToCall(reference: Node, around: Node, program: SourceProgram): boolean {
  for (const each of program.ancestorsOf(reference)) {
    if (each === around) return true;
    if (isFunction(each) && program.parentOf(each)?.type !== 'CallExpression') return false;
  }
  return false;
}

const TESTS: ReadonlySet<string> = new Set([
  ...['IfStatement', 'LogicalExpression', 'UnaryExpression', 'BinaryExpression', 'ConditionalExpression'],
]);

function useHere(reference: Node, borrowed: Borrowed, file: CheckedFile, mayEnter: boolean): Use {
  const { program } = file;
  const top = wrapperOf(reference, program);
  const parent = program.parentOf(top);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === top
        ? memberUse(parent, reference, borrowed, program)
        : { kind: 'use', node: reference };
    case 'CallExpression':
    case 'NewExpression':
      return argumentUse(parent, top, reference, borrowed, file, mayEnter);
    case 'AssignmentExpression':
      return { kind: parent.left === top ? 'write' : 'escape', node: reference };
    case 'ExpressionStatement':
      return { kind: 'use', node: reference };
    default:
      return { kind: parent && isTest(parent, top) ? 'test' : 'escape', node: reference };
  }
}

const isTest = (parent: Node, top: Node): boolean =>
  TESTS.has(parent.type) &&
  !(parent.type === 'ConditionalExpression' && parent.test !== top) &&
  !('right' in parent && parent.type === 'LogicalExpression' && parent.right === top);

function memberUse(
  member: NodeOf<'MemberExpression'>,
  reference: Node,
  { pool }: Borrowed,
  program: SourceProgram,
): Use {
  const name = nameOfKey(member.property, member.computed);
  const call = program.parentOf(wrapperOf(member, program) === member ? member : wrapperOf(member, program));
  const isCalled = call?.type === 'CallExpression' && unwrap(call.callee) === member;
  if (name === undefined) return { kind: 'escape', node: reference };
  if (pool.release.includes(name))
    return isCalled ? { kind: 'release', node: reference, call } : { kind: 'escape', node: reference };
  return { kind: 'use', node: reference, method: name, ...(isCalled ? { call } : {}) };
}

function argumentUse(
  call: NodeOf<'CallExpression' | 'NewExpression'>,
  top: Node,
  reference: Node,
  borrowed: Borrowed,
  file: CheckedFile,
  mayEnter: boolean,
): Use {
  const passed: Use = { kind: 'passed', node: reference };
  if (call.type !== 'CallExpression') return passed;
  if (borrowed.pool.takeBack.includes(methodCall(call)?.name ?? ''))
    return { kind: 'release', node: reference, call };
  const callee = unwrap(call.callee);
  const definition = file.program.scopes.bindingOf(callee)?.definition;
  const called = definition?.type === 'VariableDeclarator' ? definition.init : definition;
  if (!mayEnter || !called || !isFunction(called) || !('params' in called)) return passed;
  const parameter = called.params[call.arguments.indexOf(top as never)];
  const inner = parameter?.type === 'Identifier' ? file.program.scopes.bindingOf(parameter) : undefined;
  if (!inner) return passed;
  const uses = inner.references.map(each => useOf(each, borrowed, file, false));
  if (uses.some(({ kind }) => kind === 'release')) return { kind: 'release', node: reference, call };
  return uses.every(({ kind }) => kind === 'use' || kind === 'test')
    ? { kind: 'use', node: reference }
    : passed;
}

/** Whether what a function makes is only for that call: neither kept, returned nor shared. */
import type { Node } from '@oxc-project/types';
import { isFunction } from '../../model/watched/syntax.ts';
import { wrapperOf } from './borrowed.ts';
import { methodCall, nameOfKey } from './expressions.ts';
import type { SourceProgram } from './program.ts';

/** Methods that keep what they are given. */
const KEEPS = /^(set|push|unshift|add|register|provide|decorate|bind|use|defineProperty|assign|append)/;
/** Calls that make something that lives on by itself. */
const MAKES = /^(create|make|build|new|extend|init|connect|configure|setGlobalDispatcher)/i;

export function isOnlyOfThisCall(made: Node, program: SourceProgram): boolean {
  const top = wrapperOf(made, program);
  const parent = program.parentOf(top);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const binding = program.scopes.bindingOf(parent.id);
    const around = program.functionAround(made);
    return (
      binding !== undefined &&
      binding.references.length > 0 &&
      binding.references.every(each => isUsedUp(each, program) && isWithin(each, around, program))
    );
  }
  return isUsedUp(made, program);
}

/** A closure may be kept longer than the call, but for one that is handed to a call. */
function isWithin(reference: Node, around: Node | undefined, program: SourceProgram): boolean {
  for (const each of program.ancestorsOf(reference)) {
    if (each === around) return true;
    if (isFunction(each) && !isGivenToCall(program.parentOf(each))) return false;
  }
  return false;
}

const isGivenToCall = (parent: Node | undefined): boolean =>
  parent?.type === 'CallExpression' ||
  (parent?.type === 'NewExpression' &&
    parent.callee.type === 'Identifier' &&
    parent.callee.name === 'Promise');

/** Called upon, or given to a call that does not keep it. */
function isUsedUp(node: Node, program: SourceProgram): boolean {
  const top = wrapperOf(node, program);
  const parent = program.parentOf(top);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === top && !isHandedOn(parent, program);
    case 'CallExpression':
      return parent.callee === top || !keeps(parent, program);
    case 'Property':
      return isUsedByOptions(parent, program);
    case 'IfStatement':
    case 'UnaryExpression':
    case 'ExpressionStatement':
      return true;
    default:
      return false;
  }
}

/** `pool.query` as a value, or the beginning of a chain whose end is kept: `new Client().db()`. */
function isHandedOn(member: Node, program: SourceProgram): boolean {
  const parent = program.parentOf(member);
  if (parent?.type === 'MemberExpression') return isHandedOn(parent, program);
  return parent?.type !== 'CallExpression' || parent.callee !== member;
}

function keeps(call: Node, program: SourceProgram): boolean {
  const name = calledName(call);
  if (name === undefined) return true;
  if (KEEPS.test(name)) return true;
  return MAKES.test(name) && (methodCall(call) !== undefined || !isStatement(call, program));
}

const isStatement = (call: Node, program: SourceProgram): boolean =>
  program.parentOf(wrapperOf(call, program))?.type === 'ExpressionStatement';

function calledName(call: Node): string | undefined {
  if (call.type !== 'CallExpression') return undefined;
  if (call.callee.type === 'Identifier') return call.callee.name;
  return methodCall(call)?.name;
}

/** `fetch(url, { agent })`: awaited or chained, so that the call is a request and not another thing that is made. */
function isUsedByOptions(property: Node, program: SourceProgram): boolean {
  const object = program.parentOf(property);
  const call = object && program.parentOf(object);
  if (object?.type !== 'ObjectExpression' || call?.type !== 'CallExpression') return false;
  if (property.type !== 'Property' || nameOfKey(property.key, property.computed) === undefined) return false;
  return !keeps(call, program);
}

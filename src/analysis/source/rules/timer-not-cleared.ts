/** A timer goes on after what it was made for. */
import type { Node } from '@oxc-project/types';
import { isFunction, walk } from '../../../model/watched/syntax.ts';
import { wrapperOf } from '../borrowed.ts';
import { methodCall, unwrap } from '../expressions.ts';
import { handlerOf } from '../per-request.ts';
import type { NodeOf } from '../program.ts';
import type { CheckedFile, Rule, SourceFinding } from '../rule.ts';
import { isCalledAgain } from './pool-created-per-call.ts';

/** What is over sooner does no harm. */
const SHORT_MILLISECONDS = 1000;

export const timerNotCleared: Rule = {
  id: 'timer-not-cleared',
  severity: 'warning',
  explanation:
    'The timer of a time-out that has lost its race runs on, and holds all that its function can see until it is over; an interval that is made for each request runs for ever. Keep what setTimeout or setInterval gives, and clear it in a `finally` block, or use AbortSignal.timeout().',
  sources: [
    'https://nodejs.org/api/timers.html',
    'https://nodejs.org/api/globals.html#static-method-abortsignaltimeoutdelay',
    'https://github.com/timgit/pg-boss/issues/264',
  ],
  mentions: ['setInterval', 'Promise.race'],
  check: file => [
    ...file.program.all('CallExpression').flatMap(call => {
      if (isGlobalCall(call, 'setInterval', file)) return interval(call, file);
      return isRace(call) ? race(call, file) : [];
    }),
  ],
};

/** Of Node's own; those of timers/promises clear themselves. */
function isGlobalCall(call: Node, name: string, { program }: CheckedFile): call is NodeOf<'CallExpression'> {
  if (call.type !== 'CallExpression') return false;
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return callee.name === name && !program.scopes.bindingOf(callee);
  return program.textOf(callee) === `globalThis.${name}`;
}

function interval(call: NodeOf<'CallExpression'>, file: CheckedFile): SourceFinding[] {
  if (!isDropped(call, file)) return [];
  const message = 'This interval is never cleared: each';
  if (handlerOf(call, file))
    return [{ node: call, message: `${message} request leaves one that runs for ever.` }];
  if (!isCalledAgain(call, file)) return [];
  return [
    {
      node: call,
      severity: 'info',
      message: `${message} call of this function potentially leaves one that runs on.`,
    },
  ];
}

/** Nobody has what clears it. */
function isDropped(call: Node, { program }: CheckedFile): boolean {
  const parent = program.parentOf(wrapperOf(call, program));
  if (parent?.type === 'ExpressionStatement') return true;
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  return program.scopes.bindingOf(parent.id)?.references.length === 0;
}

function isRace(call: Node): boolean {
  const method = methodCall(call);
  return (
    method?.call === call &&
    method.name === 'race' &&
    method.object.type === 'Identifier' &&
    method.object.name === 'Promise'
  );
}

function race(call: NodeOf<'CallExpression'>, file: CheckedFile): SourceFinding[] {
  const [list] = call.arguments;
  if (list?.type !== 'ArrayExpression' || !file.program.functionAround(call)) return [];
  return list.elements.flatMap(element => {
    const timer = element && timerIn(element, file);
    if (!timer) return [];
    const message =
      'The timer of this time-out is not cleared: when the other promise wins, it runs on and holds what it can see.';
    return [
      {
        node: timer,
        message,
        ...(handlerOf(call, file) || isLong(timer) ? {} : { severity: 'info' as const }),
      },
    ];
  });
}

/** `new Promise((_, reject) => setTimeout(reject, 5000))`, in place or as a constant of the same function. */
function timerIn(element: Node, file: CheckedFile): NodeOf<'CallExpression'> | undefined {
  const { program } = file;
  const bare = unwrap(element);
  const definition = bare.type === 'Identifier' ? program.scopes.bindingOf(bare)?.definition : undefined;
  const made = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : bare;
  if (made.type !== 'NewExpression' || program.textOf(made.callee) !== 'Promise') return undefined;
  let timer: NodeOf<'CallExpression'> | undefined;
  walk(made, node => {
    if (isGlobalCall(node, 'setTimeout', file) && isUnheld(node, file) && !isShortTimer(node)) timer ??= node;
    return true;
  });
  return timer;
}

/** As a statement, or as what the promise's function answers, which nobody looks at. */
function isUnheld(call: Node, file: CheckedFile): boolean {
  const parent = file.program.parentOf(call);
  return isDropped(call, file) || (parent !== undefined && isFunction(parent));
}

const isShortTimer = ({ arguments: [, time] }: NodeOf<'CallExpression'>): boolean =>
  time?.type === 'Literal' && typeof time.value === 'number' && time.value < SHORT_MILLISECONDS;

const isLong = ({ arguments: [, time] }: NodeOf<'CallExpression'>): boolean =>
  time?.type === 'Literal' && typeof time.value === 'number' && time.value >= 10 * SHORT_MILLISECONDS;

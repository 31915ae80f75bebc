/** Each request adds a listener to something that outlives it. */
import type { Node } from '@oxc-project/types';
import { isFunction } from '../../../model/watched/syntax.ts';
import { contains, methodCall, propertyOf, unwrap, type MethodCall } from '../expressions.ts';
import { REDIS_CLIENTS } from '../packages.ts';
import { handlerOf } from '../per-request.ts';
import type { CheckedFile, Rule } from '../rule.ts';

const ADDS = /^(on|addListener|prependListener|addEventListener)$/;
const REMOVES = /^(off|removeListener|removeAllListeners|removeEventListener)$/;
const EMITTERS = /^(events(\.EventEmitter)?!|eventemitter3(\.EventEmitter)?!|pg\.Pool!|pg-pool!|process)$/;

export const listenerAddedPerRequest: Rule = {
  id: 'listener-added-per-request',
  severity: 'warning',
  explanation:
    'What listens is held by what it listens to. A listener that each request adds to a shared emitter and none removes holds that request for ever, and each event calls all of them. Add it once at the start, or remove it when the request ends.',
  sources: [
    'https://nodejs.org/api/events.html#eventsdefaultmaxlisteners',
    'https://github.com/expressjs/session/issues/623',
  ],
  mentions: ['.on(', '.addListener(', '.prependListener(', '.addEventListener('],
  check: file =>
    file.program.all('CallExpression').flatMap(call => {
      const method = methodCall(call);
      if (method?.call !== call || !ADDS.test(method.name)) return [];
      const handler = handlerOf(call, file);
      if (!handler || !isShared(method, handler, file) || isEnded(method, handler, file)) return [];
      const what = file.program.textOf(method.object);
      return [
        {
          node: call,
          message: `Each request adds a listener to ${what}, which outlives it, and none is removed.`,
        },
      ];
    }),
};

/** Made outside of the handler. */
function isShared({ object }: MethodCall, handler: Node, file: CheckedFile): boolean {
  const bare = unwrap(object);
  if (bare.type === 'Identifier' && bare.name === 'process' && !file.program.scopes.bindingOf(bare))
    return true;
  const origin = file.originOf(object);
  if (!origin || !(EMITTERS.test(origin.path) || REDIS_CLIENTS.has(origin.path))) return false;
  if (origin.path === 'process') return true;
  const { site } = origin;
  if (!site) return false;
  return (
    site.program !== file.program ||
    (!contains(handler, site.node) && !site.program.functionAround(site.node))
  );
}

/** Removed somewhere in the handler, ended by a signal, or added under a condition. */
function isEnded({ call, object }: MethodCall, handler: Node, { program }: CheckedFile): boolean {
  const [, , options] = call.arguments;
  if (propertyOf(options, 'signal') || propertyOf(options, 'once')) return true;
  for (const each of program.ancestorsOf(call)) {
    if (each === handler) break;
    if (
      each.type === 'IfStatement' ||
      each.type === 'ConditionalExpression' ||
      each.type === 'LogicalExpression'
    )
      return true;
  }
  const emitter = program.textOf(object);
  const around = program.functionAround(call);
  return program.all('CallExpression').some(other => {
    const method = methodCall(other);
    const isNear =
      contains(handler, other) || (around !== undefined && isFunction(around) && contains(around, other));
    return (
      method !== undefined && isNear && REMOVES.test(method.name) && program.textOf(method.object) === emitter
    );
  });
}

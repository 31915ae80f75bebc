/**
 * Calls that an operation waits for, from the call to its callback or to the end of its promise.
 *
 * A promise that the program gets is another one than the library has made, of the same class and one microtask later:
 * `then` on the library's own would make Node believe that its rejection is handled, and V8 tells of the end of a promise
 * only to those who hear of all of them.
 */
import type { WaitKind } from '../../contracts/operation-kinds.ts';
import type { Follow, OpenWait } from '../operations/follow.ts';
import { apply, type Method } from './wrapped-method.ts';

export interface Waiting<T> {
  readonly kind: WaitKind;
  readonly library: string;
  /** Called before the call, with its arguments. A function is asked only when the operation is kept. */
  readonly detail?: (self: T, parameters: readonly unknown[]) => string | (() => string) | undefined;
  /** It will have to wait: worth a look at who calls, whatever is known of the operation. */
  readonly isSure?: (self: T) => boolean;
  /** The library calls back from somebody else's context: the callback is run in the operation that has called. */
  readonly binds?: boolean;
  /** Without a callback it is no wait, but a call that blocks. */
  readonly onlyCallbacks?: boolean;
  /** Of a last argument that is a function: it may be a class. */
  readonly isCallback?: (last: unknown) => boolean;
}

/** Makes the replacement of a method whose last argument is a callback, or that returns a promise. */
export function waitingCall<T>(follow: Follow, waiting: Waiting<T>): (original: Method<T>) => Method<T> {
  const { kind, library, detail, isSure, binds = false, onlyCallbacks = false, isCallback } = waiting;
  return original =>
    function (...parameters) {
      const last = parameters.length - 1;
      const callback = parameters[last];
      const hasCallback = typeof callback === 'function' && isCallback?.(callback) !== false;
      if (onlyCallbacks && !hasCallback) return apply(original, this, parameters);
      const wait = follow.wait(
        kind,
        library,
        detail && asked(() => detail(this, parameters)),
        isSure && asked(() => isSure(this)),
      );
      if (hasCallback) {
        const bound = binds ? follow.bind(callback as Method) : (callback as Method);
        parameters[last] = wait ? ending(wait, bound) : bound;
      }
      if (!wait) return apply(original, this, parameters);
      const result = endingWhenThrown(wait, original, this, parameters);
      return hasCallback ? result : whenSettled(result, () => wait.end());
    };
}

/** A subclass may count otherwise, or not at all: then there is a wait without a detail. */
function asked<R>(work: () => R): R | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The callback, before which the wait ends. */
export const ending = (wait: OpenWait, callback: Method): Method =>
  function (...parameters) {
    wait.end();
    return apply(callback, this, parameters);
  };

/** An emitter's `emit`, before whose `end` or `error` the wait ends. */
export const endingByEvent = (emit: Method, wait: OpenWait | undefined): Method =>
  wait
    ? function (...parameters) {
        const [event] = parameters;
        if (event === 'end' || event === 'error') wait.end();
        return apply(emit, this, parameters);
      }
    : emit;

export function endingWhenThrown<T>(
  wait: OpenWait,
  original: Method<T>,
  self: T,
  parameters: unknown[],
): unknown {
  try {
    return apply(original, self, parameters);
  } catch (error) {
    wait.end();
    throw error;
  }
}

/** Kept: the program may replace it. */
// oxlint-disable-next-line unbound-method
const { then } = Promise.prototype;

/** What stands for the promise, after `work`; anything else as it is, after `work`. */
export function whenSettled(result: unknown, work: (isFulfilled: boolean) => void): unknown {
  const method = thenOf(result);
  if (!method) {
    work(true);
    return result;
  }
  return apply(method, result, [
    (value: unknown) => {
      work(true);
      return value;
    },
    (error: unknown) => {
      work(false);
      throw error;
    },
  ]);
}

/** A native promise's own; that of Bluebird and its like, which gives one of theirs. */
function thenOf(result: unknown): Method | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  if (result instanceof Promise && result.constructor === Promise) return then as Method;
  const method = (result as { then?: unknown }).then;
  return typeof method === 'function' ? (method as Method) : undefined;
}

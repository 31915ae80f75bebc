/**
 * When a promise of the program's is settled, without the program noticing: a handler of ours would make a rejection a
 * handled one, which nobody reports then. V8's promise hooks tell when a promise is resolved; it may have been resolved
 * with another promise, so its state is looked at. They are on from the first such promise until the end.
 */
import { inspect, types } from 'node:util';
import { promiseHooks } from 'node:v8';

/** Kept: a program's tests put their own in its place. */
const later = queueMicrotask;

type Settled = (isFulfilled: boolean) => void;

/** Reads nothing of the value that could be code of the program. */
const STATE = { depth: 0, customInspect: false, showProxy: true, maxArrayLength: 0, maxStringLength: 0 };

export class PromiseStates {
  private readonly waiting = new WeakMap<object, Settled>();
  private undo: (() => void) | undefined;

  isPending(value: object): value is Promise<unknown> {
    return types.isPromise(value) && stateOf(value) === 'pending';
  }

  whenSettled(promise: Promise<unknown> | object, settled: Settled): void {
    this.waiting.set(promise, settled);
    this.undo ??= promiseHooks.onSettled(this.look) as unknown as () => void;
  }

  end(): void {
    this.undo?.();
    this.undo = undefined;
  }

  /** Called in the middle of the promise's own resolution: its state is set right after. */
  private readonly look = (promise: Promise<unknown>): void => {
    if (this.waiting.has(promise)) later(() => this.settle(promise));
  };

  private settle(promise: Promise<unknown>): void {
    const state = stateOf(promise);
    if (state === 'pending') return;
    const settled = this.waiting.get(promise);
    this.waiting.delete(promise);
    settled?.(state === 'fulfilled');
  }
}

function stateOf(promise: Promise<unknown>): 'pending' | 'rejected' | 'fulfilled' {
  const text = inspect(promise, STATE);
  if (/\{\s*<pending>/.test(text)) return 'pending';
  return /\{\s*<rejected>/.test(text) ? 'rejected' : 'fulfilled';
}

/**
 * Whose turn it is: follows Node from callback to callback and writes a slice whenever the operation changes.
 *
 *   before ── look: who does this callback belong to? ──► slice
 *   after  ── back to who was interrupted; to nobody where nobody was: what follows is idle
 *
 * Only scopes that the program enters itself (`AsyncResource`) interrupt a continuation.
 *
 * Where Node keeps the context in V8 (24 and later), promises are seen by V8's own hook, which is asked only before a
 * continuation. That microtasks have come to their end is told by a tick then: Node runs ticks right after them.
 * Elsewhere Node's async_hooks see promises too, before and after; an operation of which many continue one after the other
 * is left to the tick there too.
 */
import { createHook, executionAsyncResource } from 'node:async_hooks';
import v8 from 'node:v8';
import type { Context } from './context.ts';
import { living, type FollowedOperation } from './followed-operation.ts';
import type { HookCost } from './hook-cost.ts';
import type { SliceRing } from './slice-ring.ts';

interface PromiseHooks {
  onBefore(before: () => void): () => void;
}
type Hooks = Parameters<typeof createHook>[0] & { trackPromises?: boolean };

/** Kept: a program's tests put their own in its place. */
const nextTick = process.nextTick.bind(process);
const resourceOf = executionAsyncResource;
const nothing = (): void => undefined;
/** Kept: a program may replace the class. */
const PROMISE: object = Promise.prototype;
const { getOwnPropertyDescriptor, getPrototypeOf, prototype: PLAIN } = Object;

/** Of the continuations of one operation, one after the other, so many are told to the microsecond; see `leave`. */
const MOST_EXACT = 4;

/** Whether Node can leave promises out of its hooks: older ones take the option and do as before. */
function canLeavePromisesOut(): boolean {
  let seen = 0;
  const hook = createHook({ init: () => void seen++, trackPromises: false } as Hooks).enable();
  void new Promise<void>(nothing);
  hook.disable();
  return seen === 0;
}

/** What else wants to be told; nothing of it costs anything as long as it is undefined. */
export interface TurnListeners {
  /**
   * A callback of this resource begins, where promises are not seen apart also a promise's. Answers whether the program
   * enters it itself, as an `AsyncResource`.
   */
  native: ((resource: object) => boolean) | undefined;
  /** The newest slice of the ring has begun, of this operation. */
  slice: ((operation: FollowedOperation, at: number) => void) | undefined;
}

export class Turns {
  readonly listeners: TurnListeners = { native: undefined, slice: undefined };
  /** Promises are followed by V8's own hook. */
  hasPromiseHooks = false;
  private turn: FollowedOperation | undefined;
  /** Who was interrupted by the callbacks that are running within each other. */
  private readonly interrupted: (FollowedOperation | undefined)[] = [];
  private depth = 0;
  /** The outermost of them was called by the one whose turn it was. */
  private isCalled = false;
  private isTickDue = false;
  /** What runs is a promise's continuation, where Node tells of it. */
  private isContinuation = false;
  /** Whose continuations have ended last, one after the other, and how many since a callback began. */
  private continuing: FollowedOperation | undefined;
  private continuations = 0;
  /** The turn's slice is open, but nothing of it runs any more. */
  private isLeft = false;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly context: Context<FollowedOperation>,
    private readonly ring: SliceRing,
    private readonly now: () => number,
    private readonly cost: HookCost,
  ) {}

  start(): void {
    const { promiseHooks } = v8 as unknown as { promiseHooks?: PromiseHooks };
    if (!promiseHooks || this.context.isOnResources || !canLeavePromisesOut())
      return this.hook({ before: this.before, after: this.after });
    this.hasPromiseHooks = true;
    this.stops.push(promiseHooks.onBefore(this.continued));
    this.hook({ before: this.before, after: this.after, trackPromises: false });
  }

  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.change(undefined);
  }

  /** The context may have changed: takes notice of it. */
  look = (): void => {
    const operation = living(this.context.get());
    if (operation !== this.turn) this.change(operation);
  };

  /** The same where it is known what the context holds, and perhaps what time it is: both cost as much as all else. */
  to(holder: FollowedOperation | undefined, at?: number): void {
    const operation = living(holder);
    if (operation !== this.turn) this.change(operation, at);
  }

  /** The operation whose slice is open. */
  get current(): FollowedOperation | undefined {
    return this.turn;
  }

  private hook(hooks: Hooks): void {
    const hook = createHook(hooks).enable();
    this.stops.push(() => hook.disable());
  }

  /** A promise's continuation begins. */
  private continued = (): void => {
    if (this.cost.isNext()) this.cost.timed(this.look);
    else this.look();
  };

  private before = (): void => {
    const { depth, turn } = this;
    // To keep what an old object refers to costs more than to look.
    if (this.interrupted[depth] !== turn) this.interrupted[depth] = turn;
    this.depth = depth + 1;
    if (this.cost.isNext()) this.cost.timed(this.began);
    else this.began();
  };

  private began = (): void => {
    const resource = resourceOf();
    if (this.isTickDue && this.isOurTick(resource)) return this.tickBegins();
    const isScope = this.listeners.native?.(resource) === true;
    if (this.depth === 1) this.isCalled = isScope && this.turn !== undefined && !this.isLeft;
    this.isLeft = false;
    if (!this.hasPromiseHooks) this.tellContinuations(resource);
    this.to(this.context.inside(resource, isScope));
  };

  private tellContinuations(resource: object): void {
    this.isContinuation = getPrototypeOf(resource) === PROMISE;
    if (!this.isContinuation) this.continuations = 0;
  }

  private after = (): void => {
    if (this.cost.isNext()) this.cost.timed(this.leave);
    else this.leave();
  };

  /** Others than continuations are told exactly, and the first of these: two looks at the clock cost more than all else. */
  private leave = (): void => {
    // Hooks that are put in from inside a callback see its end only.
    if (this.depth > 0) this.depth--;
    if (this.depth > 0 || this.isCalled) return this.to(this.interruptedAt(this.depth));
    if (this.isContinuation && this.turn !== undefined && this.isOneOfMany(this.turn)) this.leaveOpen();
    else this.to(undefined);
  };

  private isOneOfMany(operation: FollowedOperation): boolean {
    if (operation !== this.continuing) this.continuations = 0;
    this.continuing = operation;
    return ++this.continuations > MOST_EXACT;
  }

  private leaveOpen(): void {
    this.isLeft = true;
    if (!this.isTickDue) this.endWithTick();
  }

  /** A microtask of its own (`queueMicrotask`) has come after the one before, and has not interrupted it. */
  private interruptedAt(depth: number): FollowedOperation | undefined {
    return depth === 0 && this.hasPromiseHooks ? this.context.get() : this.interrupted[depth];
  }

  private change(operation: FollowedOperation | undefined, at = this.now()): void {
    if (this.turn !== undefined) this.ring.close(at);
    this.turn = operation;
    if (operation === undefined) return;
    if (this.ring.open(operation, at)) this.listeners.slice?.(operation, at);
    if (this.depth === 0 && !this.isTickDue) this.endWithTick();
  }

  /** It is nobody's turn then, whosever context it has been put there in. */
  private endWithTick(): void {
    this.isTickDue = true;
    nextTick(this.ticked);
  }

  private ticked = (): void => void (this.isTickDue = false);

  /** Nothing of a tick is asked that could be code of the program. */
  private isOurTick(resource: object): boolean {
    return (
      getPrototypeOf(resource) === PLAIN &&
      getOwnPropertyDescriptor(resource, 'callback')?.value === this.ticked
    );
  }

  private tickBegins(): void {
    if (this.depth === 1) this.isCalled = false;
    this.isLeft = false;
    this.isContinuation = false;
    this.to(undefined);
  }
}

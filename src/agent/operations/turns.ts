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
 * Elsewhere Node's async_hooks see promises too, before and after.
 */
import { AsyncResource, createHook, executionAsyncResource } from 'node:async_hooks';
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
const isScope = Object.prototype.isPrototypeOf.bind(AsyncResource.prototype);
const nothing = (): void => undefined;

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
  /** A callback of this resource begins, where promises are not seen apart also a promise's. */
  native: ((resource: object) => void) | undefined;
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
  /** Our own doings, which Node's hooks tell of too. */
  private isAside = false;
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
    if (this.isAside) return;
    this.interrupted[this.depth++] = this.turn;
    if (this.cost.isNext()) this.cost.timed(this.began);
    else this.began();
  };

  private began = (): void => {
    const resource = resourceOf();
    if (this.depth === 1) this.isCalled = this.turn !== undefined && isScope(resource);
    this.listeners.native?.(resource);
    if (this.hasPromiseHooks) this.to(this.context.ofScope(resource));
    else this.look();
  };

  private after = (): void => {
    if (this.isAside) return;
    if (this.cost.isNext()) this.cost.timed(this.leave);
    else this.leave();
  };

  private leave = (): void => {
    // Hooks that are put in from inside a callback see its end only.
    if (this.depth > 0) this.depth--;
    this.to(this.depth > 0 || this.isCalled ? this.interruptedAt(this.depth) : undefined);
  };

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

  /** The hooks around the tick do what is to be done; it belongs to nobody, so that it is nobody's turn then. */
  private endWithTick(): void {
    this.isTickDue = true;
    this.isAside = true;
    this.context.outside(this.scheduleTick);
    this.isAside = false;
  }

  private scheduleTick = (): void => nextTick(this.ticked);
  private ticked = (): void => void (this.isTickDue = false);
}

/** The operations of the thread this code runs in, from their beginning to what is left of them. */
import type { WaitKind } from '../../contracts/operation-kinds.ts';
import { microseconds, type Microseconds } from '../../contracts/units.ts';
import type { Arming } from './arming.ts';
import { sitesOf } from './await-sites.ts';
import type { Causes } from './causes.ts';
import type { Context } from './context.ts';
import type { FastClock } from './fast-clock.ts';
import type { Follow, OpenWait, Operation, OperationEnd, OperationFacts, RequestNames } from './follow.ts';
import type { HookCost } from './hook-cost.ts';
import { FollowedOperation, living, Wait } from './followed-operation.ts';
import { OpenOperations } from './open-operations.ts';
import { takeStack } from './program-stack.ts';
import { requestOf } from './request-facts.ts';
import type { Turns } from './turns.ts';

/** The library's own frames stand between us and who called it. */
const CALL_FRAMES = 12;
/** Of the first waits of an operation that is not armed: each costs some microseconds. */
const MOST_STACKS = 20;

export interface EndedOperation {
  readonly operation: FollowedOperation;
  readonly outcome: OperationEnd | { readonly end: 'open'; readonly status?: undefined };
  readonly endedAt: number;
  /** All operations that go on. */
  readonly open: Iterable<FollowedOperation>;
}

export interface OperationsParts {
  readonly context: Context<FollowedOperation>;
  readonly turns: Turns;
  readonly clock: FastClock;
  readonly arming: Arming;
  readonly cost: HookCost;
  readonly causes: Pick<Causes, 'callbacks'>;
  /** Never throws. */
  readonly ended: (ended: EndedOperation) => void;
  readonly problem: (code: string, detail: string) => void;
}

export class Operations implements Follow {
  private readonly open = new OpenOperations();
  private newest = 0;
  private waits = 0;
  private isOver = false;

  constructor(private readonly parts: OperationsParts) {}

  current(): FollowedOperation | undefined {
    return this.isOver ? undefined : living(this.parts.context.get());
  }

  request(): RequestNames | undefined {
    return requestOf(this.current());
  }

  bind<F extends (this: never, ...parameters: never[]) => unknown>(callback: F): F {
    if (this.isOver) return callback;
    // What belongs to none stays so: it may be called in somebody's turn.
    const operation = this.current();
    const { run } = this;
    return function bound(this: never, ...parameters: never[]): unknown {
      return run(operation, () => Reflect.apply(callback, this, parameters));
    } as F;
  }

  begin(facts: OperationFacts, isRoot = false): FollowedOperation {
    const operation = this.create(facts, isRoot);
    if (this.isOver) return operation;
    this.parts.context.enter(operation);
    this.parts.turns.to(operation, operation.startedAt);
    return operation;
  }

  /** Begins it, but leaves the current one the current one. */
  create(facts: OperationFacts, isRoot = false): FollowedOperation {
    const { clock, arming } = this.parts;
    const parent = isRoot ? undefined : this.current();
    const look = this.isOver ? undefined : arming.next(facts);
    const isArmed = look === 'sites';
    // Putting its hooks in takes up to a millisecond, which is not the operation's.
    const sites = isArmed ? arming.begins() : undefined;
    const operation = new FollowedOperation(++this.newest, parent, facts.kind, clock.now(), isArmed, facts);
    operation.sites = sites;
    if (look === 'calls') operation.stacksLeft = MOST_STACKS;
    if (this.isOver) {
      operation.hasEnded = true;
      return operation;
    }
    this.open.add(operation);
    return operation;
  }

  enter(operation: Operation | undefined): void {
    if (this.isOver) return;
    this.parts.context.enter(operation as FollowedOperation | undefined);
    this.parts.turns.to(operation as FollowedOperation | undefined);
  }

  leave(operation: Operation, caller: Operation | undefined): void {
    const sites = sitesOf(operation as FollowedOperation);
    if (sites !== undefined && !this.isOver) this.parts.arming.listener?.nextAwaitOf(sites);
    this.enter(caller);
  }

  run = <T>(operation: Operation | undefined, work: () => T): T => {
    if (this.isOver) return work();
    const { context, turns } = this.parts;
    if (context.get() === operation) return work();
    try {
      return context.run(operation as FollowedOperation | undefined, () => {
        turns.look();
        return work();
      });
    } finally {
      turns.look();
    }
  };

  end(operation: Operation, outcome: OperationEnd): void {
    this.finish(operation as FollowedOperation, outcome);
  }

  wait = (
    kind: WaitKind,
    library: string,
    detail?: string | (() => string),
    isSure = false,
    isOnThread = false,
  ): OpenWait | undefined => {
    const operation = this.current();
    if (operation === undefined) return undefined;
    this.waits++;
    const { now } = this.parts.clock;
    const wait = new Wait(kind, library, now(), detail, now, isOnThread);
    if (isSure || sitesOf(operation) !== undefined || takesStack(operation))
      wait.stack = takeStack(CALL_FRAMES, this.wait);
    operation.addWait(wait);
    return wait;
  };

  now(): Microseconds {
    return this.parts.clock.now();
  }

  get beginnings(): number {
    return this.newest + this.waits;
  }

  get callbacks(): number {
    return this.parts.causes.callbacks;
  }

  past(
    facts: OperationFacts,
    from: Microseconds,
    endedAt: Microseconds,
    span: Microseconds | undefined,
    outcome: OperationEnd,
  ): void {
    if (this.isOver) return;
    const { ended } = this.parts;
    if (facts.site?.isCounted(endedAt - from, outcome.status === 'error')) return;
    const parent = this.current();
    const operation = new FollowedOperation(++this.newest, parent, facts.kind, from, false, facts);
    operation.hasEnded = true;
    operation.span = span ?? microseconds(endedAt - from);
    ended({ operation, outcome, endedAt, open: this.open });
  }

  problem(code: string, detail: string): void {
    if (!this.isOver) this.parts.problem(code, detail);
  }

  /** When the oldest operation has begun that still goes on. */
  openSince(): number | undefined {
    return this.open.oldest?.startedAt;
  }

  /** A number that no operation has, for one that is not followed. */
  takeId(): number {
    return ++this.newest;
  }

  /** The recording ends: what still goes on is told as it is now; nothing is followed from here on. */
  stop(): void {
    for (const operation of this.open) this.finish(operation, { end: 'open' });
    this.isOver = true;
  }

  private finish(operation: FollowedOperation, outcome: EndedOperation['outcome']): void {
    if (operation.hasEnded) return;
    operation.hasEnded = true;
    this.open.delete(operation);
    const { turns, clock, arming, cost, ended } = this.parts;
    const endedAt = clock.now();
    if (turns.current === operation) turns.to(operation.parent, endedAt);
    if (operation.isArmed) arming.ended();
    const told = { operation, outcome, endedAt, open: this.open };
    if (cost.isNext()) cost.timed(() => ended(told));
    else ended(told);
  }
}

/** Of a route that was slow, and has not looked too often. */
function takesStack(operation: FollowedOperation): boolean {
  let found: FollowedOperation | undefined = operation;
  while (found !== undefined && (found.hasEnded || found.stacksLeft === 0)) found = found.parent;
  if (found === undefined) return false;
  found.stacksLeft--;
  return true;
}

/**
 * How slices come to begin: by the native resource whose callback ran last. That is a resource of Node's own (`Timeout`,
 * `TCP`, `FSReqCallback`); ticks, promises and `AsyncResource`s only hand on what a native one has begun. Where another
 * operation ran in between, it is that (`operation`): it has settled a promise, let go of a lock. Where it went on
 * within one turn of the loop, it has only let others go first (`turn`).
 */
import { AsyncResource } from 'node:async_hooks';
import type { FollowedOperation } from './followed-operation.ts';
import type { ReadyTimes } from './ready.ts';
import type { SliceRing } from './slice-ring.ts';

const TIMER = 'Timeout';

const NOT_NATIVE = 0;
const OTHER = 1;
const TURN = 2;
const MOST_NAMES = 255;
/** From one slice to the next. */
const HANDED_ON_MICROSECONDS = 50;
/** Kept: a program may replace the classes. */
const OBJECT = Object.prototype;
const PROMISE = Promise.prototype;
const SCOPE = AsyncResource.prototype;
const prototypeOf = Object.getPrototypeOf as (resource: object) => object | null;

/** What is known of all resources with the same prototype. */
interface Kind {
  /** In `names`; `NOT_NATIVE`: it hands on what a native one has begun. */
  readonly code: number;
  readonly isTimer: boolean;
  /** The program enters it itself. */
  readonly isScope: boolean;
}
const HANDS_ON: Kind = { code: NOT_NATIVE, isTimer: false, isScope: false };

export class Causes {
  /** Hears of every callback's resource; undefined as long as nobody has to know. */
  listener: ((resource: object) => void) | undefined;
  /** Native callbacks that have begun. */
  callbacks = 0;
  private readonly names = ['', 'operation', 'turn'];
  private readonly kinds = new WeakMap<object, Kind>();
  private native = NOT_NATIVE;
  private ranSince: FollowedOperation | undefined;
  /** When the newest slice has begun, and why. */
  private at = 0;
  private last = NOT_NATIVE;
  private lastReady = 0;
  private lastAtMost = 0;

  constructor(
    private readonly ring: SliceRing,
    private readonly ready: ReadyTimes,
  ) {}

  /** A callback begins; answers whether the program enters its resource itself (`AsyncResource`). Never throws. */
  began = (resource: object): boolean => {
    const kind = this.kindOf(prototypeOf(resource));
    this.listener?.(resource);
    if (kind.code === NOT_NATIVE) return kind.isScope;
    this.callbacks++;
    this.native = kind.code;
    this.ranSince = undefined;
    this.ready.began(resource, kind.isTimer);
    return kind.isScope;
  };

  /** A slice of the operation begins: tells the ring why. */
  slice = (operation: FollowedOperation, at: number): void => {
    const before = this.ranSince;
    this.ranSince = operation;
    const began = this.at;
    this.at = at;
    // A watched call goes on in its caller's context, and takes the turn then.
    if (before !== undefined && at - began < HANDED_ON_MICROSECONDS && isInside(operation, before))
      this.again();
    else if (before === undefined) this.because(this.native, this.ready.get(at), this.ready.atMost);
    else if (rootOf(before) === rootOf(operation)) this.because(TURN, 0, 0);
    else this.because(OTHER, 0, 0);
  };

  private because(cause: number, ready: number, atMost: number): void {
    this.ring.because(cause, ready, atMost);
    this.last = cause;
    this.lastReady = ready;
    this.lastAtMost = atMost;
  }

  private again(): void {
    this.ring.because(this.last, this.lastReady, this.lastAtMost);
  }

  nameOf(code: number): string {
    return this.names[code] ?? '';
  }

  /** Ticks and promises are most of all. */
  private kindOf(prototype: object | null): Kind {
    if (prototype === OBJECT || prototype === PROMISE || prototype === null) return HANDS_ON;
    const known = this.kinds.get(prototype);
    if (known !== undefined) return known;
    const kind = this.find(prototype);
    this.kinds.set(prototype, kind);
    return kind;
  }

  private find(prototype: object): Kind {
    const chain = chainOf(prototype);
    if (chain.includes(SCOPE)) return { ...HANDS_ON, isScope: true };
    if (chain.includes(PROMISE)) return HANDS_ON;
    const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    const name: unknown =
      typeof made === 'function' ? Object.getOwnPropertyDescriptor(made, 'name')?.value : '';
    if (typeof name !== 'string' || name === '') return HANDS_ON;
    return { code: this.codeOf(name), isTimer: name === TIMER, isScope: false };
  }

  private codeOf(name: string): number {
    const known = this.names.indexOf(name);
    if (known >= 0 || this.names.length > MOST_NAMES) return Math.max(known, NOT_NATIVE);
    return this.names.push(name) - 1;
  }
}

/** A prototype that is a Proxy of the program's is not asked. */
function chainOf(prototype: object): object[] {
  const chain: object[] = [];
  let next: object | null = prototype;
  while (next !== null && chain.length < 10) {
    chain.push(next);
    next = Object.getPrototypeOf(next) as object | null;
  }
  return chain;
}

function isInside(operation: FollowedOperation, outer: FollowedOperation): boolean {
  let { parent } = operation;
  while (parent !== undefined && parent !== outer) parent = parent.parent;
  return parent === outer;
}

function rootOf(operation: FollowedOperation): FollowedOperation {
  let root = operation;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

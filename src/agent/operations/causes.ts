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
const HANDED_ON: ReadonlySet<object> = new Set([
  Object.prototype,
  Promise.prototype,
  AsyncResource.prototype,
]);

export class Causes {
  /** Hears of every callback's resource; undefined as long as nobody has to know. */
  listener: ((resource: object) => void) | undefined;
  /** Native callbacks that have begun. */
  callbacks = 0;
  private readonly names = ['', 'operation', 'turn'];
  private readonly codes = new WeakMap<object, number>();
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

  /** A callback begins. Never throws. */
  began = (resource: object): void => {
    const code = this.codeOf(resource);
    this.listener?.(resource);
    if (code === NOT_NATIVE) return;
    this.callbacks++;
    this.native = code;
    this.ranSince = undefined;
    this.ready.began(resource, this.names[code] === TIMER);
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

  private codeOf(resource: object): number {
    const prototype = Object.getPrototypeOf(resource) as object | null;
    if (prototype === null) return NOT_NATIVE;
    const known = this.codes.get(prototype);
    if (known !== undefined) return known;
    const code = this.find(prototype);
    this.codes.set(prototype, code);
    return code;
  }

  private find(prototype: object): number {
    if (
      prototype === Object.prototype ||
      chainOf(prototype).some(each => HANDED_ON.has(each) && each !== Object.prototype)
    )
      return NOT_NATIVE;
    const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    const name: unknown =
      typeof made === 'function' ? Object.getOwnPropertyDescriptor(made, 'name')?.value : '';
    if (typeof name !== 'string' || name === '') return NOT_NATIVE;
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

/**
 * Locks, semaphores and limiters: from asking for one's turn until it is there.
 *
 *   async-mutex  https://github.com/DirtyHairy/async-mutex
 *   async-sema   https://github.com/vercel/async-sema
 *   p-limit      https://github.com/sindresorhus/p-limit
 *   p-queue      https://github.com/sindresorhus/p-queue
 *
 * The last two take a function and call it when it is its turn: the wait ends there.
 */
import type { WaitKind } from '../../contracts/operation-kinds.ts';
import type { Follow } from '../operations/follow.ts';
import { member, prototypeOf, type Library } from './library.ts';
import { ending, endingWhenThrown, waitingCall } from './waiting-call.ts';
import { apply, wrapMethod, type Method, type Undo } from './wrapped-method.ts';

const acquires =
  (library: string, className: string) =>
  (exported: unknown, follow: Follow): Undo[] => [
    wrapMethod(prototypeOf(exported, className), 'acquire', waitingCall(follow, { kind: 'lock', library })),
  ];

/** A Mutex is a Semaphore inside. */
export const asyncMutex: Library = {
  files: {
    'async-mutex/lib/Semaphore.js': acquires('async-mutex', 'Semaphore'),
    'async-mutex/index.mjs': acquires('async-mutex', 'Semaphore'),
  },
  modules: { 'async-mutex/index.mjs': ['Semaphore'] },
};

export const asyncSema: Library = { files: { 'async-sema/lib/index.js': acquires('async-sema', 'Sema') } };

export const pQueue: Library = {
  files: {
    'p-queue/dist/index.js': (exported, follow) => [
      wrapMethod(prototypeOf(exported, 'PQueue'), 'add', original =>
        untilCalled(follow, 'p-queue', original),
      ),
    ],
  },
  modules: { 'p-queue/dist/index.js': ['PQueue'] },
};

export const pLimit: Library = {
  files: {
    // An ES module since version 4.
    'p-limit/index.js': (exported, follow, module) => [
      wrapMethod(exported, 'pLimit', original => limiterMaker(follow, original)),
      wrapMethod(module, 'exports', original => limiterMaker(follow, original)),
    ],
  },
  modules: { 'p-limit/index.js': ['pLimit'] },
};

/** Makes `pLimit`, whose limiters are the library's own but for being called. */
const limiterMaker = (follow: Follow, original: Method): Method =>
  function (...parameters) {
    const limiter = apply(original, this, parameters) as Method;
    if (typeof limiter !== 'function') return limiter;
    const call = untilCalled(follow, 'p-limit', limiter);
    return new Proxy(limiter, { apply: (_, self, given: unknown[]) => apply(call, self, given) });
  };

interface Turn {
  readonly kind?: WaitKind;
  /** Of the function among the parameters; -1: the last. */
  readonly index?: number;
  readonly detail?: (self: never) => string;
}

/** A call that hands over a function, which is called when its turn has come. */
export const untilCalled = (
  follow: Follow,
  library: string,
  original: Method,
  { kind = 'lock', index = 0, detail }: Turn = {},
): Method =>
  function (...parameters) {
    const at = index < 0 ? parameters.length + index : index;
    const work = parameters[at];
    const isFollowed = typeof work === 'function' && follow.current() !== undefined;
    const wait = isFollowed ? follow.wait(kind, library, detail?.(this as never)) : undefined;
    if (!wait) return apply(original, this, parameters);
    parameters[at] = ending(wait, work as Method);
    return endingWhenThrown(wait, original, this, parameters);
  };

/** navigator.locks (Node 24): until the lock is granted. */
export const webLocks: Library = {
  builtin: follow => [
    wrapMethod(prototypeOfValue(member(member(globalThis, 'navigator'), 'locks')), 'request', original =>
      untilCalled(follow, 'navigator.locks', original, { index: -1 }),
    ),
  ],
};

const prototypeOfValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;

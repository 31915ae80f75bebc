/**
 * What roots (servers, job handlers, watched calls) and instrumented libraries see of the operations: whose turn it is,
 * and where to say what it waits for. All of it is cheap, never throws, and does nothing after the recording's end.
 */
import type { OperationKind, WaitKind } from '../../contracts/operation-kinds.ts';
import type { Microseconds } from '../../contracts/units.ts';
import type { CallSite } from './call-site.ts';

/** An operation while it goes on; also what an AsyncLocalStorage of our own holds. */
export interface Operation {
  /** Within this thread, from 1. */
  readonly id: number;
  readonly parent: Operation | undefined;
  readonly kind: OperationKind;
  readonly startedAt: Microseconds;
  /** Await sites are looked for. */
  readonly isArmed: boolean;
  readonly hasEnded: boolean;
}

export interface OperationFacts {
  readonly kind: OperationKind;
  /** Asked for at the end: a framework tells its route late. Names are cut to 200 characters. */
  readonly name: string | (() => string);
  readonly detail?: () => string;
  /** What is known of the name at the beginning, where that may be another one: operations alike share it. */
  readonly family?: () => string;
  /** Of a watched function: as the program reads the file. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  /** Instead of what the configuration says. */
  readonly thresholdMilliseconds?: number;
  /** Where those are counted that are not slow, asked for at the end; undefined: found by its name. */
  readonly site?: CallSite | undefined;
}

/** What others know of the name of a request. */
export interface RequestNames {
  /** Its framework's route, or how to find it at its end, given the path. */
  route: string | ((path: string) => string | undefined) | undefined;
  /** What it asks for at an address that serves everything (GraphQL). */
  call: string | undefined;
  /** Routers with parameters in their prefix that it has come through. */
  mounts: { readonly base: string; readonly pattern: string }[] | undefined;
}

export interface OperationEnd {
  readonly end: 'ended' | 'aborted';
  readonly status?: number | 'ok' | 'error';
}

export interface OpenWait {
  /** The wait is over; only the first call counts. `detail` replaces the one it began with. */
  end(detail?: string): void;
}

export interface Follow {
  /** The operation whose turn it is; in what one has left behind that has ended, the one around it, if any. */
  current(): Operation | undefined;
  /** The request whose turn it is, also in an operation inside of it. */
  request(): RequestNames | undefined;
  /** The same function, run in the operation whose turn it is now: for callbacks that a library calls from elsewhere. */
  bind<F extends (this: never, ...parameters: never[]) => unknown>(callback: F): F;
  /** Begins an operation inside the current one (`isRoot`: inside none) and makes it the current one from here on. */
  begin(facts: OperationFacts, isRoot?: boolean): Operation;
  /** Makes it the current one from here on, for what is called by other code later (`undefined`: none). */
  enter(operation: Operation | undefined): void;
  /** It is about to await something: as `enter` of its caller, but that `await` is its own. */
  leave(operation: Operation, caller: Operation | undefined): void;
  run<T>(operation: Operation | undefined, work: () => T): T;
  end(operation: Operation, outcome: OperationEnd): void;
  now(): Microseconds;
  /** Grows with each operation and each wait that begins. */
  readonly beginnings: number;
  /** Grows with each callback of something native that begins: where it has not, nothing was waited for but microtasks. */
  readonly callbacks: number;
  /**
   * An operation of which nobody was told, since it began nothing: from `from` on it kept the thread, for `span` or
   * until its end.
   */
  past(
    facts: OperationFacts,
    from: Microseconds,
    to: Microseconds,
    span: Microseconds | undefined,
    outcome: OperationEnd,
  ): void;
  /**
   * The current operation waits from now on; undefined where there is none. `detail` is asked for only when kept; `isSure`:
   * it will take long, so that who calls is looked for in any operation; `isOnThread`: the thread itself stands still.
   */
  wait(
    kind: WaitKind,
    library: string,
    detail?: string | (() => string),
    isSure?: boolean,
    isOnThread?: boolean,
  ): OpenWait | undefined;
  /** Something that cannot be followed in this thread, for people; see `RoutesFile.problems`. */
  problem(code: string, detail: string): void;
}

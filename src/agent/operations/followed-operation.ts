import type { OperationKind, WaitKind } from '../../contracts/operation-kinds.ts';
import type { Microseconds } from '../../contracts/units.ts';
import type { Sites } from './sites.ts';
import type { OpenWait, Operation, OperationFacts } from './follow.ts';
import type { TakenStack } from './program-stack.ts';

/** Further waits are only counted. */
const MOST_WAITS = 2000;

/** A wait that a library has told of. */
export class Wait implements OpenWait {
  to: Microseconds | undefined;
  /** Of who asked for it, in operations of routes that were slow. */
  stack: TakenStack | undefined;

  constructor(
    readonly kind: WaitKind,
    readonly library: string,
    readonly from: Microseconds,
    public detail: string | (() => string) | undefined,
    private readonly now: () => Microseconds,
    readonly isOnThread = false,
  ) {}

  end(detail?: string): void {
    if (this.to !== undefined) return;
    this.to = this.now();
    if (detail !== undefined) this.detail = detail;
  }
}

/** An operation while it goes on, in its thread. All that an operation below its threshold costs is one of these. */
export class FollowedOperation implements Operation {
  hasEnded = false;
  /** Number of its newest slice in the ring, 0 when it has had none. */
  lastSlice = 0;
  waits: Wait[] | undefined;
  dropped = 0;
  /** Operations inside it that have ended; see gathered.ts. */
  inner: FollowedOperation[] | undefined;
  /** It has a record. */
  isKept = false;
  /** It has one which another one may take the place of. */
  isCandidate = false;
  /** Its neighbours among those that go on. */
  before: FollowedOperation | undefined;
  after: FollowedOperation | undefined;
  /** It has kept the thread for all this time from its beginning on, and has no slices in the ring. */
  span: Microseconds | undefined;
  /** So many of its waits tell yet who calls, where it is not armed. */
  stacksLeft = 0;
  /** Of an armed operation: where it waits. */
  sites: Sites | undefined;

  constructor(
    readonly id: number,
    readonly parent: FollowedOperation | undefined,
    readonly kind: OperationKind,
    readonly startedAt: Microseconds,
    readonly isArmed: boolean,
    readonly facts: OperationFacts,
  ) {}

  addWait(wait: Wait): void {
    this.waits ??= [];
    if (this.waits.length < MOST_WAITS) this.waits.push(wait);
    else this.dropped++;
  }
}

/** Work that an operation has left behind belongs to the one around it, as long as that goes on. */
export function living(operation: FollowedOperation | undefined): FollowedOperation | undefined {
  let found = operation;
  while (found !== undefined && found.hasEnded) found = found.parent;
  return found;
}

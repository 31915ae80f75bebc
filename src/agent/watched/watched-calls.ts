/**
 * What the text that was put into watched functions calls: each call is an operation. On the program's hottest paths:
 * nothing here throws, and nothing is allocated but the call and its operation.
 */
import type { BeginWatchedCall, WatchedCall } from '../../contracts/watched-call.ts';
import type { WatchedFile, WatchedFunction } from '../../contracts/watched.ts';
import type { Guest } from '../guest.ts';
import { CallSite } from '../operations/call-site.ts';
import type { Follow } from '../operations/follow.ts';
import { BriefCall } from './brief-call.ts';
import { CallRate } from './call-rate.ts';
import { FollowedCall } from './followed-call.ts';
import { PromiseStates } from './promise-states.ts';
import type { Watched } from './watched-function.ts';

const same = <T>(value?: T): T => value as T;
const nothing = (): void => undefined;

/** Of a call that is not followed. */
const UNFOLLOWED: WatchedCall = { r: same, p: same, y: same, q: same, k: nothing, e: nothing };

export class WatchedCalls {
  private readonly watched = new Map<number, Watched>();
  private readonly promises = new PromiseStates();
  private isOver = false;

  constructor(
    private readonly follow: Follow,
    private readonly guest: Guest,
    files: readonly WatchedFile[],
  ) {
    for (const { file, functions } of files)
      for (const each of functions) this.watched.set(each.id, this.watchedOf(file, each));
  }

  readonly begin: BeginWatchedCall = id => {
    const watched = this.watched.get(id);
    if (watched === undefined || this.isOver || watched.rate.isSkipped()) return UNFOLLOWED;
    try {
      return watched.isBrief ? new BriefCall(watched) : new FollowedCall(watched);
    } catch (error) {
      this.guest.report(error);
      return UNFOLLOWED;
    }
  };

  /** From here on calls do nothing; the functions stay as they are. */
  end(): void {
    this.isOver = true;
    this.promises.end();
  }

  private watchedOf(file: string, each: WatchedFunction): Watched {
    const { follow, promises } = this;
    const { name, line, column, thresholdMilliseconds, isGenerator = false, isAsync = false } = each;
    const rate = new CallRate();
    const site = new CallSite(() => rate.oneIn);
    const facts = { kind: 'call', name, place: { file, line, column }, thresholdMilliseconds, site } as const;
    return { follow, promises, facts, isGenerator, isAsync, rate, isBrief: !isGenerator, longCalls: 0 };
  }
}

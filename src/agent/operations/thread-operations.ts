/** Following operations in the thread this code runs in, put together; see follow.ts for what others see of it. */
import type { OperationsConfiguration } from '../../contracts/operation-kinds.ts';
import type { OperationRecord, RoutesFile } from '../../contracts/operations.ts';
import type { KeptOperation, OperationsNews } from '../collector/contract.ts';
import { now } from '../clock.ts';
import type { Guest } from '../guest.ts';
import { Libraries } from '../libraries/libraries.ts';
import { WatchedFunctions } from '../watched/watched-functions.ts';
import { Arming } from './arming.ts';
import { AwaitSites } from './await-sites.ts';
import { Calls } from './calls.ts';
import { Causes } from './causes.ts';
import { createContext, type Context } from './context.ts';
import { FastClock } from './fast-clock.ts';
import type { Follow } from './follow.ts';
import { FollowedOperation } from './followed-operation.ts';
import { followFastify } from './fastify-routes.ts';
import { followHttp } from './http-roots.ts';
import { HookCost } from './hook-cost.ts';
import { Http2Roots } from './http2-roots.ts';
import { KeepBudget } from './keep-budget.ts';
import { KeptOperations, operationName } from './kept-operations.ts';
import { Operations } from './operations.ts';
import { ReadyTimes } from './ready.ts';
import { PathNames } from './path-names.ts';
import { Routes } from './route-counts.ts';
import { SliceRing } from './slice-ring.ts';
import { Thresholds } from './thresholds.ts';
import { Turns } from './turns.ts';
import { WaitsRecord } from './waits-record.ts';
import type { Turn } from '../stalls/heartbeat.ts';

const MOST_PROBLEMS = 100;
/** A watch recording goes on for hours: fewer slow operations of a route are kept in each minute. */
const WATCHED_FIRST = 5;

export interface ThreadOperationsOptions {
  readonly configuration: OperationsConfiguration;
  readonly guest: Guest;
  /** It is to be told of every second, also when nothing has come of it. */
  readonly isWatch?: boolean;
  readonly sink: (news: OperationsNews) => void;
  /** The agent's own file: it is nobody's place. */
  readonly agentFile: string;
}

export class ThreadOperations {
  readonly follow: Follow;
  readonly calls: Calls;
  private readonly clock = new FastClock();
  private readonly cost = new HookCost(this.clock.now);
  private readonly ring = new SliceRing();
  private readonly routes = new Routes();
  private readonly operations: Operations;
  private readonly turns: Turns;
  private readonly context: Context<FollowedOperation>;
  private readonly causes: Causes;
  private readonly ready = new ReadyTimes(this.clock.now);
  private readonly arming: Arming;
  private readonly undo: (() => void)[] = [];
  private readonly kept: KeptOperation[] = [];
  private readonly problems: RoutesFile['problems'] = [];
  private problemCount = 0;
  private libraries: Libraries | undefined;
  private watched: RoutesFile['watched'];

  /** Undefined where the program has replaced what a context is kept by: that is told, and nothing is followed. */
  static start(options: ThreadOperationsOptions): ThreadOperations | undefined {
    try {
      return new ThreadOperations(options).started();
    } catch (error) {
      const problem = { code: 'operations-not-followed', detail: (error as Error).message };
      const nothing = { kept: [], routes: [], hooksMicroseconds: 0 };
      options.sink({ atMicroseconds: now(), ...nothing, problems: [problem] });
      return undefined;
    }
  }

  private constructor(private readonly options: ThreadOperationsOptions) {
    const { configuration, guest, isWatch = false } = options;
    const marker = new FollowedOperation(0, undefined, 'call', this.clock.now(), false, {
      kind: 'call',
      name: '',
    });
    const context = createContext(marker);
    const arming = new Arming(configuration.armOneIn);
    this.arming = arming;
    const { ring } = this;
    this.turns = new Turns(context, ring, this.clock.now, this.cost);
    this.causes = new Causes(ring, this.ready);
    this.turns.listeners.native = this.causes.began;
    this.turns.listeners.slice = this.causes.slice;
    this.context = context;
    const ended = new KeptOperations({
      ring,
      arming,
      thresholds: new Thresholds(configuration),
      routes: this.routes,
      budget: new KeepBudget(
        Math.random,
        configuration.firstPerMinute ?? (isWatch ? WATCHED_FIRST : undefined),
      ),
      sink: operation => this.kept.push(operation),
      complete: new WaitsRecord(this.causes, options.agentFile).complete,
    });
    this.operations = new Operations({
      context,
      turns: this.turns,
      clock: this.clock,
      cost: this.cost,
      causes: this.causes,
      arming,
      ended: operation => guest.quietly(() => ended.ended(operation), undefined),
      problem: (code, detail) => this.problem(code, detail),
    });
    this.follow = this.operations;
    this.calls = new Calls(this.operations, guest);
  }

  private started(): this {
    try {
      this.start();
      return this;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private start(): void {
    const { follow, undo } = this;
    const { guest } = this.options;
    this.turns.start();
    this.followWaits();
    const names = new PathNames();
    undo.push(followHttp(follow, guest, names));
    undo.push(followFastify(guest));
    const http2 = new Http2Roots(follow, guest, names);
    undo.push(() => http2.end());
    http2.start();
    const libraries = Libraries.start(follow, guest);
    this.libraries = libraries;
    undo.push(() => libraries.end());
    this.watchFunctions();
  }

  /** Later than all else: without them the rest is followed all the same. */
  private watchFunctions(): void {
    const { configuration, guest } = this.options;
    if (configuration.watched === undefined) return;
    const { watched } = configuration;
    const start = (): WatchedFunctions => new WatchedFunctions(watched, this.follow, guest);
    const functions = guest.quietly(start, undefined);
    this.undo.push(() => void (this.watched = functions?.end()));
  }

  /** Whether there have been any. */
  get areAny(): boolean {
    return this.operations.beginnings > 0;
  }

  /** What was slow and is not followed. */
  keep(record: OperationRecord): void {
    this.kept.push({ record });
  }

  /** A number that no operation has. */
  takeId(): number {
    return this.operations.takeId();
  }

  /** Whose turn it is, for a look at what blocks the thread. */
  turn(): Turn {
    const id = this.takeId();
    const operation = this.turns.current;
    if (operation === undefined) return { id };
    const blocker = { id: operation.id, name: operationName(operation.facts) };
    return { id, blocker, since: this.ring.since };
  }

  /** Hands on what has come together since the last time, about once a second. */
  tell(isLast = false): void {
    this.clock.check();
    this.options.guest.quietly(() => this.libraries?.look(), undefined);
    const routes = this.routes.takeChanged();
    const kept = this.kept.splice(0);
    const problems = this.problems.splice(0);
    const watched = this.watched === undefined ? {} : { watched: this.watched };
    const isNews = routes.length > 0 || problems.length > 0 || kept.length > 0 || this.watched !== undefined;
    // A watch recording waits to hear that there is nothing to keep; at the end it is told that there was none.
    if (!isNews && !this.options.isWatch && !isLast) return;
    const atMicroseconds = this.clock.now();
    const openSinceMicroseconds = this.operations.openSince();
    const open = openSinceMicroseconds === undefined ? {} : { openSinceMicroseconds };
    const hooksMicroseconds = this.cost.take();
    this.options.sink({ atMicroseconds, kept, routes, problems, ...open, ...watched, hooksMicroseconds });
  }

  /** Closes what still goes on, tells the rest, and lets go of the thread. */
  end(): void {
    const { guest } = this.options;
    for (const undo of this.undo.splice(0)) guest.quietly(undo, undefined);
    this.operations.stop();
    this.turns.stop();
    this.context.end();
    this.tell(true);
  }

  private followWaits(): void {
    const { arming, causes, clock, context, ready, turns } = this;
    const sites = new AwaitSites({ context, turns, causes, ready, now: clock.now });
    arming.listener = sites;
    this.undo.push(() => sites.stop());
  }

  private problem(code: string, detail: string): void {
    if (++this.problemCount <= MOST_PROBLEMS) this.problems.push({ code, detail });
  }
}

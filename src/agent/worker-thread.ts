/**
 * The agent in a worker thread of the program: samples itself and hands segments to the process's collector over a
 * broadcast channel, which writes them. Segments close on time unless the thread blocks; then they close after it.
 */
import { Session } from 'node:inspector';
import { BroadcastChannel, threadId } from 'node:worker_threads';
import { AGENT_SYMBOL_NAME, type AgentConfiguration, type PublishedAgent } from '../contracts/agent.ts';
import type { OperationsConfiguration } from '../contracts/operation-kinds.ts';
import { followsAllocations, ThreadAllocations } from './allocations/thread-allocations.ts';
import type { RuntimeRecord } from '../contracts/recording.ts';
import { now } from './clock.ts';
import {
  CHANNEL,
  NEVER,
  type AllocationPart,
  type ChannelMessage,
  type OperationsNews,
  type ThreadMessage,
} from './collector/contract.ts';
import { stallHere, unknownUse } from './collector/main-stall.ts';
import { Pace } from './collector/pace.ts';
import { threadMicroseconds } from './collector/scheduled.ts';
import { BriefSessions } from './brief-sessions.ts';
import { discardOptimizedCode } from './fresh-code.ts';
import type { Guest } from './guest.ts';
import type { Door } from './door.ts';
import { isToolThread } from './process-kind.ts';
import { stallThreshold } from './operations/thresholds.ts';
import { ThreadOperations } from './operations/thread-operations.ts';
import { readScripts } from './read-scripts.ts';
import { RuntimeWatch } from './runtime/runtime-watch.ts';
import { OwnStalls } from './stalls/own-stalls.ts';
import { isProfilerShared, sessionSampler } from './session-sampler.ts';
import { consoleSampler, directSampler, hasDirectProfiles, TITLE_PREFIX, type Sampler } from './sampler.ts';
import { followChildren } from './spread.ts';
import { describeThread, heapInUse } from './thread.ts';
import { usesTranspiler } from './transpilers.ts';

const OBSERVE_MILLISECONDS = 1000;

/** `Omit` that keeps the members of a union apart. */
type Content<T> = T extends unknown ? Omit<T, 'to' | 'threadId'> : never;

export class WorkerThread implements PublishedAgent {
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly pace: Pace;
  private readonly sampler: Sampler;
  /** Snapshots are of the main thread. */
  private readonly sessions = new BriefSessions(false);
  private readonly disposers: (() => void)[] = [];
  private readonly allocations: ThreadAllocations | undefined;
  private watch: RuntimeWatch | undefined;
  private operations: ThreadOperations | undefined;
  /** The collector knows the thread from its first segment on. */
  private kept: RuntimeRecord[] = [];
  private keptNews: OperationsNews[] = [];
  private isKnown = false;
  private observing: NodeJS.Timeout | undefined;
  private timer: NodeJS.Timeout | undefined;
  private allocationTimer: NodeJS.Timeout | undefined;
  private stall = unknownUse(0);
  private cost = 0;
  private left = false;

  static start(configuration: AgentConfiguration, guest: Guest, door: Door): void {
    new WorkerThread(configuration, guest, door).begin();
  }

  private constructor(
    private readonly configuration: AgentConfiguration,
    private readonly guest: Guest,
    private readonly door: Door,
  ) {
    this.channel.unref();
    this.channel.onmessage = event =>
      this.guest.quietly(() => this.take((event as { data: ChannelMessage }).data), undefined);
    const interval = configuration.intervalMicroseconds;
    const isShared = !hasDirectProfiles(interval) && isProfilerShared(configuration);
    this.pace = new Pace(isShared);
    this.sampler = this.makeSampler(interval, isShared);
    this.allocations = followsAllocations(configuration) ? this.followAllocations() : undefined;
  }

  private begin(): void {
    this.disposers.push(followChildren(this.configuration, this.guest, this.door));
    this.publish();
    process.prependListener('exit', this.finish);
    this.guest.quietly(() => this.watchRuntime(), undefined);
    this.guest.quietly(() => this.followOperations(), undefined);
    this.sampler.start();
    if (this.door === 'injection') discardOptimizedCode(this.sessions);
    this.send({ type: 'began' });
    this.schedule();
    this.allocations?.start();
    this.lookAtAllocations();
  }

  mark = (name: string): void => {
    const record = { type: 'mark', atMicroseconds: now(), name: String(name) } as const;
    this.send({ type: 'record', record });
  };

  track = (name: string): (() => void) =>
    this.guest.quietly(() => this.watch?.track(String(name)), undefined) ?? (() => undefined);

  call = (name: string, thresholdMilliseconds: number | undefined, work: () => unknown): unknown =>
    this.operations ? this.operations.calls.run(name, thresholdMilliseconds, work) : work();

  private watchRuntime(): void {
    this.watch = new RuntimeWatch({
      guest: this.guest,
      sink: records => this.tell(records),
      withHeap: this.configuration.collections !== 'pauses',
    });
    this.observing = setInterval(
      () => this.guest.quietly(() => this.observe(), undefined),
      OBSERVE_MILLISECONDS,
    );
    this.observing.unref();
  }

  private followOperations(): void {
    const { configuration, guest } = this;
    if (!configuration.operations) return;
    const sink = (news: OperationsNews): void => this.tellOperations(news);
    const isWatch = configuration.kind === 'watch';
    this.operations = ThreadOperations.start({
      ...{ configuration: configuration.operations, guest, sink, isWatch },
      agentFile: configuration.agent,
    });
    if (this.operations) this.watchStalls(this.operations, configuration.operations);
  }

  private watchStalls(operations: ThreadOperations, configuration: OperationsConfiguration): void {
    const stalls = new OwnStalls({
      thresholdMicroseconds: stallThreshold(configuration),
      now,
      onProcessor: threadMicroseconds,
      areOperationsFollowed: () => operations.areAny,
      takeId: () => operations.takeId(),
      sink: record => operations.keep(record),
    });
    stalls.start(look => this.guest.quietly(look, undefined));
    this.disposers.push(() => stalls.end());
  }

  private observe(): void {
    const { onProcessor } = stallHere(() => this.operations?.tell());
    this.cost += onProcessor + (this.watch?.ask() ?? 0);
  }

  private tellOperations(news: OperationsNews): void {
    this.keptNews.push(news);
    if (!this.isKnown) return;
    for (const each of this.keptNews.splice(0)) this.send({ type: 'operations', news: each });
  }

  private tell(records: readonly RuntimeRecord[]): void {
    this.kept.push(...records);
    if (!this.isKnown) return;
    this.send({ type: 'records', records: this.kept.splice(0), costMicroseconds: this.cost });
    this.cost = 0;
  }

  private makeSampler(intervalMicroseconds: number, isShared: boolean): Sampler {
    const sink = (profile: string): void => this.segment(profile);
    if (hasDirectProfiles(intervalMicroseconds)) return directSampler(intervalMicroseconds, sink);
    if (isShared) return sessionSampler(intervalMicroseconds, sink, this.sessions);
    const session = new Session();
    session.connect();
    session.on('Profiler.consoleProfileFinished', ({ params }) => {
      if (params.title?.startsWith(TITLE_PREFIX)) sink(JSON.stringify(params.profile));
    });
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: intervalMicroseconds });
    this.disposers.push(() => session.disconnect());
    return consoleSampler();
  }

  private schedule(): void {
    this.timer = setTimeout(() => this.guest.quietly(() => this.swap(), undefined), this.pace.milliseconds);
    this.timer.unref();
  }

  private swap(): void {
    this.stall = stallHere(() => this.sampler.swap());
    this.pace.swapped(this.stall.onClock / 1000);
    // What the swap has begun nobody would end.
    if (this.left) this.sampler.stop();
    else this.schedule();
  }

  /** Only now the thread's file is known: Node fills in `process.argv` after the preloads. */
  private segment(profile: string): void {
    if (this.left) return;
    if (isToolThread(undefined, process.argv)) return this.leave();
    const thread = describeThread(this.configuration);
    const transpiles = usesTranspiler();
    this.send({ type: 'segment', thread, transpiles, profile, stall: this.stall });
    this.isKnown = true;
  }

  private followAllocations(): ThreadAllocations {
    return new ThreadAllocations({
      guest: this.guest,
      sink: {
        part: part => this.allocated(part),
        inUse: detail => this.send({ type: 'record', record: heapInUse(detail) }),
      },
      isTracked: this.configuration.leaks === true,
      // They are counted where they are answered, which is seldom a worker thread.
      requests: () => 0,
    });
  }

  private lookAtAllocations(): void {
    const milliseconds = this.allocations?.look() ?? NEVER;
    if (milliseconds === NEVER || this.left) return;
    const look = (): void => this.guest.quietly(() => this.lookAtAllocations(), undefined);
    this.allocationTimer = setTimeout(look, milliseconds);
    this.allocationTimer.unref();
  }

  private allocated(part: AllocationPart): void {
    if (isToolThread(undefined, process.argv)) return;
    const thread = describeThread(this.configuration);
    this.send({ type: 'allocations', thread, transpiles: usesTranspiler(), part });
  }

  private take(message: ChannelMessage): void {
    if (message.to !== 'threads') return;
    if (message.type === 'finish') this.finish();
    else if (message.threadId === threadId)
      this.send({ type: 'scripts', scripts: readScripts(message.scriptIds, this.sessions) });
  }

  private finish = (): void =>
    this.guest.quietly(() => {
      this.sampler.stop();
      this.watch?.end();
      this.operations?.end();
      this.leave();
    }, undefined);

  private leave(): void {
    if (this.left) return;
    this.left = true;
    clearTimeout(this.timer);
    clearTimeout(this.allocationTimer);
    this.allocations?.stop();
    this.guest.quietly(() => this.operations?.end(), undefined);
    this.send({ type: 'ended' });
    clearInterval(this.observing);
    this.watch?.end();
    process.removeListener('exit', this.finish);
    for (const dispose of this.disposers.splice(0)) this.guest.quietly(dispose, undefined);
    this.channel.close();
  }

  private publish(): void {
    const symbol = Symbol.for(AGENT_SYMBOL_NAME);
    Object.defineProperty(globalThis, symbol, { value: this, configurable: true, enumerable: false });
    this.disposers.push(() => delete (globalThis as Record<symbol, unknown>)[symbol]);
  }

  private send(content: Content<ThreadMessage>): void {
    this.channel.postMessage({ to: 'collector', threadId, ...content });
  }
}

/**
 * The collector: a worker thread in every sampled process. It rotates the segments of the main thread through an
 * inspector session of its own, so they close on time even while the program blocks; takes the segments of the
 * program's worker threads; writes all of them; and holds the line to the host.
 *
 *   starting ──► sampling ──► ending (program exits | host says stop | host is gone) ──► gone
 */
import { BroadcastChannel } from 'node:worker_threads';
import {
  AGENT_SYMBOL_NAME,
  type AgentConfiguration,
  type HeapRequest,
  type HostMessage,
} from '../../contracts/agent.ts';
import { TITLE_PREFIX } from '../sampler.ts';
import { lacksInlinedFunctions } from '../exact-stack.ts';
import { now } from '../clock.ts';
import { stallThreshold } from '../operations/thresholds.ts';
import type { StallLook } from '../stalls/heartbeat.ts';
import { followsAllocations } from '../allocations/thread-allocations.ts';
import { StallWatch } from '../stalls/stall-watch.ts';
import { BuiltinSources } from './builtin-sources.ts';
import {
  CELL,
  CHANNEL,
  NEVER,
  type AllocationPart,
  type ChannelMessage,
  type CollectorData,
  type MainMessage,
  type OperationsNews,
} from './contract.ts';
import { ExactStacks } from './exact-stacks.ts';
import { HostLink } from './host-link.ts';
import { MainSession } from './main-session.ts';
import { mainStall, type Stall } from './main-stall.ts';
import { heapMessage, helloMessage, problemMessage, stoppedMessage } from './messages.ts';
import { Pace } from './pace.ts';
import { ProcessUse } from './process-use.ts';
import { ProgramThreads } from './program-threads.ts';
import { SampledThread } from './sampled-thread.ts';
import { scheduled } from './scheduled.ts';
import { within } from './within.ts';

type EndReason = 'exit' | 'stop' | 'host-gone';

const AGENT = `globalThis[Symbol.for(${JSON.stringify(AGENT_SYMBOL_NAME)})]`;
/** What worker threads of the program get for their last segment when the process ends. */
const THREADS_TIMEOUT_MILLISECONDS = 300;
/** What the last segment, and reading transpiled scripts, may add to the program's end. */
const LAST_SEGMENT_TIMEOUT_MILLISECONDS = 5000;
const OBSERVE_MILLISECONDS = 1000;
const SCRIPTS_AT_END_TIMEOUT_MILLISECONDS = 800;

export class Collector {
  private readonly session = new MainSession();
  private readonly builtins = new BuiltinSources();
  private readonly pace: Pace;
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly main: SampledThread;
  private readonly stacks: ExactStacks;
  private readonly threads: ProgramThreads;
  private readonly link: HostLink;
  private readonly use = new ProcessUse();
  private readonly stalls: StallWatch | undefined;
  private timer: NodeJS.Timeout | undefined;
  private allocationTimer: NodeJS.Timeout | undefined;
  private observing: NodeJS.Timeout | undefined;
  /** The heap is sampled more finely by now. */
  private refined = false;
  private ending: EndReason | undefined;
  private left = false;
  private segments = 0;
  private expected = Number.POSITIVE_INFINITY;
  private lastSegment: (() => void) | undefined;
  private lastScripts: (() => void) | undefined;

  static start(data: CollectorData): void {
    const collector = new Collector(data);
    void collector.begin().catch((error: unknown) => collector.failed(error));
  }

  private constructor(private readonly data: CollectorData) {
    const { configuration, thread, transpiles, raw, shared } = data;
    this.pace = new Pace(shared);
    const recording = configuration.folder;
    this.main = new SampledThread({
      recording,
      thread,
      builtins: this.builtins,
      transpiles,
      raw,
      readLive: scriptIds => void this.readLive(scriptIds),
      isWatch: configuration.kind === 'watch',
    });
    this.stacks = new ExactStacks(
      () => this.session.evaluate<string>(`${AGENT}.stack()`),
      error => this.failed(error),
    );
    this.threads = new ProgramThreads({
      ...{ recording, raw, builtins: this.builtins, channel: this.channel },
      isWatch: configuration.kind === 'watch',
    });
    this.stalls = this.watchStalls(configuration);
    this.link = new HostLink(configuration.socket, {
      message: (message: HostMessage) =>
        message.type === 'stop' ? this.end('stop') : void this.lookAtHeap(message),
      gone: () => this.end('host-gone'),
    });
  }

  private async begin(): Promise<void> {
    this.data.port.on('message', (message: MainMessage) => this.guarded(() => this.fromMain(message)));
    this.channel.onmessage = event =>
      this.guarded(() => this.threads.take((event as { data: ChannelMessage }).data));
    this.session.connect();
    if (!this.data.direct) await this.listenToConsoleProfiles();
    this.signal(CELL.ready);
    this.sayHello();
    if (this.ending) return;
    this.schedule();
    if (followsAllocations(this.data.configuration)) this.scheduleLook(this.pace.milliseconds);
    this.scheduleObservation();
    this.stalls?.start();
    if (lacksInlinedFunctions()) this.stacks.start();
  }

  private sayHello(): void {
    this.link.send(helloMessage(this.data));
  }

  private async listenToConsoleProfiles(): Promise<void> {
    this.session.on<{ title?: string; profile: object }>('Profiler.consoleProfileFinished', params => {
      if (params.title?.startsWith(TITLE_PREFIX))
        this.guarded(() => this.mainSegment(JSON.stringify(params.profile)));
    });
    await this.session.post('Profiler.enable');
    const interval = this.data.configuration.intervalMicroseconds;
    await this.session.post('Profiler.setSamplingInterval', { interval });
    this.main.overhead.stalled(await this.stall('startSampling()'));
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.swap(), this.pace.milliseconds);
  }

  private async swap(): Promise<void> {
    try {
      const stall = await this.stall('swap()');
      this.main.overhead.swapped(stall);
      this.pace.swapped(stall.onClock / 1000);
    } catch (error) {
      this.failed(error);
    }
    if (!this.ending) this.schedule();
  }

  private scheduleLook(milliseconds: number): void {
    this.allocationTimer = setTimeout(() => void this.lookAtAllocations(), milliseconds);
  }

  private async lookAtAllocations(): Promise<void> {
    try {
      const milliseconds = await this.session.evaluate<number>(`${AGENT}.lookAtAllocations()`);
      if (!this.ending && milliseconds !== NEVER) this.scheduleLook(milliseconds);
    } catch (error) {
      this.failed(error);
    }
  }

  private allocations(part: AllocationPart): void {
    const mayGrow = this.main.allocations(part);
    if (!mayGrow || this.refined || this.ending) return;
    this.refined = true;
    this.session.evaluate(`${AGENT}.refineAllocations()`).catch((error: unknown) => this.failed(error));
  }

  private stall(call: string): Promise<Stall> {
    return mainStall(() => this.session.evaluate<number>(`${AGENT}.${call}`));
  }

  private async lookAtHeap(request: HeapRequest): Promise<void> {
    const look = (file: string): Promise<string> =>
      this.session.evaluate<string>(`${AGENT}.heap(${JSON.stringify(file)})`);
    this.link.send(await heapMessage(request, look));
  }

  private scheduleObservation(): void {
    this.observing = setTimeout(() => void this.observe(), OBSERVE_MILLISECONDS);
  }

  private async observe(): Promise<void> {
    try {
      this.main.overhead.spent((await this.stall('observe()')).onProcessor);
    } catch (error) {
      this.failed(error);
    }
    if (!this.ending) this.scheduleObservation();
  }

  private fromMain(message: MainMessage): void {
    if (message.type === 'segment') this.mainSegment(message.profile);
    else if (message.type === 'record') this.main.record(message.record);
    else if (message.type === 'allocations') this.allocations(message.part);
    else if (message.type === 'records') this.main.records(this.use.complete(message.records));
    else if (message.type === 'operations') this.operations(message.news);
    else if (message.type === 'transpiles') this.main.noteTranspiler();
    else if (message.type === 'scripts') {
      this.main.takeScripts(message.scripts);
      this.lastScripts?.();
    } else {
      this.expected = message.segments;
      this.end('exit');
      if (this.segments >= this.expected) this.lastSegment?.();
    }
  }

  /** A stall that goes on may still be kept, as an open operation may. */
  private operations(news: OperationsNews): void {
    const since = this.stalls?.since ?? Number.POSITIVE_INFINITY;
    const openSinceMicroseconds = Math.min(since, news.openSinceMicroseconds ?? Number.POSITIVE_INFINITY);
    this.main.operations({ ...news, openSinceMicroseconds });
  }

  private watchStalls({ operations }: AgentConfiguration): StallWatch | undefined {
    if (!operations) return undefined;
    return new StallWatch({
      beats: this.data.beats,
      thresholdMicroseconds: stallThreshold(operations),
      now,
      waiting: () => scheduled(`/proc/self/task/${process.pid}`)?.waiting,
      look: async beat => {
        const text = await this.session.evaluate<string>(`${AGENT}.stall(${beat})`);
        return text === '' ? undefined : (JSON.parse(text) as StallLook);
      },
      sink: news => this.guarded(() => this.main.operations(news)),
      failed: error => this.failed(error),
    });
  }

  private mainSegment(profile: string): void {
    this.segments++;
    this.main.segment(profile);
    this.main.stacks(this.stacks.collect());
    if (this.segments >= this.expected) this.lastSegment?.();
  }

  private async readLive(scriptIds: readonly string[]): Promise<void> {
    try {
      this.main.overhead.stalled(await this.stall(`readScripts(${JSON.stringify(scriptIds)})`));
    } catch (error) {
      this.failed(error);
    }
  }

  private end(reason: EndReason): void {
    if (this.ending) return;
    this.ending = reason;
    clearTimeout(this.timer);
    clearTimeout(this.allocationTimer);
    clearTimeout(this.observing);
    this.stacks.end();
    this.stalls?.end();
    void this.close(reason).catch((error: unknown) => this.failed(error));
  }

  private async close(reason: EndReason): Promise<void> {
    const segment = new Promise<void>(resolve => (this.lastSegment = resolve));
    const scripts = new Promise<void>(resolve => (this.lastScripts = resolve));
    this.guarded(() => this.threads.takeQueued());
    const threads = this.threads.finish(THREADS_TIMEOUT_MILLISECONDS);
    if (reason !== 'exit') this.main.overhead.stalled(await this.stall('finish()'));
    await within(LAST_SEGMENT_TIMEOUT_MILLISECONDS, segment);
    if (this.main.askForScripts()) await within(SCRIPTS_AT_END_TIMEOUT_MILLISECONDS, scripts);
    await threads;
    this.threads.end(reason);
    this.main.end(reason);
    this.leave();
    await this.bye();
  }

  /** Lets go of the main thread; it sleeps until this is done when the process is exiting. */
  private leave(): void {
    this.left = true;
    this.session.disconnect();
    this.channel.close();
    this.data.port.close();
    this.signal(CELL.finished);
  }

  private async bye(): Promise<void> {
    this.link.send(stoppedMessage());
    await this.link.end();
  }

  private signal(cell: number): void {
    Atomics.store(this.data.cells, cell, 1);
    Atomics.notify(this.data.cells, cell);
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failed(error);
    }
  }

  /** Something of ours broke: say so where it can still be heard, and get out of the program's way. */
  private failed(error: unknown): void {
    // What was still on its way when we let go of the main thread.
    if (this.left) return;
    this.link.send(problemMessage(error));
    if (this.ending) this.leave();
    else this.end('stop');
  }
}

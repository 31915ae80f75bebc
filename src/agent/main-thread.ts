/**
 * The agent on the main thread: starts the collector worker, which samples this thread, and sees to it that the
 * last segment is on disk before the process ends.
 */
import inspector from 'node:inspector';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { AGENT_SYMBOL_NAME, type AgentConfiguration, type PublishedAgent } from '../contracts/agent.ts';
import type { RuntimeRecord } from '../contracts/recording.ts';
import { followsAllocations, ThreadAllocations } from './allocations/thread-allocations.ts';
import { recordBystander } from './bystander.ts';
import { now } from './clock.ts';
import {
  CELL,
  COLLECTOR_MARK,
  NEVER,
  type CollectorData,
  type MainMessage,
  type OperationsNews,
} from './collector/contract.ts';
import { exactStack } from './exact-stack.ts';
import { BriefSessions } from './brief-sessions.ts';
import { discardOptimizedCode } from './fresh-code.ts';
import type { Door } from './door.ts';
import type { Guest } from './guest.ts';
import { FinishedRequests } from './heap/finished-requests.ts';
import { lookAtHeap } from './heap/heap-look.ts';
import { ThreadOperations } from './operations/thread-operations.ts';
import { readScripts } from './read-scripts.ts';
import { RuntimeWatch } from './runtime/runtime-watch.ts';
import { beforeSelfKill } from './self-kill.ts';
import { Heartbeat } from './stalls/heartbeat.ts';
import { isProfilerShared, sessionSampler } from './session-sampler.ts';
import { consoleSampler, directSampler, hasDirectProfiles, type Sampler } from './sampler.ts';
import { followChildren } from './spread.ts';
import { describeThread, environmentProblems, heapInUse } from './thread.ts';
import { usesTranspiler } from './transpilers.ts';

/** A collector that is not up by then starts sampling late instead of holding the program longer. */
const READY_TIMEOUT_MILLISECONDS = 2000;
/** What the last segment may take at most, on a starved machine; a program is never held longer at its end. */
const EXIT_TIMEOUT_MILLISECONDS = 8000;

const PUBLISHED = Symbol.for(AGENT_SYMBOL_NAME);

export class MainThread implements PublishedAgent {
  private readonly cells = new Int32Array(new SharedArrayBuffer(CELL.length * 4));
  private readonly beats = new Float64Array(new SharedArrayBuffer(8));
  private readonly direct: boolean;
  private readonly shared: boolean;
  private readonly port: MessagePort;
  private readonly collectorPort: MessagePort;
  private readonly sampler: Sampler;
  private readonly sessions: BriefSessions;
  private readonly allocations: ThreadAllocations | undefined;
  private readonly disposers: (() => void)[] = [];
  private watch: RuntimeWatch | undefined;
  private operations: ThreadOperations | undefined;
  private heartbeat: Heartbeat | undefined;
  private requests: FinishedRequests | undefined;
  private finished = false;
  private transpiles = usesTranspiler();

  static start(configuration: AgentConfiguration, guest: Guest, door: Door): void {
    new MainThread(configuration, guest, door).begin();
  }

  private constructor(
    private readonly configuration: AgentConfiguration,
    private readonly guest: Guest,
    private readonly door: Door,
  ) {
    const { intervalMicroseconds: interval, leaks = false } = configuration;
    this.sessions = new BriefSessions(leaks);
    this.disposers.push(() => this.sessions.end());
    const isDirect = hasDirectProfiles(interval);
    this.shared = !isDirect && isProfilerShared(configuration);
    this.direct = isDirect || this.shared;
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.port.on('close', () => this.guest.quietly(() => this.released(), undefined));
    this.port.unref();
    this.collectorPort = port2;
    const sink = (profile: string): void => this.post({ type: 'segment', profile });
    if (isDirect) this.sampler = directSampler(interval, sink);
    else this.sampler = this.shared ? sessionSampler(interval, sink, this.sessions) : consoleSampler();
    this.allocations = followsAllocations(configuration) ? this.followAllocations() : undefined;
  }

  private begin(): void {
    this.startCollector();
    this.listen();
    this.guest.quietly(() => this.watchRuntime(), undefined);
    this.disposers.push(followChildren(this.configuration, this.guest, this.door));
    this.guest.quietly(() => this.followOperations(), undefined);
    if (followsAllocations(this.configuration)) this.countRequests();
    if (this.direct) this.startSampling();
    else if (this.door === 'preload') Atomics.wait(this.cells, CELL.ready, 0, READY_TIMEOUT_MILLISECONDS);
    // Not in an injection: while the inspector serves that session it serves no other, so the collector would only
    // come in after the timeout; and a wait within a wait of the program's own ends Node 20 with SIGABRT.
  }

  /** Called by the collector through its session. Answers how long this thread stood still, in microseconds. */
  swap = (): number =>
    this.timed(() => {
      if (this.finished) return;
      this.lookForTranspiler();
      this.sampler.swap();
    });

  /** Called by the collector; see allocations/pace.ts. Answers the milliseconds until the next time, or `NEVER`. */
  lookAtAllocations = (): number =>
    this.finished ? NEVER : this.guest.quietly(() => this.allocations?.look() ?? NEVER, NEVER);

  /** Called by the collector when something may grow. */
  refineAllocations = (): void => this.guest.quietly(() => this.allocations?.refine(), undefined);

  /** Called by the collector once a second; answers what the watch of the heap and the loop has cost, in microseconds. */
  observe = (): number => {
    const toTell = this.timed(() => this.operations?.tell());
    return toTell + (this.watch?.ask() ?? 0);
  };

  /** Called by the collector between swaps; see exact-stack.ts. */
  stack = (): string => (this.finished ? '' : this.guest.quietly(() => exactStack(this.stack), ''));

  /** Called by the collector while the event loop is blocked: who blocks it, as JSON; empty when it turns again. */
  stall = (beat: number): string => {
    const look = this.guest.quietly(() => this.heartbeat?.look(beat, this.stall), undefined);
    return look ? JSON.stringify(look) : '';
  };

  /** Called by the collector when the recording ends before the program. */
  finish = (): number => {
    this.endAllocations();
    return this.timed(() => this.endSampling());
  };

  /** Called by the collector when the host asks; see heap/heap-look.ts. JSON of a `HeapLook`. */
  heap = (file: string): string => JSON.stringify(lookAtHeap(file, this.requests?.count ?? 0));

  mark = (name: string): void => {
    if (this.finished) return;
    this.post({ type: 'record', record: { type: 'mark', atMicroseconds: now(), name: String(name) } });
  };

  track = (name: string): (() => void) =>
    this.guest.quietly(() => this.watch?.track(String(name)), undefined) ?? (() => undefined);

  call = (name: string, thresholdMilliseconds: number | undefined, work: () => unknown): unknown =>
    this.operations ? this.operations.calls.run(name, thresholdMilliseconds, work) : work();

  /** Starts console sampling; called by the collector once its session listens. */
  startSampling = (): number =>
    this.timed(() => {
      if (this.finished) return;
      this.sampler.start();
      this.allocations?.start();
      if (this.door === 'injection') discardOptimizedCode(this.sessions);
    });

  /** Hands the texts of scripts to the collector, which asks through its session. */
  readScripts = (scriptIds: readonly string[]): number =>
    this.timed(() => this.post({ type: 'scripts', scripts: readScripts(scriptIds, this.sessions) }));

  private startCollector(): void {
    const { configuration, collectorPort: port } = this;
    const data: CollectorData = {
      mark: COLLECTOR_MARK,
      configuration,
      cells: this.cells,
      beats: this.beats,
      port,
      thread: describeThread(configuration),
      direct: this.direct,
      shared: this.shared,
      raw: hasDirectProfiles(configuration.intervalMicroseconds),
      transpiles: this.transpiles,
    };
    const worker = new Worker(configuration.agent, {
      workerData: data,
      transferList: [port],
      execArgv: [],
      env: {},
      // What a debugger's list of threads shows.
      name: 'Slowcatch',
      // Streams of its own, which nobody reads: the collector never prints into the program.
      stdout: true,
      stderr: true,
    });
    worker.unref();
    worker.on('error', error => this.guest.quietly(() => this.collectorFailed(error), undefined));
    worker.on('exit', () => this.guest.quietly(() => this.collectorGone(), undefined));
    for (const record of environmentProblems(configuration))
      if (!this.isOurDoing(record)) this.post({ type: 'record', record });
  }

  private watchRuntime(): void {
    this.watch = new RuntimeWatch({
      guest: this.guest,
      sink: records => this.post({ type: 'records', records }),
      withHeap: this.configuration.collections !== 'pauses',
    });
  }

  private countRequests(): void {
    const requests = new FinishedRequests();
    this.requests = requests;
    this.disposers.push(() => requests.end());
  }

  private followOperations(): void {
    const { configuration, guest } = this;
    if (!configuration.operations) return;
    const sink = (news: OperationsNews): void => this.post({ type: 'operations', news });
    const isWatch = configuration.kind === 'watch';
    const operations = ThreadOperations.start({
      ...{ configuration: configuration.operations, guest, sink, isWatch },
      agentFile: configuration.agent,
    });
    this.operations = operations;
    if (!operations || this.mayBePaused()) return;
    const heartbeat = new Heartbeat(this.beats, () => operations.turn());
    this.heartbeat = heartbeat;
    heartbeat.start();
    this.disposers.push(() => heartbeat.end());
  }

  /** By a debugger: that would look like a stall. */
  private mayBePaused(): boolean {
    const { isDebugged = true, hasDebugger = false } = this.configuration;
    return isDebugged && (hasDebugger || (this.door === 'preload' && inspector.url() !== undefined));
  }

  /** An injection comes in through the inspector: that it is open does not tell of a debugger then. */
  private isOurDoing(record: RuntimeRecord): boolean {
    return this.door === 'injection' && record.type === 'problem' && record.code === 'debugger-attached';
  }

  /** Without a collector nobody takes the profiles: stop sampling, leave the program alone. */
  private collectorFailed(error: Error): void {
    Atomics.store(this.cells, CELL.finished, 1);
    this.endSampling();
    recordBystander(this.configuration.folder, 'agent-failed', error.message);
  }

  private collectorGone(): void {
    process.removeListener('exit', this.leave);
    const published = globalThis as Record<symbol, unknown>;
    // The next agent may be there already.
    if (published[PUBLISHED] === this) delete published[PUBLISHED];
  }

  private listen(): void {
    process.prependListener('exit', this.leave);
    this.disposers.push(beforeSelfKill(this.guest, this.leave));
    this.guest.onFailure(error =>
      this.post({
        type: 'record',
        record: { type: 'problem', atMicroseconds: now(), code: 'agent-failed', detail: String(error.stack) },
      }),
    );
    Object.defineProperty(globalThis, PUBLISHED, { value: this, configurable: true, enumerable: false });
  }

  /** The process ends: close the last segment, then wait until the collector has written it and let go of us. */
  private leave = (): void =>
    this.guest.quietly(() => {
      this.endSampling();
      Atomics.wait(this.cells, CELL.finished, 0, EXIT_TIMEOUT_MILLISECONDS);
      this.released();
    }, undefined);

  /** The collector has disconnected before: when JavaScript runs again here, V8 has destroyed its session. */
  private released(): void {
    Atomics.store(this.cells, CELL.released, 1);
    Atomics.notify(this.cells, CELL.released);
    this.collectorGone();
  }

  private endSampling(): void {
    if (this.finished) return;
    this.finished = true;
    this.lookForTranspiler();
    this.endAllocations();
    this.watch?.end();
    this.guest.quietly(() => this.operations?.end(), undefined);
    this.post({ type: 'ended', segments: this.sampler.stop() });
    for (const dispose of this.disposers.splice(0)) this.guest.quietly(dispose, undefined);
  }

  private followAllocations(): ThreadAllocations {
    return new ThreadAllocations({
      guest: this.guest,
      sink: {
        part: part => this.post({ type: 'allocations', part }),
        inUse: detail => this.post({ type: 'record', record: heapInUse(detail) }),
      },
      isTracked: this.configuration.leaks === true,
      requests: () => this.requests?.count ?? 0,
    });
  }

  /** Its cost is told with what it hands on. */
  private endAllocations(): void {
    this.guest.quietly(() => this.allocations?.stop(), undefined);
  }

  private lookForTranspiler(): void {
    if (this.transpiles || !usesTranspiler()) return;
    this.transpiles = true;
    this.post({ type: 'transpiles' });
  }

  private post(message: MainMessage): void {
    this.port.postMessage(message);
  }

  private timed(work: () => unknown): number {
    const before = now();
    this.guest.quietly(work, undefined);
    return now() - before;
  }
}

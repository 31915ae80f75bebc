/** The program's own worker threads, as far as the collector has heard of them. */
import { receiveMessageOnPort, type BroadcastChannel, type MessagePort } from 'node:worker_threads';
import type { BuiltinSources } from './builtin-sources.ts';
import type { ChannelMessage, CollectorMessage, ThreadMessage } from './contract.ts';
import { SampledThread } from './sampled-thread.ts';

type Segment = Extract<ThreadMessage, { type: 'segment' }>;
type Allocations = Extract<ThreadMessage, { type: 'allocations' }>;

export interface ProgramThreadsOptions {
  readonly recording: string;
  readonly builtins: BuiltinSources;
  readonly channel: BroadcastChannel;
  readonly raw: boolean;
  readonly isWatch: boolean;
}

export class ProgramThreads {
  private readonly threads = new Map<number, SampledThread>();
  private readonly running = new Set<number>();
  private finishing = false;
  private allEnded: (() => void) | undefined;

  constructor(private readonly options: ProgramThreadsOptions) {}

  take(message: ChannelMessage): void {
    if (message.to !== 'collector') return;
    if (message.type === 'began') this.running.add(message.threadId);
    if (message.type === 'segment') this.segment(message);
    if (message.type === 'allocations') this.allocations(message);
    const thread = this.threads.get(message.threadId);
    if (message.type === 'scripts') thread?.takeScripts(message.scripts);
    if (message.type === 'operations') thread?.operations(message.news);
    if (message.type === 'record') thread?.record(message.record);
    if (message.type === 'records') {
      thread?.overhead.spent(message.costMicroseconds);
      thread?.records(message.records);
    }
    if (message.type === 'ended') this.ended(message.threadId);
  }

  /** Asks every thread for its last segment; resolves when all have answered, at the latest after the timeout. */
  async finish(timeoutMilliseconds: number): Promise<void> {
    this.finishing = true;
    this.post({ to: 'threads', type: 'finish' });
    if (this.running.size === 0) return;
    await new Promise<void>(resolve => {
      this.allEnded = resolve;
      setTimeout(resolve, timeoutMilliseconds);
    });
  }

  end(reason: 'exit' | 'stop' | 'host-gone'): void {
    for (const thread of this.threads.values()) thread.end(reason);
    this.threads.clear();
  }

  /** What threads have sent before the main thread said that it ends: another channel, so it may come later. */
  takeQueued(): void {
    const port = this.options.channel as unknown as MessagePort;
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
      this.take(next.message as ChannelMessage);
  }

  private segment(message: Segment): void {
    const thread = this.threads.get(message.threadId) ?? this.begin(message);
    if (message.transpiles) thread.noteTranspiler();
    thread.overhead.swapped(message.stall);
    thread.segment(message.profile);
    if (this.finishing) thread.askForScripts();
  }

  private allocations(message: Allocations): void {
    const thread = this.threads.get(message.threadId) ?? this.begin(message);
    thread.allocations(message.part);
  }

  private begin({ threadId, thread, transpiles }: Segment | Allocations): SampledThread {
    const { recording, builtins, raw, isWatch } = this.options;
    const sampled = new SampledThread({
      ...{ recording, thread, builtins, transpiles, raw, isWatch },
      readLive: scriptIds => this.post({ to: 'threads', type: 'read-scripts', threadId, scriptIds }),
    });
    this.threads.set(threadId, sampled);
    this.running.add(threadId);
    return sampled;
  }

  /** A thread that ends by itself is closed at once; ids are never used twice in a process. */
  private ended(threadId: number): void {
    this.running.delete(threadId);
    if (this.running.size === 0) this.allEnded?.();
    if (this.finishing) return;
    this.threads.get(threadId)?.end('exit');
    this.threads.delete(threadId);
  }

  private post(message: CollectorMessage): void {
    this.options.channel.postMessage(message);
  }
}

/**
 * Brings the agent into the worker threads that a program already has; later ones are followed by the agent.
 * They are reached through the main thread's session:
 *
 *   NodeWorker.enable ──► attachedToWorker, once per thread; a thread that is just starting comes a little later
 *   NodeWorker.sendMessageToWorker { sessionId, message } ──► receivedMessageFromWorker { sessionId, message }
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { AgentConfiguration } from '../../contracts/agent.ts';
import { UserError } from '../../contracts/user-error.ts';
import { CdpChannel } from './cdp-channel.ts';
import { attach } from './inject.ts';

const TIMEOUT_MILLISECONDS = 3000;
/** A thread that has begun is known to the main thread that much later, on a busy machine. */
const LATECOMERS_MILLISECONDS = 200;

interface WorkerSession {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string; readonly url: string };
}

interface WorkerMessage {
  readonly sessionId: string;
  readonly message: string;
}

/** Answers one sentence for every thread that could not be reached. */
export async function injectWorkers(
  session: CdpChannel,
  configuration: AgentConfiguration,
): Promise<string[]> {
  const channels = new Map<string, CdpChannel>();
  const problems: Promise<string | undefined>[] = [];
  session.on('NodeWorker.attachedToWorker', params => {
    const worker = params as WorkerSession;
    const { sessionId } = worker;
    if (!isOfProgram(worker, configuration)) return;
    const channel = new CdpChannel(
      message => void session.post('NodeWorker.sendMessageToWorker', { sessionId, message }),
    );
    channels.set(sessionId, channel);
    problems.push(problemIn(worker, channel, configuration));
  });
  session.on('NodeWorker.receivedMessageFromWorker', params => {
    const { sessionId, message } = params as WorkerMessage;
    channels.get(sessionId)?.take(message);
  });
  try {
    await session.send('NodeWorker.enable', { waitForDebuggerOnStart: false }, TIMEOUT_MILLISECONDS);
    return (await allOf(problems)).filter(problem => problem !== undefined);
  } finally {
    session.post('NodeWorker.disable', {});
  }
}

/** Also of those that come while others are waited for: a thread may have started another one just before. */
async function allOf<T>(growing: readonly Promise<T>[]): Promise<T[]> {
  for (;;) {
    const known = growing.length;
    await sleep(LATECOMERS_MILLISECONDS);
    const settled = await Promise.all(growing);
    if (growing.length === known) return settled;
  }
}

/** Not our collector, and not Node's own thread for module hooks; other threads of tools refuse the agent themselves. */
const isOfProgram = ({ workerInfo }: WorkerSession, { agent }: AgentConfiguration): boolean =>
  workerInfo.url !== pathToFileURL(agent).href && !workerInfo.url.startsWith('node:internal/');

async function problemIn(
  { workerInfo }: WorkerSession,
  channel: CdpChannel,
  configuration: AgentConfiguration,
): Promise<string | undefined> {
  try {
    const { outcome, detail } = await attach(channel, configuration, TIMEOUT_MILLISECONDS);
    return outcome === 'failed' ? `Worker thread ${workerInfo.title} is not sampled: ${detail}` : undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `Worker thread ${workerInfo.title} is not sampled: ${error.message}`;
  }
}

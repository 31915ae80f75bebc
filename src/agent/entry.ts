/**
 * The agent's bundle, loaded in every process and thread of a program by `NODE_OPTIONS=--require`, evaluated into a
 * running one, or started as the collector worker. Decides what this thread is; never throws, never prints.
 */
import fs from 'node:fs';
import workerThreads, { isMainThread, workerData } from 'node:worker_threads';
import { AGENT_SYMBOL_NAME, type AgentConfiguration, type AttachOutcome } from '../contracts/agent.ts';
import { recordBystander } from './bystander.ts';
import { Collector } from './collector/collector.ts';
import { CELL, COLLECTOR_MARK, type CollectorData } from './collector/contract.ts';
import { refuse } from './collector/refusal.ts';
import { readConfiguration } from './configuration.ts';
import { Guest } from './guest.ts';
import type { Door } from './door.ts';
import { MainThread } from './main-thread.ts';
import { isToolThread, isWrapper } from './process-kind.ts';
import { readableTsx } from './tsx.ts';
import { WorkerThread } from './worker-thread.ts';

const OLDEST_NODE = 20;
/** What the main thread gets to destroy the collector's session: it may be in a native call. */
const RELEASE_TIMEOUT_MILLISECONDS = 5000;

function isCollector(data: unknown): data is CollectorData {
  return typeof data === 'object' && data !== null && (data as CollectorData).mark === COLLECTOR_MARK;
}

/**
 * Node aborts (SIGABRT) when a worker thread is torn down while the main thread is just destroying the inspector
 * session of that thread: `shared_from_this` in src/inspector/main_thread_interface.cc. So the collector waits for it.
 */
function startCollector(data: CollectorData): void {
  process.once('exit', () => void Atomics.wait(data.cells, CELL.released, 0, RELEASE_TIMEOUT_MILLISECONDS));
  try {
    Collector.start(data);
  } catch (error) {
    void refuse(data, error);
  }
}

function kindOfThread(): 'program' | Exclude<AttachOutcome['outcome'], 'started' | 'failed'> {
  const { isInternalThread } = workerThreads as { isInternalThread?: boolean };
  if (Symbol.for(AGENT_SYMBOL_NAME) in globalThis) return 'active';
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) return 'node-too-old';
  if (Reflect.has(process, 'permission')) return 'permission-model';
  if (isMainThread) return isWrapper(process.argv, process.execArgv) ? 'wrapper' : 'program';
  return isToolThread(isInternalThread, process.argv) ? 'tool-thread' : 'program';
}

function begin(configuration: AgentConfiguration, guest: Guest, door: Door): AttachOutcome['outcome'] {
  const kind = kindOfThread();
  if (kind === 'node-too-old' || kind === 'wrapper') recordBystander(configuration.folder, kind);
  if (door === 'preload' && (kind === 'tool-thread' || kind === 'program')) readableTsx(guest);
  if (kind !== 'program') return kind;
  if (isMainThread) MainThread.start(configuration, guest, door);
  else WorkerThread.start(configuration, guest, door);
  return 'started';
}

function enter(configuration: AgentConfiguration, door: Door): AttachOutcome {
  const guest = new Guest();
  const answer = { outcome: guest.quietly(() => begin(configuration, guest, door), 'failed'), detail: '' };
  if (answer.outcome === 'failed')
    guest.onFailure(error => {
      answer.detail = String(error.stack);
      recordBystander(configuration.folder, 'agent-failed', error.message);
    });
  return answer;
}

/** Starts the agent in a running thread: called by an injection through the inspector. */
export function attach(configuration: AgentConfiguration): AttachOutcome {
  return enter(configuration, 'injection');
}

/** A child of a program that has outlived its recording still inherits the agent: nobody would take what it records. */
const isHostThere = ({ socket }: AgentConfiguration): boolean =>
  socket.startsWith(String.raw`\\.\pipe`) || fs.existsSync(socket);

new Guest().quietly(() => {
  const configuration = readConfiguration(process.env);
  if (isCollector(workerData)) startCollector(workerData);
  else if (configuration && isHostThere(configuration)) enter(configuration, 'preload');
}, undefined);

/**
 * The agent's bundle, loaded in every process and thread of a program by `NODE_OPTIONS=--require`, evaluated into a
 * running one, or started as the collector worker. Decides what this thread is; never throws, never prints.
 */
import workerThreads, { isMainThread, workerData } from 'node:worker_threads';
import { AGENT_SYMBOL_NAME, type AgentConfiguration } from '../contracts/agent.ts';
import { recordBystander } from './bystander.ts';
import { Collector } from './collector/collector.ts';
import { COLLECTOR_MARK, type CollectorData } from './collector/contract.ts';
import { readConfiguration } from './configuration.ts';
import { Guest } from './guest.ts';
import { MainThread } from './main-thread.ts';
import { isToolThread, isWrapper } from './process-kind.ts';
import { readableTsx } from './tsx.ts';
import { WorkerThread } from './worker-thread.ts';

const OLDEST_NODE = 20;

function isCollector(data: unknown): data is CollectorData {
  return typeof data === 'object' && data !== null && (data as CollectorData).mark === COLLECTOR_MARK;
}

function begin(configuration: AgentConfiguration, guest: Guest): void {
  const { isInternalThread } = workerThreads as { isInternalThread?: boolean };
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
    recordBystander(configuration.folder, 'node-too-old');
  else if (Reflect.has(process, 'permission')) return;
  else if (!isMainThread && isToolThread(isInternalThread, process.argv)) readableTsx(guest);
  else if (isMainThread && isWrapper(process.argv, process.execArgv))
    recordBystander(configuration.folder, 'wrapper');
  else {
    readableTsx(guest);
    if (isMainThread) MainThread.start(configuration, guest);
    else WorkerThread.start(configuration, guest);
  }
}

/**
 * Starts the agent in a running thread: called by an injection through the inspector.
 * Answers false when an agent is at work there already.
 */
export function attach(configuration: AgentConfiguration): boolean {
  if (Symbol.for(AGENT_SYMBOL_NAME) in globalThis) return false;
  const guest = new Guest();
  const begun = guest.quietly(() => {
    begin(configuration, guest);
    return true;
  }, false);
  if (!begun) guest.onFailure(error => recordBystander(configuration.folder, 'agent-failed', error.message));
  return true;
}

new Guest().quietly(() => {
  const configuration = readConfiguration(process.env);
  if (isCollector(workerData)) Collector.start(workerData);
  else if (configuration) attach(configuration);
}, undefined);

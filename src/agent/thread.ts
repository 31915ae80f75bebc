import inspector from 'node:inspector';
import { performance } from 'node:perf_hooks';
import { threadId, isMainThread } from 'node:worker_threads';
import { RECORDING_VERSION } from '../contracts/recording-files.ts';
import type { RuntimeRecord, ThreadRecord } from '../contracts/recording.ts';
import type { AgentConfiguration } from '../contracts/agent.ts';
import { now } from './clock.ts';

/** The first record of every sampled thread. */
export function describeThread({ agent, intervalMicroseconds }: AgentConfiguration): ThreadRecord {
  return {
    type: 'thread',
    version: RECORDING_VERSION,
    pid: process.pid,
    parentPid: process.ppid,
    threadId: isMainThread ? 0 : threadId,
    name: isMainThread ? '' : (process.argv[1] ?? ''),
    argv: process.argv.slice(0, 16),
    execArgv: process.execArgv.slice(0, 16),
    cwd: process.cwd(),
    nodeVersion: process.version,
    v8Version: process.versions.v8 ?? '',
    intervalMicroseconds,
    agent,
    atMicroseconds: now(),
    atMilliseconds: Date.now(),
    startedAtMilliseconds: performance.timeOrigin,
  };
}

/** What else is at work in this process and distorts its times. */
export function environmentProblems({ isDebugged = true }: AgentConfiguration): RuntimeRecord[] {
  const flags = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')];
  const found: RuntimeRecord[] = [];
  if (flags.some(flag => /^--(cpu|heap)-prof$/.test(flag)))
    found.push({ type: 'problem', atMicroseconds: now(), code: 'cpu-prof-too', detail: '' });
  if (isDebugged && inspector.url())
    found.push({ type: 'problem', atMicroseconds: now(), code: 'debugger-attached', detail: '' });
  return found;
}

/** Somebody else uses V8's heap sampler of this thread. */
export const heapInUse = (detail: string): RuntimeRecord => ({
  type: 'problem',
  atMicroseconds: now(),
  code: 'heap-profiler-in-use',
  detail,
});

/**
 * Sampling by the thread's own inspector session, for a Node that has only console profiles else (20 and 22), where
 * somebody listens to those: Node itself prints them when it runs with `--cpu-prof`, and js-debug, which switches the
 * profiler on in all that it launches, writes each into the workspace. Segments have gaps then (V8 stops sampling for
 * us while it logs all functions anew).
 */
import { Session } from 'node:inspector';
import type { AgentConfiguration } from '../contracts/agent.ts';
import type { BriefSessions } from './brief-sessions.ts';
import { discardOptimizedCode } from './fresh-code.ts';
import type { Sampler, SegmentSink } from './sampler.ts';

/** js-debug's bootloader finds its way by this variable; children inherit it. */
const JS_DEBUG_VARIABLE = 'VSCODE_INSPECTOR_OPTIONS';

/** Whether console profiles would be noticed. */
export function isProfilerShared({ hasDebugger = false }: AgentConfiguration): boolean {
  const flags = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')];
  return hasDebugger || JS_DEBUG_VARIABLE in process.env || flags.includes('--cpu-prof');
}

export function sessionSampler(
  intervalMicroseconds: number,
  sink: SegmentSink,
  sessions: BriefSessions,
): Sampler {
  const session = new Session();
  let segments = 0;
  const begin = (): void => session.post('Profiler.start');
  const end = (): void =>
    session.post('Profiler.stop', (error, result) => {
      if (error) throw error;
      segments++;
      sink(JSON.stringify(result.profile));
    });
  return {
    start() {
      session.connect();
      session.post('Profiler.enable');
      session.post('Profiler.setSamplingInterval', { interval: intervalMicroseconds });
      begin();
    },
    swap() {
      end();
      begin();
      // A new profiler of V8's does not know code that replaced its function in mid-run: it would blame the caller.
      discardOptimizedCode(sessions);
    },
    stop() {
      end();
      session.disconnect();
      return segments;
    },
  };
}

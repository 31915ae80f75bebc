/**
 * Sampling by the thread's own inspector session, for a Node that runs with `--cpu-prof` and has only console
 * profiles else: Node 20 and 22 print every console profile that their own profile sees. Segments have gaps then
 * (V8 stops sampling for us while it logs all functions anew), and whoever profiles twice hears of it.
 */
import { Session } from 'node:inspector';
import type { Sampler, SegmentSink } from './sampler.ts';

/** Node writes a profile of its own when this process ends. */
export function writesOwnProfile(): boolean {
  const flags = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')];
  return flags.includes('--cpu-prof');
}

export function sessionSampler(intervalMicroseconds: number, sink: SegmentSink): Sampler {
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
    },
    stop() {
      end();
      session.disconnect();
      return segments;
    },
  };
}

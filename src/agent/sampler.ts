/**
 * Sampling of the thread this code runs in, cut into segments without a gap: the next profile is started before
 * the last one is ended, so V8's sampler never stops and functions are logged only once.
 *
 * Two ways, chosen by what this Node can do:
 *  - `v8.startCpuProfile` (Node 24.12+): the profile is serialised by V8 in one go; a swap costs about a quarter.
 *  - the inspector's console profiles (Node 20 and 22): profiles go to every session of the inspector that has
 *    its Profiler enabled, hence titles of our own; whoever holds a session collects them.
 */
import inspector from 'node:inspector';
import v8 from 'node:v8';

/** Receives one finished segment as V8's JSON text, in the thread that was sampled. */
export type SegmentSink = (profile: string) => void;

export interface Sampler {
  start(): void;
  /** Ends the open segment and begins the next one. */
  swap(): void;
  /** Ends the last segment; answers how many there were. */
  stop(): number;
}

interface ProfileHandle {
  stop(): string;
}
type StartCpuProfile = (options?: { sampleInterval: number }) => ProfileHandle;

const startCpuProfile = (v8 as { startCpuProfile?: StartCpuProfile }).startCpuProfile;

/** V8's base interval: `v8.startCpuProfile` takes only multiples of it (Node 26), or only it (Node 24). */
const BASE_INTERVAL_MICROSECONDS = 1000;

const takesInterval = (start: StartCpuProfile): boolean => start.length > 0;

/** Whether V8 hands out finished profiles directly at this interval. */
export function hasDirectProfiles(intervalMicroseconds: number): boolean {
  if (!startCpuProfile) return false;
  if (intervalMicroseconds === BASE_INTERVAL_MICROSECONDS) return true;
  return takesInterval(startCpuProfile) && intervalMicroseconds % BASE_INTERVAL_MICROSECONDS === 0;
}

export function directSampler(intervalMicroseconds: number, sink: SegmentSink): Sampler {
  const start = startCpuProfile as StartCpuProfile;
  const open = (): ProfileHandle =>
    takesInterval(start) ? start({ sampleInterval: intervalMicroseconds / 1000 }) : start();
  let current: ProfileHandle | undefined;
  let segments = 0;
  const end = (): number => {
    const ended = current;
    current = undefined;
    if (ended) {
      segments++;
      sink(ended.stop());
    }
    return segments;
  };
  return {
    start: () => void (current = open()),
    swap() {
      const next = open();
      end();
      current = next;
    },
    stop: end,
  };
}

/** Titles of our profiles; the pid keeps two agents of one process tree apart in shared consoles. */
export const TITLE_PREFIX = `slowcatch-${process.pid}-`;

/** Console profiles; the finished ones arrive as `Profiler.consoleProfileFinished` at a session opened elsewhere. */
export function consoleSampler(): Sampler {
  let index = 0;
  const { profile, profileEnd } = inspector.console as unknown as Record<
    'profile' | 'profileEnd',
    (title: string) => void
  >;
  return {
    start: () => profile(TITLE_PREFIX + index),
    swap() {
      profile(TITLE_PREFIX + (index + 1));
      profileEnd(TITLE_PREFIX + index);
      index++;
    },
    stop() {
      profileEnd(TITLE_PREFIX + index);
      return index + 1;
    },
  };
}

/**
 * The in-code API. It meets the agent through one versioned global symbol, so that it works however the agent came
 * in, and does nothing when there is no recording.
 */
import { AGENT_SYMBOL_NAME, type PublishedAgent } from '../contracts/agent.ts';

export {
  trackMemoryLeaks,
  type LeakKind,
  type LeakOptions,
  type LeakReason,
  type LeakState,
  type LeakTracker,
  type LeakVerdict,
} from './memory-leaks.ts';

function agent(): PublishedAgent | undefined {
  return (globalThis as Record<symbol, PublishedAgent | undefined>)[Symbol.for(AGENT_SYMBOL_NAME)];
}

/** Whether this process is being recorded now. */
export function isRecording(): boolean {
  return agent() !== undefined;
}

/** Puts a named point in time into the recording: "cache warmed", "import finished". */
export function mark(name: string): void {
  agent()?.mark(name);
}

/**
 * Wraps a function, sync or async: the recording then tells which garbage collections fell into its calls. The result
 * behaves as the function does: the same `this`, parameters, result and errors; an async call lasts until its promise
 * settles. Called without a recording, it only calls the function.
 *
 *     const importRows = trackGcStats(async function importRows(file: string) { … });
 *
 * Calls are named after the function; `name` is for one that has none.
 */
export function trackGcStats<F extends (this: never, ...parameters: never[]) => unknown>(
  fn: F,
  { name = nameOf(fn) }: TrackOptions = {},
): F {
  return new Proxy(fn, {
    apply(called, self, parameters: Parameters<F>) {
      const end = agent()?.track?.(name);
      if (!end) return Reflect.apply(called, self, parameters);
      return endingWith(() => Reflect.apply(called, self, parameters), end);
    },
  });
}

export interface TrackOptions {
  /** What the calls are called in the recording; the function's name, if it has one, by default. */
  readonly name?: string;
}

export interface ProfileOptions extends TrackOptions {
  /** A call that takes longer is kept with its CPU time and all that it has waited for; 100 by default. */
  readonly thresholdMs?: number;
}

/**
 * Wraps a function, sync or async: a call that takes longer than `thresholdMs` is kept in the recording, with exactly its
 * own CPU time and an account of what it has waited for. All calls are counted. The result behaves as the function does:
 * the same `this`, parameters, result and errors; an async call lasts until its promise settles (that of a generator
 * until it is made). Without a recording it only calls the function. There is no output folder to give: what is kept lies
 * in the recording, with everything else of that time, and can be exported from there.
 *
 *     const importRows = profileAsync(async function importRows(file: string) { … }, { thresholdMs: 250 });
 *     await importRows('rows.csv');
 */
export function profileAsync<F extends (this: never, ...parameters: never[]) => unknown>(
  fn: F,
  { name = nameOf(fn), thresholdMs = 100 }: ProfileOptions = {},
): F {
  return asOperation(fn, name, thresholdMs);
}

/**
 * As `profileAsync`, with the threshold of the recording.
 *
 *     const price = track(order => …, { name: 'price' });
 */
export function track<F extends (this: never, ...parameters: never[]) => unknown>(
  fn: F,
  { name = nameOf(fn) }: TrackOptions = {},
): F {
  return asOperation(fn, name, undefined);
}

const nameOf = (fn: { readonly name: string }): string => fn.name || '(anonymous)';

function asOperation<F extends (this: never, ...parameters: never[]) => unknown>(
  fn: F,
  name: string,
  thresholdMilliseconds: number | undefined,
): F {
  return new Proxy(fn, {
    apply(called, self, parameters: Parameters<F>) {
      const work = (): unknown => Reflect.apply(called, self, parameters);
      const call = agent()?.call;
      return call ? call(name, thresholdMilliseconds, work) : work();
    },
  });
}

/** Calls `end` when `work` has returned or thrown, or when the promise that it has returned has settled. */
function endingWith(work: () => unknown, end: () => void): unknown {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    end();
    throw error;
  }
  if (result instanceof Promise) result.then(end, end);
  else end();
  return result;
}

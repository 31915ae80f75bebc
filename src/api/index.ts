/**
 * The in-code API. It meets the agent through one versioned global symbol, so that it works however the agent came
 * in, and does nothing when there is no recording.
 */
import { AGENT_SYMBOL_NAME, type PublishedAgent } from '../contracts/agent.ts';

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
  { name = fn.name || '(anonymous)' }: { readonly name?: string } = {},
): F {
  return new Proxy(fn, {
    apply(called, self, parameters: Parameters<F>) {
      const end = agent()?.track?.(name);
      if (!end) return Reflect.apply(called, self, parameters);
      return endingWith(() => Reflect.apply(called, self, parameters), end);
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

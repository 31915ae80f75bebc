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

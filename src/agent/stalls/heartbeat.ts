/**
 * Tells the collector that the event loop turns: the time of the last beat lies in memory that both see. And, asked by
 * it while the loop is blocked, who blocks it.
 */
import { now } from '../clock.ts';
import { framesNow, type StackFrame } from './frames-now.ts';

/** 20 ms would notice a stall earlier, at 0.6 % of a core for an idle program (measured); this is 0.2 %. */
export const BEAT_MILLISECONDS = 50;

/** Kept: a program's tests put their own in their place. */
const { setInterval: every, clearInterval: endEvery } = globalThis;

/** Whose turn it is. */
export interface Turn {
  /** Of this look, a number that no operation of the thread has. */
  readonly id: number;
  readonly blocker?: { readonly id: number; readonly name: string };
  /** CLOCK_MONOTONIC: when its slice began. */
  readonly since?: number;
}

export interface StallLook extends Turn {
  /** Innermost first. */
  readonly stack: readonly StackFrame[];
}

export class Heartbeat {
  /** Microseconds of CLOCK_MONOTONIC; 0 before the event loop has turned for the first time. */
  private readonly beats: Float64Array;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    beats: Float64Array,
    private readonly turn: () => Turn,
  ) {
    this.beats = beats;
  }

  start(): void {
    this.timer = every(() => void (this.beats[0] = now()), BEAT_MILLISECONDS).unref();
  }

  /** Runs inside what blocks the loop since `beat`; undefined when it turns again. */
  look(beat: number, below: (...parameters: never[]) => unknown): StallLook | undefined {
    if (this.beats[0] !== beat) return undefined;
    return { ...this.turn(), stack: framesNow(below) };
  }

  end(): void {
    endEvery(this.timer);
    this.beats[0] = 0;
  }
}

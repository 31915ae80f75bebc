/** Calls of functions that the program has given to `trackGcStats`. */
import type { TrackedRecord } from '../../contracts/runtime-records.ts';

const MOST_LISTED = 500;
const MOST_NAMES = 100;
const LONGEST_NAME = 200;
const OTHERS = '(others)';

interface Call {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export class TrackedCalls {
  private calls: Call[] = [];
  private readonly further = new Map<string, number>();

  /** Microseconds of CLOCK_MONOTONIC. */
  add(given: string, from: number, to: number): void {
    const name = given.slice(0, LONGEST_NAME);
    if (this.calls.length < MOST_LISTED) this.calls.push({ name, from, to });
    else this.count(this.further.has(name) || this.further.size < MOST_NAMES ? name : OTHERS);
  }

  /** What was added since the last call. */
  take(): TrackedRecord[] {
    const calls = this.calls.splice(0);
    const further = Array.from(this.further, ([name, count]) => ({ name, count }));
    this.further.clear();
    const [first] = calls;
    if (!first) return [];
    const names = [...new Set(calls.map(({ name }) => name))];
    return [
      {
        type: 'tracked',
        atMicroseconds: first.from,
        names,
        name: calls.map(({ name }) => names.indexOf(name)),
        offsetMicroseconds: calls.map(({ from }) => from - first.from),
        durationMicroseconds: calls.map(({ from, to }) => to - from),
        further,
      },
    ];
  }

  private count(name: string): void {
    this.further.set(name, (this.further.get(name) ?? 0) + 1);
  }
}

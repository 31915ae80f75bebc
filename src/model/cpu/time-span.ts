/** Microseconds on the clock of the machine that recorded. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** By begin, and what touches is one. */
export function joinedSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What of a span lies in `spans`, which ascend and are apart. */
export function spansWithin(spans: readonly TimeSpan[], { from, to }: TimeSpan): TimeSpan[] {
  const found: TimeSpan[] = [];
  for (let index = firstEndingBehind(spans, from); index < spans.length && spans[index]!.from < to; index++)
    found.push({ from: Math.max(from, spans[index]!.from), to: Math.min(to, spans[index]!.to) });
  return found;
}

/** Index of the first of `spans` (ascending) that ends behind `time`; their number where there is none. */
function firstEndingBehind(spans: readonly TimeSpan[], time: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.to <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

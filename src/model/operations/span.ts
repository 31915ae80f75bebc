/** Stretches of one time line, microseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Ascending and apart: what overlaps or touches becomes one; empty ones and those without a number are left out. */
export function disjoint(spans: readonly Span[]): Span[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of spans.filter(isStretch).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

const isStretch = ({ from, to }: Span): boolean => to > from;

/** The part of it inside of `bounds`; its `to` lies before its `from` where there is none. */
export const within = ({ from, to }: Span, bounds: Span): Span => ({
  from: Math.max(from, bounds.from),
  to: Math.min(to, bounds.to),
});

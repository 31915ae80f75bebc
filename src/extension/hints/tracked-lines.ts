/**
 * Follows lines of a document while it is edited.
 *
 * An event's changes become hunks: old lines [start, end) were replaced by `lines` new ones. A line outside of them
 * moves by what the hunks above it added or removed. A line inside is looked for among the new lines by its text;
 * there it is as it was (moved, re-indented, put back by undo), else it was edited, or it is gone.
 *
 *   old            change                 new
 *   0 a            1:1 … 3:2 → "x\ny"     0 a
 *   1 b  ┐                                1 bx ┐  edited: 1 is what became of it
 *   2 c  │ hunk [1, 4), 2 lines           2 yd ┘  gone: 2, 3
 *   3 d  ┘                                3 e
 *   4 e                                           moved: 4 → 3
 */

/** One replaced range, 0-based, as VS Code reports it: in the document as it was before the event. */
export interface TextChange {
  readonly range: { readonly start: TextPosition; readonly end: TextPosition };
  readonly text: string;
}

interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TrackedLine {
  /** The line's text without the white space around it, as it was at first. */
  readonly text: string;
  /** 0-based; of a line that is gone: where it was. */
  readonly line: number;
  readonly state: 'fresh' | 'edited' | 'gone';
}

/** Text of a line of the document as it is now; '' beyond its end. */
export type TextAt = (line: number) => string;

export interface FollowedEdit {
  readonly lines: readonly TrackedLine[];
  /** Indices of lines that have another state now, or that an edit of several lines may have torn from their marks. */
  readonly touched: readonly number[];
}

/** Old lines [start, end) are new lines [newStart, newStart + lines). */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: number;
  readonly newStart: number;
}

type Span = Omit<Hunk, 'newStart'>;

/** Begins to follow 0-based lines, in their order. A line that is blank or not there is gone from the start. */
export function trackLines(lines: readonly number[], textAt: TextAt): readonly TrackedLine[] {
  return lines.map(line => {
    const text = textAt(line).trim();
    return { text, line, state: text === '' ? 'gone' : 'fresh' };
  });
}

/** Follows the changes of one event. `textAt` reads the document after it. Takes O(lines + changed text). */
export function followEdit(
  lines: readonly TrackedLine[],
  changes: readonly TextChange[],
  textAt: TextAt,
): FollowedEdit {
  const hunks = hunksOf(changes);
  const hunkOf = lines.map(tracked => touchingHunk(tracked, hunks));
  const settled = settle(lines, hunkOf, hunks, textAt);
  const moved = lines.map((tracked, index) => settled.get(index) ?? shifted(tracked, hunks));
  const touched = lines.flatMap((tracked, index) =>
    isOutOfPlace(tracked, moved[index], hunkOf[index]) ? [index] : [],
  );
  return { lines: moved, touched };
}

/** Whether the editor's own marks, which follow the characters, are no longer what the line is to look like. */
function isOutOfPlace(before: TrackedLine, now: TrackedLine | undefined, hunk: Hunk | undefined): boolean {
  if (now?.state !== before.state) return true;
  if (!hunk || now.state === 'gone') return false;
  const isOneLine = hunk.lines === 1 && hunk.end - hunk.start === 1;
  return !isOneLine || now.line !== expectedLine(before, hunk);
}

/** Ascending, apart from each other. */
function hunksOf(changes: readonly TextChange[]): readonly Hunk[] {
  const spans = changes.map(spanOf).sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) merged[merged.length - 1] = union(last, span);
    else merged.push(span);
  }
  let growth = 0;
  return merged.map(span => {
    const newStart = span.start + growth;
    growth += growthOf(span);
    return { ...span, newStart };
  });
}

function spanOf({ range: { start, end }, text }: TextChange): Span {
  const breaks = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  const endsOnBreak = /[\r\n]$/.test(text) || (text === '' && start.character === 0);
  // What follows the range is a whole line, before and after: the line is not part of the change.
  return end.character === 0 && endsOnBreak
    ? { start: start.line, end: end.line, lines: breaks }
    : { start: start.line, end: end.line + 1, lines: breaks + 1 };
}

const growthOf = ({ start, end, lines }: Span): number => lines - (end - start);

function union(a: Span, b: Span): Span {
  const end = Math.max(a.end, b.end);
  return { start: a.start, end, lines: end - a.start + growthOf(a) + growthOf(b) };
}

/** The last hunk that begins at or above the line. */
function hunkAbove(line: number, hunks: readonly Hunk[]): Hunk | undefined {
  let low = 0;
  let high = hunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hunks[middle]?.start ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return hunks[low - 1];
}

function touchingHunk({ line, state }: TrackedLine, hunks: readonly Hunk[]): Hunk | undefined {
  const hunk = hunkAbove(line, hunks);
  if (!hunk) return undefined;
  return line < hunk.end || (state === 'gone' && line === hunk.end) ? hunk : undefined;
}

function shifted(tracked: TrackedLine, hunks: readonly Hunk[]): TrackedLine {
  const hunk = hunkAbove(tracked.line, hunks);
  const growth = hunk ? hunk.newStart - hunk.start + growthOf(hunk) : 0;
  return growth === 0 ? tracked : { ...tracked, line: tracked.line + growth };
}

/** What became of the lines inside of hunks, and of lost ones that are back, by index. */
function settle(
  lines: readonly TrackedLine[],
  hunkOf: readonly (Hunk | undefined)[],
  hunks: readonly Hunk[],
  textAt: TextAt,
): ReadonlyMap<number, TrackedLine> {
  const settled = new Map<number, TrackedLine>();
  const open = lines.flatMap((tracked, index) =>
    hunkOf[index] || tracked.state === 'gone' ? [{ tracked, index, hunk: hunkOf[index] }] : [],
  );
  if (open.length === 0) return settled;
  const newLines = new NewLines(hunks, textAt);
  const find = (isIn: (hunk: Hunk | undefined) => Hunk | undefined): void => {
    for (const { tracked, index, hunk } of open) {
      if (settled.has(index)) continue;
      const line = newLines.take(tracked.text, expectedLine(tracked, hunk), isIn(hunk));
      if (line !== undefined) settled.set(index, { ...tracked, line, state: 'fresh' });
    }
  };
  // In its own hunk first, then anywhere: cut and pasted elsewhere.
  find(hunk => hunk ?? NOWHERE);
  find(() => undefined);
  for (const { tracked, index, hunk } of open)
    if (hunk && !settled.has(index)) settled.set(index, remains(tracked, hunk, newLines));
  return settled;
}

const NOWHERE: Hunk = { start: 0, end: 0, lines: 0, newStart: 0 };

/** Where the line would be when the hunk had changed lines, but moved none. */
const expectedLine = ({ line }: TrackedLine, hunk: Hunk | undefined): number =>
  hunk ? hunk.newStart + Math.min(line - hunk.start, hunk.lines) : line;

function remains(tracked: TrackedLine, hunk: Hunk, newLines: NewLines): TrackedLine {
  const expected = expectedLine(tracked, hunk);
  const line = tracked.state === 'gone' ? undefined : newLines.takeFrom(expected, hunk);
  return line === undefined
    ? { ...tracked, line: expected, state: 'gone' }
    : { ...tracked, line, state: 'edited' };
}

/** The lines that an event has written; each is what became of at most one tracked line. */
class NewLines {
  readonly #textAt: TextAt;
  readonly #free = new Map<string, number[]>();
  readonly #taken = new Set<number>();

  constructor(hunks: readonly Hunk[], textAt: TextAt) {
    this.#textAt = textAt;
    for (const { newStart, lines } of hunks)
      for (let line = newStart; line < newStart + lines; line++) {
        const text = textAt(line).trim();
        const others = this.#free.get(text);
        if (others) others.push(line);
        else if (text !== '') this.#free.set(text, [line]);
      }
  }

  /** The line with this text that is nearest to the expected one. */
  take(text: string, expected: number, hunk: Hunk | undefined): number | undefined {
    const lines = (this.#free.get(text) ?? []).filter(
      line => !this.#taken.has(line) && (!hunk || isIn(line, hunk)),
    );
    if (lines.length === 0) return undefined;
    const nearest = lines.reduce((a, b) => (Math.abs(b - expected) < Math.abs(a - expected) ? b : a));
    this.#taken.add(nearest);
    return nearest;
  }

  /** The first line at or below the expected one, in the hunk, that says something. */
  takeFrom(expected: number, hunk: Hunk): number | undefined {
    for (let line = expected; isIn(line, hunk); line++)
      if (!this.#taken.has(line) && this.#textAt(line).trim() !== '') {
        this.#taken.add(line);
        return line;
      }
    return undefined;
  }
}

const isIn = (line: number, { newStart, lines }: Hunk): boolean =>
  line >= newStart && line < newStart + lines;

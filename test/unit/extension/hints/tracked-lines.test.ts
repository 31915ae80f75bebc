import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followEdit, trackLines } from '../../../../src/extension/hints/tracked-lines.ts';
import type { TextChange, TrackedLine } from '../../../../src/extension/hints/tracked-lines.ts';

type Range = readonly [startLine: number, startCharacter: number, endLine: number, endCharacter: number];

const change = (range: Range, text: string): TextChange => ({
  range: {
    start: { line: range[0], character: range[1] },
    end: { line: range[2], character: range[3] },
  },
  text,
});

const reader = (lines: readonly string[]) => (line: number) => lines[line] ?? '';

/** A character that knows which line of the document before it stood on; none when it was written now. */
interface Letter {
  readonly text: string;
  readonly from?: number;
}

/** The slow way: every character by itself, changes one after the other in the order of the event. */
function edited(before: readonly string[], changes: readonly TextChange[]): Letter[][] {
  let document = before.map((line, from) => [...line].map((text): Letter => ({ text, from })));
  for (const { range, text } of changes) {
    const { start, end } = range;
    const written = text.split(/\r?\n/).map(line => [...line].map((text): Letter => ({ text })));
    const head = (document[start.line] ?? []).slice(0, start.character);
    const tail = (document[end.line] ?? []).slice(end.character);
    written[0] = [...head, ...(written[0] ?? [])];
    written.push([...(written.pop() ?? []), ...tail]);
    document = [...document.slice(0, start.line), ...written, ...document.slice(end.line + 1)];
  }
  return document;
}

const textOf = (letters: readonly Letter[]): string => letters.map(({ text }) => text).join('');

/** `b*` was edited, `(b)` is gone; a line without a hint is only its text. */
function draw(document: readonly string[], tracked: readonly TrackedLine[]): string[] {
  const drawn = document.map((text, line) => {
    const hint = tracked.find(hint => hint.line === line && hint.state !== 'gone');
    if (!hint) return text;
    return `${text}  <- ${hint.text}${hint.state === 'edited' ? ' (edited)' : ''}`;
  });
  return [...drawn, ...tracked.filter(({ state }) => state === 'gone').map(({ text }) => `gone: ${text}`)];
}

function follow(
  before: readonly string[],
  hinted: readonly number[],
  ...events: readonly TextChange[][]
): string[] {
  let document = before;
  let tracked = trackLines(hinted, reader(document));
  for (const event of events) {
    document = edited(document, event).map(textOf);
    tracked = followEdit(tracked, event, reader(document)).lines;
  }
  return draw(document, tracked);
}

describe('lines that are followed while the document is edited', () => {
  const abc = ['a', '  bb', 'c'];

  test.each<[string, TextChange[], string[]]>([
    ['Enter at the end of the line', [change([1, 4, 1, 4], '\n  ')], ['a', '  bb  <- bb', '  ', 'c']],
    ['Enter with a Windows line end', [change([1, 4, 1, 4], '\r\n')], ['a', '  bb  <- bb', '', 'c']],
    ['Enter before the line', [change([1, 0, 1, 0], '\n')], ['a', '', '  bb  <- bb', 'c']],
    ['Enter in its indentation', [change([1, 2, 1, 2], '\n  ')], ['a', '  ', '  bb  <- bb', 'c']],
    ['Enter in the middle', [change([1, 3, 1, 3], '\n')], ['a', '  b  <- bb (edited)', 'b', 'c']],
    ['typing in it', [change([1, 3, 1, 3], 'x')], ['a', '  bxb  <- bb (edited)', 'c']],
    ['another indentation', [change([1, 0, 1, 2], '\t')], ['a', '\tbb  <- bb', 'c']],
    ['a line deleted above', [change([0, 0, 1, 0], '')], ['  bb  <- bb', 'c']],
    ['the line itself deleted', [change([1, 0, 2, 0], '')], ['a', 'c', 'gone: bb']],
    ['the line deleted from the end of the one above', [change([0, 1, 1, 4], '')], ['a', 'c', 'gone: bb']],
    ['its text deleted', [change([1, 2, 1, 4], '')], ['a', '  ', 'c', 'gone: bb']],
    ['joined with the line above', [change([0, 1, 1, 2], '')], ['abb', 'c', 'gone: bb']],
    ['joined with the line below', [change([1, 4, 2, 0], '')], ['a', '  bbc  <- bb (edited)']],
    ['rewritten', [change([1, 0, 1, 4], 'x\ny')], ['a', 'x  <- bb (edited)', 'y', 'c']],
    [
      'the whole document replaced by the same text',
      [change([0, 0, 2, 1], 'a\n  bb\nc\n')],
      ['a', '  bb  <- bb', 'c', ''],
    ],
    [
      'swapped with its neighbour',
      [change([2, 1, 2, 1], '\n  bb'), change([1, 0, 2, 0], '')],
      ['a', 'c', '  bb  <- bb'],
    ],
    [
      'two cursors in it',
      [change([1, 4, 1, 4], 'y'), change([1, 2, 1, 2], 'x')],
      ['a', '  xbby  <- bb (edited)', 'c'],
    ],
    [
      'two cursors around it',
      [change([2, 0, 2, 0], 'x\n'), change([0, 0, 0, 0], 'y\n')],
      ['y', 'a', '  bb  <- bb', 'x', 'c'],
    ],
  ])('%s', (_, event, expected) => {
    expect(follow(abc, [1], event)).toEqual(expected);
  });

  test('undo brings back what was edited or deleted', () => {
    const typed = [change([1, 3, 1, 3], 'x')];
    const untyped = [change([1, 3, 1, 4], '')];
    expect(follow(abc, [1], typed, untyped)).toEqual(['a', '  bb  <- bb', 'c']);
    const deleted = [change([0, 0, 2, 0], '')];
    const restored = [change([0, 0, 0, 0], 'a\n  bb\n')];
    expect(follow(abc, [0, 1], deleted)).toEqual(['c', 'gone: a', 'gone: bb']);
    expect(follow(abc, [0, 1], deleted, restored)).toEqual(['a  <- a', '  bb  <- bb', 'c']);
  });

  test('a line that is cut and pasted takes its hint along', () => {
    const cut = [change([1, 0, 2, 0], '')];
    const paste = [change([1, 1, 1, 1], '\nbb')];
    expect(follow(abc, [1], cut, paste)).toEqual(['a', 'c', 'bb  <- bb']);
  });

  test('lines of the same text keep their order', () => {
    const twins = ['x', 'x', 'y'];
    expect(follow(twins, [0, 1], [change([0, 0, 2, 1], 'new\nx\nx\ny')])).toEqual([
      'new',
      'x  <- x',
      'x  <- x',
      'y',
    ]);
  });

  test('a line beyond the end of the document is gone from the start', () => {
    expect(draw(abc, trackLines([1, 7], reader(abc)))).toEqual(['a', '  bb  <- bb', 'c', 'gone: ']);
  });

  test('typing in one line tells of no other, and of that one only at first', () => {
    const tracked = trackLines([0, 1, 2], reader(abc));
    const first = followEdit(tracked, [change([1, 4, 1, 4], 'x')], reader(['a', '  bbx', 'c']));
    expect(first.touched).toEqual([1]);
    expect(first.lines[0]).toBe(tracked[0]);
    const second = followEdit(first.lines, [change([1, 5, 1, 5], 'y')], reader(['a', '  bbxy', 'c']));
    expect(second.touched).toEqual([]);
  });
});

describe('followed lines and the slow model', () => {
  /** Ranges of the document by sorted offsets, the last first, as VS Code gives them. */
  const event = (
    document: readonly string[],
    cuts: readonly number[],
    texts: readonly string[],
  ): TextChange[] => {
    const places = document.flatMap((text, line) =>
      Array.from({ length: text.length + 1 }, (_, character) => ({ line, character })),
    );
    const at = cuts.map(cut => cut % places.length).sort((a, b) => a - b);
    return texts
      .flatMap((text, index) => {
        const [start, end] = [places[at[2 * index] ?? -1], places[at[2 * index + 1] ?? -1]];
        // Ranges that touch would be one range.
        return start && end && at[2 * index] !== at[2 * index - 1] ? [{ range: { start, end }, text }] : [];
      })
      .reverse();
  };

  const events = fc.array(
    fc.record({
      cuts: fc.array(fc.nat(40), { minLength: 2, maxLength: 6 }),
      texts: fc.array(
        fc
          .array(fc.constantFrom('', '', 'x', 'b2', 'c3', '  d4', 'e5 '), { minLength: 1, maxLength: 4 })
          .map(lines => lines.join('\n')),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  );

  /** Where the line of the document before stands alone and whole in the new one. */
  const survivor = (after: readonly Letter[][], line: number, text: string): number =>
    after.findIndex(
      letters =>
        textOf(letters).trim() === text &&
        letters.every(letter => letter.from === line || letter.text.trim() === ''),
    );

  const START = ['a1', '  b2', '', 'c3', '    d4', 'e5', 'f6'];

  interface Step {
    readonly document: readonly string[];
    readonly after: readonly Letter[][];
    readonly before: TrackedLine;
    readonly now: TrackedLine;
  }

  /** What is wrong with where a line is said to be. */
  function wrong({ document, after, before, now }: Step): string[] {
    const next = after.map(textOf);
    const text = document[before.line]?.trim() ?? '';
    const alive = before.state === 'gone' ? -1 : survivor(after, before.line, text);
    const isAlone = next.filter(other => other.trim() === text).length === 1;
    const here = next[now.line]?.trim() ?? '';
    const isWhole = alive >= 0 && isAlone && before.state === 'fresh';
    return [
      now.state !== 'gone' && here === '' ? 'stands on a blank line' : '',
      now.state === 'fresh' && here !== now.text ? 'is fresh, but another line' : '',
      isWhole && now.state !== 'fresh' ? 'is whole, but not fresh' : '',
      isWhole && now.line !== alive ? 'is whole, but elsewhere' : '',
    ].filter(fault => fault !== '');
  }

  test('a whole line is found where it is, a line that is nowhere is not fresh, none stands on a blank line', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(events, drawn => {
        let document: string[] = START;
        let tracked = trackLines([0, 1, 3, 4, 5], reader(document));
        const faults: string[] = [];
        for (const { cuts, texts } of drawn) {
          const changes = event(document, cuts, texts);
          const after = edited(document, changes);
          const next = after.map(textOf);
          const { lines } = followEdit(tracked, changes, reader(next));
          for (const [index, before] of tracked.entries()) {
            const now = lines[index]!;
            seen.add(`${before.state} ${now.state}`);
            faults.push(...wrong({ document, after, before, now }));
          }
          const places = lines.filter(({ state }) => state !== 'gone').map(({ line }) => line);
          if (new Set(places).size < places.length) faults.push('two stand on one line');
          tracked = lines;
          document = next;
        }
        expect(faults).toEqual([]);
      }),
      { numRuns: 500 },
    );
    // The cases were drawn that the properties are about.
    for (const step of [
      'fresh fresh',
      'fresh edited',
      'fresh gone',
      'edited fresh',
      'gone fresh',
      'edited gone',
    ])
      expect(seen).toContain(step);
  });

  test('lines outside of a change move exactly as their characters do', () => {
    fc.assert(
      fc.property(events, ([first]) => {
        const changes = event(START, first?.cuts ?? [], first?.texts ?? []);
        const after = edited(START, changes);
        const tracked = trackLines([0, 1, 3, 4, 5, 6], reader(START));
        const now = followEdit(tracked, changes, reader(after.map(textOf))).lines;
        const isOutside = ({ line }: TrackedLine): boolean =>
          changes.every(({ range }) => line < range.start.line || line > range.end.line);
        const moved = (hint: TrackedLine): TrackedLine => ({
          ...hint,
          line: after.findIndex(letters => letters.some(letter => letter.from === hint.line)),
        });
        const outside = (hints: readonly TrackedLine[]) =>
          hints.filter((_, index) => isOutside(tracked[index]!));
        expect(outside(now)).toEqual(outside(tracked).map(moved));
      }),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { FileHints, LineHint } from '../../../../src/contracts/views/recording.ts';
import { fileKey } from '../../../../src/extension/hints/file-key.ts';
import { HintedDocument } from '../../../../src/extension/hints/hinted-document.ts';
import { hottestPlace, neighbour } from '../../../../src/extension/hints/hot-lines.ts';
import { textHash } from '../../../../src/extension/hints/text-hash.ts';

const document = (text: string) => ({
  lineCount: text.split('\n').length,
  lineAt: (line: number) => ({ text: text.split('\n')[line] ?? '' }),
  getText: () => text,
});

const hint = (line: number, share: number, heat: LineHint['heat'] = 1): LineHint => ({
  line,
  text: `${share * 100} %`,
  share,
  heat,
  functions: [],
});

const TEXT = 'a\nb\nc';
const FILE: FileHints = { file: '/w/a.ts', sha256: textHash(TEXT), hints: [hint(1, 0.5), hint(3, 0.02, 3)] };

const insert = (line: number, character: number, text: string) => {
  const place = { line, character };
  return [{ range: { start: place, end: place }, text }];
};

const drawn = (hinted: HintedDocument, leastShare = 0): string[] =>
  hinted
    .shown(leastShare)
    .map(({ line, text, isStale }) => `${line + 1}: ${text}${isStale ? ' (stale)' : ''}`);

describe('the hints of a document', () => {
  test('stand at their lines; those below the least share are left out', () => {
    const hinted = new HintedDocument(FILE, document(TEXT));
    expect(drawn(hinted)).toEqual(['1: 50 %', '3: 2 %']);
    expect(drawn(hinted, 0.1)).toEqual(['1: 50 %']);
  });

  test('what is never let go is marked whatever its share', () => {
    const leaks = [{ key: 'a', growth: 'Cart: 1.00 per request', holder: '', stack: [] }];
    const hinted = new HintedDocument({ ...FILE, hints: [{ ...hint(3, 0), leaks }] }, document(TEXT));
    expect(drawn(hinted, 0.1)).toEqual(['3: 0 %']);
  });

  test('an edited line says so, moved ones do not, and only what looks different is drawn again', () => {
    const hinted = new HintedDocument(FILE, document(TEXT));
    expect(hinted.edit(insert(0, 1, 'x\n'), document('ax\n\nb\nc'))).toEqual([FILE.hints[0]]);
    expect(drawn(hinted)).toEqual(['1: 50 % (edited) (stale)', '4: 2 %']);
  });

  test('a file that is not what was recorded says so once, and all its hints are stale', () => {
    const hinted = new HintedDocument(FILE, document('a\nb\nc // new'));
    expect(drawn(hinted)).toEqual(['1: 50 % · file changed since recording (stale)', '3: 2 % (stale)']);
  });

  test('a file of which it is not known what ran says so', () => {
    const { sha256: _, ...file } = FILE;
    const hinted = new HintedDocument(file, document(TEXT));
    const texts = ['1: 50 % · not known whether the file is as recorded (stale)', '3: 2 % (stale)'];
    expect(drawn(hinted)).toEqual(texts);
    hinted.edit(insert(2, 1, '?'), document('a\nb\nc?'));
    expect(hinted.recheck(document(TEXT))).toBe(false);
  });

  test('lines beyond the end of a document have no hints', () => {
    const shorter = new HintedDocument(FILE, document('other'));
    expect(drawn(shorter)).toEqual(['1: 50 % · file changed since recording (stale)']);
  });

  test('a document that comes back to the recorded text is as recorded', () => {
    const hinted = new HintedDocument(FILE, document('a\nb\nc!'));
    expect(hinted.recheck(document(TEXT))).toBe(false);
    hinted.edit(insert(2, 1, '?'), document('a\nb\nc!?'));
    expect(hinted.recheck(document('a\nb\nc!?'))).toBe(false);
    expect(hinted.recheck(document(TEXT))).toBe(true);
    expect(drawn(hinted)).toEqual(['1: 50 %', '3: 2 %']);
  });

  test('a document that is closed and opened with the same text keeps what was followed, else it starts over', () => {
    const edited = 'new\na\nb\nc';
    const hinted = new HintedDocument(FILE, document(TEXT));
    hinted.edit(insert(0, 0, 'new\n'), document(edited));
    hinted.close(document(edited));
    hinted.reopen(document(edited));
    expect(drawn(hinted)).toEqual(['2: 50 %', '4: 2 %']);
    hinted.close(document(edited));
    hinted.reopen(document(TEXT));
    expect(drawn(hinted)).toEqual(['1: 50 %', '3: 2 %']);
  });
});

test('the hash of a text does not depend on line ends and byte order mark', () => {
  expect(textHash('\uFEFFa\r\nb')).toBe(textHash('a\nb'));
  expect(textHash('a\nb')).not.toBe(textHash('a\n\nb'));
  // printf 'a\nb' | sha256sum
  expect(textHash('a\nb')).toBe('7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78');
});

test('paths that name one file have one key', () => {
  expect(fileKey('c:/Work/A.ts', 'win32')).toBe(fileKey(String.raw`C:\work\a.ts`, 'win32'));
  expect(fileKey('/Code/a.ts', 'darwin')).toBe(fileKey('/code/A.ts', 'darwin'));
  expect(fileKey('/Code/a.ts', 'linux')).not.toBe(fileKey('/code/a.ts', 'linux'));
});

describe('going from hint to hint', () => {
  test.each([
    [[2, 5, 9], 0, 'next', 2],
    [[2, 5, 9], 5, 'next', 9],
    [[2, 5, 9], 9, 'next', 2],
    [[2, 5, 9], 5, 'previous', 2],
    [[2, 5, 9], 2, 'previous', 9],
    [[], 3, 'next', undefined],
  ] as const)('%j from %d: %s is %j', (lines, current, direction, expected) => {
    expect(neighbour(lines, current, direction)).toBe(expected);
  });

  test('the hottest line has the most heat, then the largest share', () => {
    const files = [
      { file: '/a', hints: [hint(1, 0.9, 0), hint(2, 0.2, 4)] },
      { file: '/b', hints: [hint(7, 0.3, 4)] },
    ];
    expect(hottestPlace(files)).toEqual({ file: '/b', line: 7 });
    expect(hottestPlace([])).toBeUndefined();
  });
});

import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { KEYSTROKES } from '../../bench/editor/keystrokes.ts';
import type { WindowMeasurements } from '../../bench/editor/measurements.ts';
import { hotProgram } from '../../bench/editor/program.ts';
import { editorGates, editorRows, type EditorResults } from '../../bench/editor/results.ts';

const WINDOW: WindowMeasurements = {
  unaskedServers: 0,
  activation: { load: 14, call: 5, finish: 1, block: 7 },
  viewBlock: 30,
  idleServerBytes: 66e6,
  usedServerBytes: 90e6,
  idleBlocks: [2, 3],
  openings: [
    { size: '30s', isFirst: true, done: 700, visible: 900, block: 40 },
    { size: '30s', isFirst: false, done: 150, visible: 200, block: 20 },
  ],
  stops: [{ size: '30s', visible: 290, block: 25 }],
  keystrokes: { plain: [0.1, 0.1], hinted: [0.2, 0.2], above: [0.3, 0.3] },
};

const RESULTS: EditorResults = {
  bundleBytes: 60_000,
  recordings: [{ size: '30s', samples: 30_000, segments: 30, hints: 550, limit: 300 }],
  windows: [WINDOW],
};

const verdicts = (results: EditorResults): string =>
  editorGates(results)
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ name, value, verdict }) => `${verdict} ${name}: ${value}`)
    .join('\n');

describe('the gates of the editor', () => {
  test('pass when every limit is kept', () => {
    expect(verdicts(RESULTS)).toBe('');
    expect(editorGates(RESULTS)).toHaveLength(9);
  });

  test.each<[string, Partial<WindowMeasurements>]>([
    [
      'fail milliseconds to load and activate: 51',
      { activation: { load: 30, call: 20, finish: 1, block: 7 } },
    ],
    ['fail servers that nothing asked for: 1', { unaskedServers: 1 }],
    ['fail bytes of the idle server: 121000000', { idleServerBytes: 121e6 }],
    [
      'fail milliseconds from stop to visible hints, 30s: 301',
      { stops: [{ size: '30s', visible: 301, block: 20 }] },
    ],
    [
      'fail longest block of the extension host, per window: 51',
      { openings: WINDOW.openings.map(opening => ({ ...opening, block: opening.isFirst ? 51 : 1 })) },
    ],
    ['fail longest block of the extension host, per window: 52', { viewBlock: 52 }],
    [
      'fail milliseconds per keystroke: letter on a hinted line: 1.1',
      { keystrokes: { ...WINDOW.keystrokes, hinted: [1.1, 1.1] } },
    ],
  ])('%s', (expected, broken) => {
    expect(verdicts({ ...RESULTS, windows: [{ ...WINDOW, ...broken }] })).toBe(expected);
  });

  test('count a server of any window, and the bundle to the byte', () => {
    const windows = [WINDOW, { ...WINDOW, unaskedServers: 2 }, WINDOW];
    expect(verdicts({ ...RESULTS, bundleBytes: 100_001, windows })).toBe(
      'fail bytes of the entry bundle: 100001\nfail servers that nothing asked for: 2',
    );
  });
});

describe('the rows of the editor', () => {
  test('keep the first recording that a server opens apart', () => {
    const rows = editorRows(RESULTS).map(({ row, milliseconds }) => `${row} ${milliseconds}`);
    expect(rows).toContain('30s: command to visible 200');
    expect(rows).toContain('30s: command to visible, first of a server 900');
  });
});

describe('the program of the editor benchmark', () => {
  const lines = hotProgram().split('\n');

  test('has 5,000 lines and 555 functions', () => {
    expect(lines).toHaveLength(5000);
    expect(lines.filter(line => line.startsWith('function '))).toHaveLength(555);
  });

  test('has a function where a hinted line is typed in, and nothing on the other line', () => {
    expect(lines[KEYSTROKES.hinted.line]).toMatch(/^function /);
    expect(lines[KEYSTROKES.plain.line]).toBe('');
  });

  test('runs, for as long as it is told', () => {
    const printed: unknown[] = [];
    const log = (value: unknown) => printed.push(value);
    runInNewContext(hotProgram(), { process: { argv: ['', '', '0'] }, console: { log } });
    expect(printed).toEqual([]);
  });
});

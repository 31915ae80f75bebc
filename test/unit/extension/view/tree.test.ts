import { describe, expect, test } from 'vitest';
import type { CaptureProgress } from '../../../../src/contracts/server.ts';
import type { RecordingView } from '../../../../src/contracts/views/recording.ts';
import type { RecordingEntry } from '../../../../src/contracts/recording-entry.ts';
import { childNodes, rootNodes } from '../../../../src/extension/view/nodes.ts';
import type { Node, ViewState } from '../../../../src/extension/view/nodes.ts';
import { nodeText } from '../../../../src/extension/view/node-text.ts';
import { draw, entry, NOW, state, STATE, VIEW } from '../../../draw/view-tree.ts';

describe('the GC and runtime view', () => {
  test('is opened from the open recording, and from one that goes on as soon as something was measured', () => {
    const progress: CaptureProgress = {
      id: 'd',
      state: 'recording',
      elapsedMilliseconds: 2000,
      processes: 1,
      problems: [],
      hasEnded: false,
    };
    const runtime = new Map([['d', 'GC 3.2 % · p95 12.0 ms']]);
    const view = { ...VIEW, runtime: 'GC 11 % · p95 38.0 ms' };
    expect(draw(state({ captures: [progress] }))).toEqual(['  (loading~spin) Recording  0:02']);
    expect(
      draw(state({ captures: [progress], runtime, view })).filter(row => !/[▸!]|lightbulb/.test(row)),
    ).toEqual(
      expect.arrayContaining([
        '▾ (loading~spin) Recording  0:02',
        '    (pulse) GC and runtime  GC 3.2 % · p95 12.0 ms',
        '    (pulse) GC and runtime  GC 11 % · p95 38.0 ms',
      ]),
    );
  });
});

describe('the Slowcatch view', () => {
  test('shows the open recording, then the earlier ones', () => {
    expect(draw(STATE)).toEqual([
      '▾ (flame) npm start a  5 min ago · 12.0 s · Node 22.11',
      '  ▸ (pie-chart) 9.10 s busy, 24 % idle',
      '      your code  61 %',
      '  ▾ (lightbulb) What we found',
      '      (warning) rank burns 38 %  rank.ts:11',
      '      (info) Only 40 samples',
      '  ▸ (flame) Hot Paths',
      '    ▸ rank  38 % · rank.ts:11',
      '      native sort  2.0 %',
      '  ▸ (warning) Problems',
      '      (warning) A segment is damaged.',
      '▸ (history) Earlier recordings',
      '    (pinned) npm start b  5 min ago · 12 s long',
      '    (archive) npm start c  5 min ago · 12 s long · interrupted',
    ]);
  });

  test('says first that it shows a stretch only, and offers the whole', () => {
    const range = { startMicroseconds: 2.1e6, endMicroseconds: 5e6, text: '2.1 – 5.0 s of 12.0 s' };
    const view = { ...VIEW, range, summary: `${range.text} · Node 22.11`, findings: [], problems: [] };
    const drawn = draw(state({ entries: [view.entry], view }));
    expect(drawn.slice(0, 3)).toEqual([
      '▾ (flame) npm start a  5 min ago · 2.1 – 5.0 s of 12.0 s · Node 22.11',
      '    (list-selection) 2.1 – 5.0 s of 12.0 s  Show all',
      '  ▸ (pie-chart) 9.10 s busy, 24 % idle',
    ]);
  });

  test('shows the list alone when no recording is open, and nothing when there is none', () => {
    expect(draw(state({ entries: [entry('b')] }))).toEqual([
      '▾ (history) Recordings',
      '    (archive) npm start b  5 min ago · 12 s long',
    ]);
    expect(draw(state())).toEqual([]);
  });

  test('says what to do when there is nothing to show in a recording', () => {
    const view = { ...VIEW, findings: [], hotPaths: [], problems: [], missingFolder: '/home/x/app' };
    expect(draw(state({ entries: [view.entry], view }))).toEqual([
      '▾ (flame) npm start a  5 min ago · 12.0 s · Node 22.11',
      '    (folder-opened) Where are its files?  /home/x/app',
      '  ▸ (pie-chart) 9.10 s busy, 24 % idle',
      '      your code  61 %',
      '  ▾ (lightbulb) What we found',
      '      Nothing stands out  your code burnt no time',
      '  ▸ (flame) Hot Paths',
      '      No function of yours burnt time  record for longer, or while the program has work to do',
    ]);
  });

  test('shows a capture while it runs, and not among the earlier recordings', () => {
    const progress = {
      id: 'n',
      elapsedMilliseconds: 12_400,
      processes: 2,
      overheadShare: 0.018,
      problems: [],
      hasEnded: false,
    } as const;
    const doing = (is: 'waiting' | 'recording' | 'stopping'): ViewState =>
      state({
        entries: [entry('n', { state: 'recording' })],
        captures: [{ ...progress, state: is }],
      });
    expect(draw(doing('waiting'))).toEqual(['  (loading~spin) npm start n  waiting for the program']);
    expect(draw(doing('recording'))).toEqual(['  (loading~spin) npm start n  0:12 · 1.8 %']);
    expect(draw(doing('stopping'))).toEqual(['  (loading~spin) npm start n  saving']);
  });

  const everyNode = (state: ViewState, nodes: readonly Node[] = rootNodes(state)): Node[] =>
    nodes.flatMap(node => [node, ...everyNode(state, childNodes(node, state))]);

  test('gives every line an id of its own and words for screen readers', () => {
    const texts = everyNode(STATE).map(node => nodeText(node, NOW));
    expect(new Set(texts.map(({ id }) => id)).size).toBe(texts.length);
    expect(texts.map(({ spoken }) => spoken)).toContain(
      'Warning: rank burns 38 % of the busy time by itself, rank.ts line 11',
    );
    expect(texts.map(({ spoken }) => spoken)).toContain(
      'rank, 38 % of the CPU time, 4.10 s, rank.ts line 11',
    );
  });

  test('opens the places of findings and functions, and tells menus what can be done', () => {
    const texts = everyNode(STATE).map(node => nodeText(node, NOW));
    expect(texts.filter(({ place }) => place).map(({ label }) => label)).toEqual(['rank burns 38 %', 'rank']);
    expect(texts.flatMap(({ context }) => context ?? [])).toEqual([
      'recording open loose saved',
      'path',
      'path',
      'recording closed pinned saved',
      'recording closed loose unfinished',
    ]);
  });

  test('a caller is told apart from the function that it calls', () => {
    const path = { name: 'main', share: '38 %', amount: '4.10 s', chain: [3, 1], hasCallers: false };
    const text = nodeText({ kind: 'path', path, recording: 'a' }, NOW);
    expect(text.icon).toBe('call-incoming');
    expect(text.spoken).toBe('called by main, 38 % of the CPU time, 4.10 s');
  });

  test('makes control characters of names visible', () => {
    const text = nodeText({ kind: 'entry', entry: entry('x', { name: 'a\u001B[1m\u202Ec' }) }, NOW);
    expect(text.label).toBe(String.raw`a\x1b[1m\u202ec`);
  });

  test('has the recordings of this workspace first, and tells where the others were made', () => {
    const entries = [
      entry('a', { cwd: '/home/me/billing' }),
      entry('b'),
      entry('c', { cwd: '' }),
      entry('d', { cwd: '/home/me/a-folder-with-a-long-name', state: 'recording' }),
    ];
    expect(draw(state({ entries }))).toEqual([
      '▾ (history) Recordings',
      '    (archive) npm start b  5 min ago · 12 s long',
      '    (archive) npm start a  billing · 5 min ago · 12 s long',
      '    (archive) npm start c  5 min ago · 12 s long',
      '    (record) npm start d  a-folder-wi… · being recorded · 12 s long',
    ]);
  });

  test('tells the folder of the program and the state of a recording, not where it is stored', () => {
    const tooltip = (values: Partial<RecordingEntry>) =>
      nodeText({ kind: 'entry', entry: entry('a', { cwd: '/home/me/shop', ...values }) }, NOW).tooltip;
    expect(tooltip({})).toMatch(
      /^npm start a\nIn \/home\/me\/shop\nRecorded 5 min ago \(23 Nov 2026, \d\d:\d\d\), 12 s long\n2\.50 MB on disk$/,
    );
    expect(tooltip({ state: 'recording' })).toContain('still being recorded');
    expect(tooltip({ state: 'unfinished' })).toContain('Its recorder was ended before it was closed');
    expect(tooltip({ isPinned: true, startedAt: '' })).toContain(
      'Recorded at an unknown time, 12 s long\nPinned',
    );
  });

  test('says that hints are hidden while a recording is open', () => {
    const rows = draw(state({ view: VIEW, areHintsHidden: true }));
    expect(rows[1]).toBe('    (eye-closed) Hints are hidden  Show');
    expect(draw(state({ entries: [entry('b')], areHintsHidden: true })).join()).not.toContain('hidden');
  });

  test('divides no time where nothing was busy', () => {
    const idle = { ...VIEW, breakdown: { busy: '0.00 ms busy', parts: [] } };
    expect(draw(state({ view: VIEW })).join()).toContain('busy');
    expect(draw(state({ view: idle })).join()).not.toContain('busy');
  });

  const finding = (subject: string, file: string) =>
    nodeText(
      {
        kind: 'finding',
        id: 'x',
        finding: {
          severity: 'warning',
          message: `${subject} burns 38 % of the busy time by itself`,
          advice: '',
          place: { file, line: 52 },
          brief: { subject, said: 'burns 38 %', short: 'CPU 38 %' },
        },
      },
      NOW,
    );

  test.each([
    ['rank', '/w/rank.ts', 'rank burns 38 %', 'rank.ts:52'],
    ['rankProducts', '/w/products.ts', 'rankProducts burns 38 %', 'products.ts:52'],
    ['Catalogue.rankProductsByScore', '/w/products.ts', 'Catalogue.rankP…: CPU 38 %', 'products.ts:52'],
    ['rankProducts', '/w/product-ranking.controller.ts', 'rankProducts burns 38 %', 'product…ller.ts:52'],
  ])('shows what and where at the default width: %s in %s', (name, file, label, description) => {
    expect(finding(name, file)).toMatchObject({ label, description });
    expect(finding(name, file).tooltip).toContain(
      `${name} burns 38 % of the busy time by itself\n${file}:52`,
    );
  });
});

describe('a recording that holds memory too', () => {
  const METRICS = ['cpu', 'allocated', 'live'] as const;

  test('says what its hints are of, with all of it, and offers the choice', () => {
    const shown = (metric: (typeof METRICS)[number], total: string): string | undefined => {
      const view: RecordingView = { ...VIEW, metric, metrics: METRICS, total };
      return draw(state({ view })).find(row => row.includes('symbol-ruler'));
    };
    expect(shown('cpu', '9.10 s')).toBe('    (symbol-ruler) CPU time  9.10 s · in hints and Hot Paths');
    expect(shown('allocated', '412 MB')).toBe(
      '    (symbol-ruler) Allocated memory  412 MB · in hints and Hot Paths',
    );
    expect(shown('live', '38.2 MB')).toBe('    (symbol-ruler) Held memory  38.2 MB · in hints and Hot Paths');
  });

  test('says nothing of it where there is no choice', () => {
    expect(draw(STATE).join()).not.toContain('symbol-ruler');
  });

  test('speaks of bytes to who does not see', () => {
    const view: RecordingView = { ...VIEW, metric: 'live', metrics: METRICS };
    const [open] = rootNodes(state({ view }));
    const section = childNodes(open!, state({ view })).find(
      node => node.kind === 'section' && node.section === 'hotPaths',
    );
    const [path] = childNodes(section!, state({ view }));
    expect(nodeText(path!, NOW).spoken).toContain('38 % of what is still held');
  });
});

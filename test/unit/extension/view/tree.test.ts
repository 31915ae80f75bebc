import { describe, expect, test } from 'vitest';
import type { RecordingEntry, RecordingView } from '../../../../src/contracts/server.ts';
import { childNodes, rootNodes } from '../../../../src/extension/view/nodes.ts';
import type { Node, ViewState } from '../../../../src/extension/view/nodes.ts';
import { nodeText } from '../../../../src/extension/view/node-text.ts';

const NOW = Date.parse('2026-11-23T10:05:00.000Z');

const entry = (id: string, values: Partial<RecordingEntry> = {}): RecordingEntry => ({
  id,
  name: `npm start ${id}`,
  startedAt: '2026-11-23T10:00:00.000Z',
  durationMilliseconds: 12_000,
  isPinned: false,
  state: 'saved',
  bytes: 2_500_000,
  folder: `/r/${id}`,
  ...values,
});

const VIEW: RecordingView = {
  entry: entry('a'),
  summary: '12.0 s · Node 22.11',
  breakdown: 'Where the CPU time went: your code 61 %',
  findings: [
    {
      severity: 'warning',
      message: 'rank burns 38 %',
      advice: 'Sort once.',
      place: { file: '/w/src/rank.ts', line: 11 },
    },
    { severity: 'info', message: 'Only 40 samples', advice: 'Record for longer.' },
  ],
  hotPaths: [
    {
      name: 'rank',
      share: '38 %',
      time: '4.10 s',
      samples: 4100,
      place: { file: '/w/src/rank.ts', line: 11 },
      chain: [3],
      hasCallers: true,
    },
    { name: 'native sort', share: '2.0 %', time: '210 ms', chain: [4], hasCallers: false },
  ],
  problems: [{ code: 'x', message: 'A segment is damaged.', advice: 'The rest is right.' }],
  files: [],
};

const STATE: ViewState = {
  entries: [entry('a'), entry('b', { isPinned: true }), entry('c', { state: 'unfinished' })],
  view: VIEW,
  captures: [],
};

/** `▾` unfolded, `▸` folded; `(icon)`; description behind two spaces. */
function draw(state: ViewState, nodes: readonly Node[] = rootNodes(state), indent = ''): string[] {
  return nodes.flatMap(node => {
    const { label, description, icon, fold } = nodeText(node, NOW);
    const mark = { none: ' ', folded: '▸', unfolded: '▾' }[fold];
    const line = `${indent}${mark} ${icon ? `(${icon}) ` : ''}${label}${description ? `  ${description}` : ''}`;
    return [line, ...draw(state, childNodes(node, state), `${indent}  `)];
  });
}

describe('the Slowcatch view', () => {
  test('shows the open recording, then the earlier ones', () => {
    expect(draw(STATE)).toEqual([
      '▾ (flame) npm start a · 12.0 s · Node 22.11  5 min ago',
      '    Where the CPU time went: your code 61 %',
      '  ▾ (lightbulb) What we found',
      '      (warning) rank burns 38 %  rank.ts:11',
      '      (info) Only 40 samples',
      '  ▸ (flame) Hot Paths',
      '    ▸ (symbol-method) rank  38 % · 4.10 s',
      '      (symbol-method) native sort  2.0 % · 210 ms',
      '  ▸ (warning) Problems',
      '      (warning) A segment is damaged.',
      '▸ (history) Earlier recordings',
      '    (pinned) npm start b  5 min ago · 0:12 long',
      '    (archive) npm start c  5 min ago · 0:12 long · not closed',
    ]);
  });

  test('shows the list alone when no recording is open, and nothing when there is none', () => {
    expect(draw({ entries: [entry('b')], view: undefined, captures: [] })).toEqual([
      '▾ (history) Recordings',
      '    (archive) npm start b  5 min ago · 0:12 long',
    ]);
    expect(draw({ entries: [], view: undefined, captures: [] })).toEqual([]);
  });

  test('says what to do when there is nothing to show in a recording', () => {
    const view = { ...VIEW, findings: [], hotPaths: [], problems: [], missingFolder: '/home/x/app' };
    expect(draw({ entries: [view.entry], view, captures: [] })).toEqual([
      '▾ (flame) npm start a · 12.0 s · Node 22.11  5 min ago',
      '    (folder-opened) Where are its files?  /home/x/app',
      '    Where the CPU time went: your code 61 %',
      '  ▾ (lightbulb) What we found',
      '      Nothing stands out. Hot Paths shows where the time went.',
      '  ▸ (flame) Hot Paths',
      '      No function of yours burnt time. Record for longer, or while the program has work to do.',
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
    const state = (state: 'waiting' | 'recording' | 'stopping'): ViewState => ({
      entries: [entry('n', { state: 'recording' })],
      view: undefined,
      captures: [{ ...progress, state }],
    });
    expect(draw(state('waiting'))).toEqual(['  (loading~spin) npm start n  waiting for the program']);
    expect(draw(state('recording'))).toEqual(['  (loading~spin) npm start n  0:12 · 1.8 %']);
    expect(draw(state('stopping'))).toEqual(['  (loading~spin) npm start n  saving']);
  });

  const everyNode = (state: ViewState, nodes: readonly Node[] = rootNodes(state)): Node[] =>
    nodes.flatMap(node => [node, ...everyNode(state, childNodes(node, state))]);

  test('gives every line an id of its own and words for screen readers', () => {
    const texts = everyNode(STATE).map(node => nodeText(node, NOW));
    expect(new Set(texts.map(({ id }) => id)).size).toBe(texts.length);
    expect(texts.map(({ spoken }) => spoken)).toContain('Warning: rank burns 38 %, rank.ts:11');
    expect(texts.map(({ spoken }) => spoken)).toContain('rank, 38 % of the CPU time, 4.10 s');
  });

  test('opens the places of findings and functions, and tells menus what can be done', () => {
    const texts = everyNode(STATE).map(node => nodeText(node, NOW));
    expect(texts.filter(({ place }) => place).map(({ label }) => label)).toEqual(['rank burns 38 %', 'rank']);
    expect(texts.flatMap(({ context }) => context ?? [])).toEqual([
      'recording open loose',
      'recording closed pinned',
      'recording closed loose',
    ]);
  });

  test('a caller is told apart from the function that it calls', () => {
    const path = { name: 'main', share: '38 %', time: '4.10 s', chain: [3, 1], hasCallers: false };
    const text = nodeText({ kind: 'path', path, recording: 'a' }, NOW);
    expect(text.icon).toBe('call-incoming');
    expect(text.spoken).toBe('called by main, 38 % of the CPU time, 4.10 s');
  });

  test('makes control characters of names visible', () => {
    const text = nodeText({ kind: 'entry', entry: entry('x', { name: 'a\u001B[31m\nb\u202Ec' }) }, NOW);
    expect(text.label).toBe(String.raw`a\x1b[31m\x0ab\u202ec`);
  });
});

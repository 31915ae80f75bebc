/** The rows of the Slowcatch view, drawn as text: what is unfolded, and what stands behind a name. */
import type { RecordingView } from '../../src/contracts/views/recording.ts';
import type { RecordingEntry } from '../../src/contracts/recording-entry.ts';
import { childNodes, rootNodes } from '../../src/extension/view/nodes.ts';
import type { Node, ViewState } from '../../src/extension/view/nodes.ts';
import { nodeText } from '../../src/extension/view/node-text.ts';

export const NOW = Date.parse('2026-11-23T10:05:00.000Z');

export const entry = (id: string, values: Partial<RecordingEntry> = {}): RecordingEntry => ({
  id,
  name: `npm start ${id}`,
  startedAt: '2026-11-23T10:00:00.000Z',
  durationMilliseconds: 12_000,
  isPinned: false,
  cwd: '/w',
  state: 'saved',
  bytes: 2_500_000,
  folder: `/r/${id}`,
  ...values,
});

export const VIEW: RecordingView = {
  entry: entry('a'),
  ...{ metric: 'cpu', metrics: ['cpu'], total: '9.10 s' },
  summary: '12.0 s · Node 22.11',
  breakdown: { busy: '9.10 s busy, 24 % idle', parts: [{ name: 'your code', share: '61 %' }] },
  findings: [
    {
      severity: 'warning',
      message: 'rank burns 38 % of the busy time by itself',
      advice: 'Sort once.',
      place: { file: '/w/src/rank.ts', line: 11 },
      brief: { subject: 'rank', said: 'burns 38 %', short: 'CPU 38 %' },
    },
    { severity: 'info', message: 'Only 40 samples', advice: 'Record for longer.' },
  ],
  hotPaths: [
    {
      name: 'rank',
      share: '38 %',
      amount: '4.10 s',
      samples: 4100,
      place: { file: '/w/src/rank.ts', line: 11 },
      chain: [3],
      hasCallers: true,
    },
    { name: 'native sort', share: '2.0 %', amount: '210 ms', chain: [4], hasCallers: false },
  ],
  problems: [{ code: 'x', message: 'A segment is damaged.', advice: 'The rest is right.' }],
  files: [],
};

export const state = (values: Partial<ViewState> = {}): ViewState => ({
  entries: [],
  view: undefined,
  captures: [],
  runtime: new Map(),
  operations: new Map(),
  isHere: ({ cwd }) => cwd === '/w',
  areHintsHidden: false,
  ...values,
});

export const STATE = state({
  entries: [entry('a'), entry('b', { isPinned: true }), entry('c', { state: 'unfinished' })],
  view: VIEW,
});

/** `▾` unfolded, `▸` folded; `(icon)`; description behind two spaces. */
export function draw(state: ViewState, nodes: readonly Node[] = rootNodes(state), indent = ''): string[] {
  return nodes.flatMap(node => {
    const { label, description, icon, fold } = nodeText(node, NOW);
    const mark = { none: ' ', folded: '▸', unfolded: '▾' }[fold];
    const line = `${indent}${mark} ${icon ? `(${icon}) ` : ''}${label}${description ? `  ${description}` : ''}`;
    return [line, ...draw(state, childNodes(node, state), `${indent}  `)];
  });
}

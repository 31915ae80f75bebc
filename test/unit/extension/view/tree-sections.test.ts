import { describe, expect, test } from 'vitest';
import type { OperationsSection, RouteNode, VerdictNode } from '../../../../src/contracts/views/recording.ts';
import { childNodes, rootNodes } from '../../../../src/extension/view/nodes.ts';
import type { Node } from '../../../../src/extension/view/nodes.ts';
import { nodeText } from '../../../../src/extension/view/node-text.ts';
import { NOW, state, VIEW } from '../../../draw/view-tree.ts';

describe('slow operations', () => {
  const ROUTE: RouteNode = {
    ...{ kind: 'http', name: 'GET /orders', count: 3120, slowCount: 310, keptCount: 40, errorCount: 2 },
    ...{ p50: '240 ms', p95: '412 ms', p99: '600 ms', max: '1.20 s', slowShare: '9.9 %', lost: '52.0 s' },
    ...{ threshold: '100 ms', thresholdMilliseconds: 100, cause: 'waits 61 % for a pool' },
  };
  const operations: OperationsSection = { threshold: '> 100 ms', routes: [ROUTE] };
  const below = (section: OperationsSection): Node[] =>
    childNodes({ kind: 'operations', section, recording: 'a', isLive: false }, state());
  const drawn = (nodes: readonly Node[]): string[] =>
    nodes.map(node => {
      const { label, description = '', fold } = nodeText(node, NOW);
      return `${fold === 'none' ? ' ' : '▸'} ${label}  ${description}`;
    });

  test('stand between what was found and hot paths, with their threshold', () => {
    const nodes = childNodes({ kind: 'open', view: { ...VIEW, operations } }, state());
    expect(nodes.map(node => nodeText(node, NOW).label)).toEqual([
      ...['9.10 s busy, 24 % idle', 'What we found', 'Slow operations', 'Hot Paths', 'Problems'],
    ]);
    expect(drawn(nodes)[2]).toBe('▸ Slow operations  > 100 ms · 310');
    expect(drawn(below(operations))).toEqual([
      '▸ GET /orders  p95 412 ms · 310 slow · waits 61 % for a pool',
    ]);
  });

  test('where nothing was slow say so, with the slowest routes, which have nothing to unfold', () => {
    const fast = { ...ROUTE, slowCount: 0, keptCount: 0, p95: '40.0 ms' };
    const empty = { text: 'All 3,120 operations stayed below 100 ms', detail: 'lower it', slowest: [fast] };
    expect(drawn(below({ threshold: '> 100 ms', routes: [], empty }))).toEqual([
      '  All 3,120 operations stayed below 100 ms  lower it',
      '  GET /orders  p95 40.0 ms · waits 61 % for a pool',
    ]);
  });

  test('have stalls as their last row', () => {
    const stalls: RouteNode = { ...ROUTE, kind: 'stall', name: 'event loop', slowCount: 2 };
    expect(drawn(below({ ...operations, stalls }))[1]).toBe(
      '▸ Stalls  2 · longest 1.20 s · waits 61 % for a pool',
    );
  });

  test('tell all of a route in its tooltip, and of an operation what it waited for', () => {
    const route = {
      kind: 'route',
      route: { ...ROUTE, oneIn: 50 },
      recording: 'a',
      isContext: false,
    } as const;
    expect(nodeText(route, NOW).tooltip?.split('\n')).toEqual([
      'GET /orders',
      'p50 240 ms · p95 412 ms · p99 600 ms · longest 1.20 s',
      '310 of 3,120 above 100 ms (9.9 %), 40 kept',
      '52.0 s lost above the threshold',
      '2 failed',
      'Kept ones: waits 61 % for a pool',
      'Called so often that only one in 50 calls was followed.',
    ]);
    const one = {
      ...{ key: 'p1-t0:3', duration: '412 ms', time: '10:31:22.480', isFailure: true },
      ...{ status: '503', detail: '/orders?user=\u202E1', cause: 'pool 61 %' },
    };
    const operation: Node = { kind: 'operation', operation: one, route: ROUTE, recording: 'a' };
    expect(drawn([operation])).toEqual([
      String.raw`  412 ms  pool 61 % · 10:31:22.480 · 503 · /orders?user=\u202e1`,
    ]);
    expect(nodeText(operation, NOW).icon).toBe('error');
  });

  test('while recording are those of now, not those the row was drawn with', () => {
    const now = { ...operations, routes: [{ ...ROUTE, slowCount: 311 }] };
    const node: Node = { kind: 'operations', section: operations, recording: 'a', isLive: true };
    expect(drawn(childNodes(node, state({ operations: new Map([['a', now]]) })))).toEqual([
      '▸ GET /orders  p95 412 ms · 311 slow · waits 61 % for a pool',
    ]);
  });
});

describe('memory', () => {
  const verdicts: readonly VerdictNode[] = [
    {
      ...{ key: '1', state: 'leak', stateWords: 'Leak', className: 'Session' },
      ...{
        growth: '1.00 per request (3.20 KB)',
        message: 'Session: 1.00 per request. Held by Map sessions.',
      },
      place: { file: '/w/src/sessions.ts', line: 18 },
    },
    {
      ...{ key: '2', state: 'cleared', stateWords: 'Cleared', className: '\u202Ecart' },
      ...{ growth: '+40 in 3 epochs (12.0 KB)', message: 'cart: +40.' },
    },
  ];
  const view = { ...VIEW, memory: { outcome: '1 leak found.', verdicts } };
  const opened = state({ entries: [view.entry], view });
  const row = rootNodes(opened)
    .flatMap(node => childNodes(node, opened))
    .find(({ kind }) => kind === 'memory')!;

  test('of a recording that was tracked says what it comes to', () => {
    const { label, description, fold } = nodeText(row, NOW);
    expect([label, description, fold]).toEqual(['Memory', '1 leak found.', 'unfolded']);
  });

  test('has its verdicts below it, with growth and place', () => {
    const rows = childNodes(row, opened).map(node => nodeText(node, NOW));
    expect(rows.map(({ label, description }) => `${label}  ${description}`)).toEqual([
      'Session  1.00 per request (3.20 KB) · sessions.ts:18',
      String.raw`\u202ecart  +40 in 3 epochs (12.0 KB)`,
    ]);
    expect(rows[0]?.spoken).toBe('Leak: Session, 1.00 per request (3.20 KB) · sessions.ts:18');
  });

  test('without verdicts has nothing to unfold', () => {
    const none = { ...row, section: { outcome: 'Nothing grows.', verdicts: [] } } as Node;
    expect(nodeText(none, NOW).fold).toBe('none');
  });
});

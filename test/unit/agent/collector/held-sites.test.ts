import { describe, expect, test } from 'vitest';
import { HeldRecords } from '../../../../src/agent/collector/held-records.ts';
import { heldSites, type HeldProfile } from '../../../../src/agent/collector/held-sites.ts';

const AGENT = '/slowcatch/agent.cjs';

/**
 * One stack a row, outermost first, then bytes and the ordinals of its sampled objects:
 * `/app/a.js handle, node:internal/x push | 4096 | 1 2`.
 */
function profile(rows: readonly string[]): HeldProfile {
  const root = { functionName: '(root)', url: '', scriptId: '0', lineNumber: -1, columnNumber: -1 };
  const head = { callFrame: root, selfSize: 0, id: 1, children: [] as HeldProfile['head'][] };
  const samples: { nodeId: number; ordinal: number }[] = [];
  let id = 1;
  for (const row of rows) {
    const [stack = '', bytes = '', ordinals = ''] = row.split('|').map(part => part.trim());
    let into = head.children;
    for (const [at, text] of stack.split(', ').entries()) {
      const [url = '', functionName = ''] = text.split(' ');
      const isLast = at === stack.split(', ').length - 1;
      const callFrame = { functionName, url, scriptId: url, lineNumber: 9, columnNumber: 3 };
      const node = { callFrame, selfSize: isLast ? Number(bytes) : 0, id: ++id, children: [] };
      into.push(node);
      into = node.children;
    }
    samples.push(...ordinals.split(' ').map(ordinal => ({ nodeId: id, ordinal: Number(ordinal) })));
  }
  return { head, samples };
}

/** `handle ← main: 4096 bytes, 2 objects, 1 fresh`. */
const drawn = ({ frames, sites }: Pick<ReturnType<typeof heldSites>, 'frames' | 'sites'>): string[] =>
  sites.map(
    ({ stack, bytes, objects, fresh }) =>
      `${stack.map(index => frames[index]![0]).join(' ← ')}: ${bytes} bytes, ${objects} objects, ${fresh} fresh`,
  );

describe('what is held, by site', () => {
  test('is of the innermost function of the program itself', () => {
    const rows = [
      '/app/a.js main, /app/a.js handle, /app/node_modules/x/x.js clone, node:buffer from | 4096 | 3 9',
      '/app/a.js main, /app/b.js other, /app/a.js handle | 1024 | 4',
      '/app/node_modules/x/x.js clone, node:fs read | 512 | 5',
      'node:fs read | 100 | 6',
    ];
    const found = heldSites(profile(rows), AGENT, 4);
    expect(drawn(found)).toEqual([
      'handle ← main: 5120 bytes, 3 objects, 1 fresh',
      'clone: 512 bytes, 1 objects, 1 fresh',
      'read: 100 bytes, 1 objects, 1 fresh',
    ]);
    expect(found).toMatchObject({ objects: 5, newest: 9 });
    expect(found.frames[0]).toEqual(['handle', '/app/a.js', '/app/a.js', 10, 4]);
  });

  test("leaves out what is Slowcatch's own, not what runs below its hooks", () => {
    const rows = [
      `/app/a.js main, ${AGENT} swap, node:inspector post | 4096 | 1`,
      `/app/a.js main, file://${AGENT} look | 4096 | 2`,
      `/app/a.js main, ${AGENT} apply, node:net connect | 64 | 3`,
      `${AGENT} begin, /app/a.js handle | 32 | 4`,
    ];
    expect(drawn(heldSites(profile(rows), AGENT, 0))).toEqual([
      'main: 64 bytes, 1 objects, 1 fresh',
      'handle: 32 bytes, 1 objects, 1 fresh',
    ]);
  });

  test('lists the largest 64, and counts all', () => {
    const rows = Array.from({ length: 100 }, (_, at) => `/app/${at}.js f | ${at + 1} | ${at + 1}`);
    const { sites, objects } = heldSites(profile(rows), AGENT, 0);
    expect([sites.length, sites[0]!.bytes, sites.at(-1)!.bytes, objects]).toEqual([64, 100, 37, 100]);
  });
});

describe('a closer look is worth it', () => {
  /** Objects held at each look. */
  function mayGrow(held: readonly number[], turn = 1): boolean {
    const records = new HeldRecords(AGENT);
    let ordinal = 0;
    const ordinals: number[] = [];
    for (const count of held) {
      while (ordinals.length > count) ordinals.pop();
      while (ordinals.length < count) ordinals.push(++ordinal);
      records.take({
        ...{ metric: 'live', turn, fromMicroseconds: 0, toMicroseconds: 0, stallMicroseconds: 0 },
        ...{ intervalBytes: 131_072, costMicroseconds: 0, requests: 0, fromRequests: 0, floorBytes: 0 },
        profile: JSON.stringify(profile([`/app/a.js f | ${count} | ${ordinals.join(' ')}`])),
      });
    }
    return records.mayGrow;
  }

  test.each([
    [true, [5, 10, 15, 20, 25]],
    [false, [5, 10, 15, 20]],
    [false, [20, 22, 24, 26, 28]],
    [false, [10, 20, 30, 40, 40]],
    [false, [40, 40, 40, 40, 40]],
  ])('%s: %j', (expected, held) => {
    expect(mayGrow(held)).toBe(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { CpuProfileReader, readCpuProfile } from '../../../../src/model/cpu/reader.ts';
import {
  drawProfile,
  drawSamples,
  parseProfile,
  type RawProfile,
  toBytes,
} from '../../../draw/cpu-profile.ts';

const APP = `
  1 (root)
    2 (program)
    3 main file:///app.js:1:1 | 4 ×1
      4 work file:///app.js:10:3 | 11 ×3, 12 ×1
    5 (idle)
`;
const SAMPLES = '3@100 4@200 4@300 2@400 5@500';

const app = (changes: Partial<RawProfile> = {}): RawProfile => ({
  ...parseProfile(APP, SAMPLES, 600),
  ...changes,
});

const DRAWN = `(root)
  (program)
  main file:///app.js:1:1 | 4 ×1
    work file:///app.js:10:3 | 11 ×3, 12 ×1
  (idle)
main@100 work@200 work@300 (program)@400 (idle)@500 end@600`;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (profile: unknown) => readCpuProfile(toBytes(profile));

function failure(bytes: Uint8Array): string {
  try {
    readCpuProfile(bytes);
  } catch (error) {
    if (error instanceof UserError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

describe('a profile as V8 writes it', () => {
  test('becomes nodes, lines and samples with times', () => {
    expect(drawProfile(read(app()))).toBe(DRAWN);
    expect(read(app()).problems).toEqual([]);
  });

  test('is read the same with white space, with other keys and in another order of keys', () => {
    const { nodes, ...rest } = app();
    const turned = nodes.map(node =>
      Object.fromEntries(Object.entries({ ...node, deoptReason: '"}{[' }).reverse()),
    );
    const file = { $vscode: { locations: [{ a: ['}', '\\"]'] }] }, ...rest, nodes: turned, extra: null };
    expect(drawProfile(readCpuProfile(bytesOf(JSON.stringify(file, undefined, '\t'))))).toBe(DRAWN);
  });

  test('is read the same from chunks of any size', () => {
    const bytes = toBytes(app());
    for (const size of [1, 2, 3, 7, 64, 333]) {
      const reader = new CpuProfileReader();
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      expect(reader.finish()).toEqual(readCpuProfile(bytes));
    }
  });

  test('may begin with a byte order mark and end with anything', () => {
    const text = JSON.stringify(app());
    expect(drawProfile(readCpuProfile(bytesOf(`\uFEFF ${text}\n\0\0`)))).toBe(DRAWN);
  });

  test('gives names as they were, whatever characters they have', () => {
    const names = ['größe', '日本', '🙂', 'a"b\\c', 'tab\there', '</script>', '\u0000', '}', '{"id":3}'];
    const nodes = names.map((functionName, index) => ({
      id: index + 2,
      callFrame: {
        functionName,
        scriptId: '7',
        url: `file:///${functionName}.js`,
        lineNumber: 0,
        columnNumber: 0,
      },
    }));
    const root = { id: 1, callFrame: { functionName: '(root)' }, children: nodes.map(node => node.id) };
    const file = { nodes: [root, ...nodes], startTime: 0, endTime: 9, samples: [2], timeDeltas: [1] };
    for (const text of [JSON.stringify(file), escaped(JSON.stringify(file))]) {
      const { frames } = readCpuProfile(bytesOf(text));
      expect(frames.slice(1).map(frame => frame.functionName)).toEqual(names);
      expect(frames.slice(1).map(frame => frame.url)).toEqual(names.map(name => `file:///${name}.js`));
    }
  });

  test('of v8.startCpuProfile has script ids as numbers', () => {
    const nodes = app().nodes.map(node => ({ ...node, callFrame: { ...node.callFrame, scriptId: 12 } }));
    expect(read(app({ nodes })).frames.map(frame => frame.scriptId)).toEqual(['12', '12', '12', '12', '12']);
  });

  test('of a trace names parents instead of children', () => {
    const parents = new Map(
      app().nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id])),
    );
    const nodes = app().nodes.map(node => {
      const { id, callFrame, positionTicks = [] } = node;
      return { id, callFrame, positionTicks, ...(parents.has(id) ? { parent: parents.get(id)! } : {}) };
    });
    expect(drawProfile(read(app({ nodes })))).toBe(DRAWN);
  });

  test('may have numbers with fractions and exponents', () => {
    const text = JSON.stringify(app())
      .replace('"timeDeltas":[100,', '"timeDeltas":[1.005e2,')
      .replace('600', '6E+2');
    expect(drawSamples(readCpuProfile(bytesOf(text)))).toBe(
      'main@100.5 work@200.5 work@300.5 (program)@400.5 (idle)@500.5 end@600',
    );
  });

  test('may have its nodes in any order: parents come first, the root is node 0', () => {
    const { parent, ...profile } = read(app({ nodes: app().nodes.toReversed() }));
    expect(Array.from(parent, (above, node) => above < node)).not.toContain(false);
    expect(
      drawProfile({ ...profile, parent })
        .split('\n')
        .sort(),
    ).toEqual(DRAWN.split('\n').sort());
    expect(profile.problems).toEqual([]);
  });

  test('of Node 26 may repeat a line: its ticks add up', () => {
    const drawn = `
      1 (root)
        2 main file:///app.js:1:1 | 9 ×1, 4 ×2, 9 ×5, 4 ×1
    `;
    expect(drawProfile(read(parseProfile(drawn, '2@10', 20)))).toContain(
      'main file:///app.js:1:1 | 4 ×3, 9 ×6',
    );
  });

  test('keeps many lines of one function in order', () => {
    const positionTicks = Array.from({ length: 3000 }, (_, index) => ({
      line: 1 + ((index * 7) % 1000),
      ticks: 1,
    }));
    const nodes = app().nodes.map(node => (node.id === 4 ? { ...node, positionTicks } : node));
    const { tickLine, tickCount, tickNode } = read(app({ nodes }));
    expect([...tickLine]).toEqual([4, ...Array.from({ length: 1000 }, (_, index) => index + 1)]);
    expect(tickCount[500]).toBe(3);
    expect(tickNode.length).toBe(1001);
  });
});

describe('times of samples', () => {
  const times = (changes: Partial<RawProfile>): string => {
    const profile = read(app(changes));
    return `${drawSamples(profile)} ${profile.problems.join(' ')}`.trim();
  };

  test('with negative deltas are put in order', () => {
    expect(times({ timeDeltas: [100, 200, -150, 100, 250] })).toBe(
      'main@100 work@150 (program)@250 work@300 (idle)@500 end@600 negative-deltas',
    );
  });

  test('may begin before the profile does', () => {
    expect(times({ startTime: 1000, endTime: 1400, timeDeltas: [-50, 100, 100, 100, 100] })).toBe(
      'main@950 work@1050 work@1150 (program)@1250 (idle)@1350 end@1400',
    );
    expect(read(app({ startTime: 1000, timeDeltas: [-50, 100, 100, 100, 100] })).startTime).toBe(950);
  });

  test('are the same where the start of the profile stands behind them', () => {
    const startsLast = (changes: Partial<RawProfile>): string => {
      const { startTime, ...rest } = app(changes);
      return drawSamples(read({ ...rest, startTime }));
    };
    for (const changes of [
      { startTime: 1000, endTime: 1600 },
      { startTime: 1000, endTime: 1400, timeDeltas: [-50, 100, 100, 100, 100] },
      { startTime: 1000, endTime: 1600, timeDeltas: [100, 200, -150, 100, 250] },
      // What V8 has for a machine that runs for months: sums stay whole numbers.
      { startTime: 9_000_000_000_001, endTime: 9_000_000_000_601 },
    ])
      expect(startsLast(changes)).toBe(drawSamples(read(app(changes))));
    expect(startsLast({ startTime: 1000, endTime: 1600, timeDeltas: [100, 200, -150, 100, 250] })).toBe(
      'main@1100 work@1150 (program)@1250 work@1300 (idle)@1500 end@1600',
    );
  });

  test('before a negative start, or before the start by their first delta, are put there', () => {
    expect(times({ startTime: -500, endTime: 100 })).toBe(
      'main@-400 work@-300 work@-200 (program)@-100 (idle)@0 end@100',
    );
    const { startTime, ...rest } = app({
      startTime: 1000,
      endTime: 1400,
      timeDeltas: [-50, 100, 100, 100, 100],
    });
    expect(read({ ...rest, startTime }).startTime).toBe(950);
  });

  test('may end after the profile does: then it ends with them', () => {
    expect(times({ endTime: 50 })).toContain('(idle)@500 end@500');
  });

  test('begin at 0 and end with the last sample when the file does not say', () => {
    const { startTime, endTime, ...file } = app();
    expect([startTime, endTime]).toEqual([0, 600]);
    expect(drawSamples(read(file))).toContain('main@100 work@200 work@300 (program)@400 (idle)@500 end@500');
  });

  test('are even where there are no deltas', () => {
    const { timeDeltas, ...file } = app();
    expect(timeDeltas).toHaveLength(5);
    expect(drawSamples(read({ ...file, endTime: 1000 }))).toBe(
      'main@0 work@200 work@400 (program)@600 (idle)@800 end@1000',
    );
    expect(read(file).problems).toEqual(['deltas-missing']);
  });

  test('end with the last delta where there are fewer deltas than samples', () => {
    expect(times({ timeDeltas: [100, 100] })).toBe('main@100 work@200 end@200 deltas-missing');
  });

  test('come from hit counts where there are no samples', () => {
    const { samples, timeDeltas, ...file } = app();
    expect([samples, timeDeltas].flat()).toHaveLength(10);
    const nodes = file.nodes.map(node => ({ ...node, hitCount: { 3: 1, 4: 3 }[node.id] ?? 0 }));
    const profile = read({ ...file, nodes, endTime: 400 });
    expect(drawSamples(profile)).toBe('main@0 main@100 work@100 work@400 end@400');
    expect(profile.problems).toEqual(['deltas-missing']);
  });

  test('of a node that is not there belong to the root', () => {
    expect(times({ samples: [3, 99, -1, 4, 5] })).toBe(
      'main@100 (root)@200 (root)@300 work@400 (idle)@500 end@600 unknown-sample-node',
    );
  });
});

describe('a call tree that is none', () => {
  const tree = (nodes: unknown[]): string => {
    const { problems, ...profile } = read({ nodes, startTime: 0, endTime: 2, samples: [1], timeDeltas: [1] });
    return `${drawProfile({ problems, ...profile })
      .split('\n')
      .slice(0, -1)
      .join(' ')
      .replaceAll(/ +/g, ' ')} ! ${problems.join(' ')}`;
  };
  const node = (id: number, functionName: string, ...children: number[]) => ({
    id,
    callFrame: { functionName },
    children,
  });

  test('with a cycle is cut where it closes', () => {
    expect(tree([node(1, '(root)', 2), node(2, 'a'), node(3, 'b', 4), node(4, 'c', 3)])).toBe(
      '(root) c b a ! cycle several-roots',
    );
    expect(tree([node(1, '(root)', 1, 2), node(2, 'a')])).toBe('(root) a ! cycle');
  });

  test('that is one cycle all through gets a root', () => {
    expect(tree([node(1, 'a', 2), node(2, 'b', 1)])).toMatch(/^[ab] [ab] ! cycle$/);
  });

  test('with several parents of a node keeps the first', () => {
    expect(tree([node(1, '(root)', 2, 3), node(2, 'a', 4), node(3, 'b', 4), node(4, 'c')])).toBe(
      '(root) a c b ! several-parents',
    );
  });

  test('with several roots keeps the one that V8 would have, or gets one', () => {
    expect(tree([node(1, 'a'), node(2, '(root)', 3), node(3, 'b')])).toBe('(root) a b ! several-roots');
    expect(tree([node(1, 'a'), node(2, 'b', 3), node(3, 'c')])).toBe('(root) a b c ! several-roots');
  });

  test('with unknown children leaves them out', () => {
    expect(tree([node(1, '(root)', 2, 77), node(2, 'a')])).toBe('(root) a ! unknown-child');
  });

  test('with the same id twice keeps both nodes', () => {
    expect(tree([node(1, '(root)', 2), node(2, 'a'), node(2, 'b')])).toBe('(root) b a ! several-roots');
  });

  test('with ids far apart is read as well', () => {
    expect(tree([node(1, '(root)', 2_000_000_000), node(2_000_000_000, 'a')])).toBe('(root) a ! ');
  });
});

describe('a file that ends early', () => {
  const bytes = toBytes(app());
  const cut = (behind: string, more = 0): Uint8Array =>
    bytes.subarray(0, JSON.stringify(app()).indexOf(behind) + behind.length + more);

  test('gives what is there, and says so', () => {
    for (let end = bytes.length - 1; end >= cut('"samples":[3').length + 1; end--) {
      const profile = readCpuProfile(bytes.subarray(0, end));
      expect(profile.problems).toContain('truncated');
      expect(drawSamples(profile)).toMatch(/^main@/);
    }
  });

  test('within the deltas has the samples up to there', () => {
    expect(drawSamples(readCpuProfile(cut('"timeDeltas":[100,10')))).toBe('main@100 end@100');
    expect(drawSamples(readCpuProfile(cut('"timeDeltas":[100,100,')))).toBe('main@100 work@200 end@200');
  });

  test('within the samples has them at the distance that the hit counts tell', () => {
    const nodes = app().nodes.map(node => (node.id === 4 ? { ...node, hitCount: 6 } : node));
    const text = JSON.stringify(app({ nodes }));
    const end = text.indexOf('"samples":[3,4,') + '"samples":[3,4,'.length;
    expect(drawSamples(readCpuProfile(bytesOf(text.slice(0, end))))).toBe('main@0 work@100 end@200');
  });

  test('before its first sample cannot be used', () => {
    expect(failure(cut('"samples":[3'))).toBe(
      'profile-without-samples: The profile holds no samples: it ends before its first sample.',
    );
    expect(failure(cut('"id":3,'))).toContain('profile-without-samples');
  });

  test('before its first node is no profile', () => {
    expect(failure(cut('{"nodes":[{"id":1'))).toBe(
      'profile-not-readable: This is not a readable profile: it has no call-tree nodes.',
    );
  });
});

describe('what is no profile', () => {
  test.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['\uFEFF', 'it is empty'],
    ['[{"ph":"P"}]', 'it is not a JSON object'],
    ['hello', 'it is not a JSON object'],
    ['{}', 'it has no call-tree nodes'],
    ['{"head":{"children":[]}}', 'it has no call-tree nodes'],
    ['{"nodes":7}', 'it has no call-tree nodes'],
    ['{"nodes":[]}', 'it has no call-tree nodes'],
    ['{"snapshot":{},"nodes":[1,2,3]}', 'its "nodes" are no objects (a heap snapshot has numbers there)'],
    ['{"nodes":[{"id":1},', 'no samples'],
    ['{"nodes":[{"id":1}],"x"}', 'it is not valid JSON at byte 23'],
    ['{nodes:[]}', 'it is not valid JSON at byte 1'],
    ['{"nodes":[{"id"=1}]}', 'it is not valid JSON at byte 15'],
    ['{"nodes":[{"id":1]}', 'it is not valid JSON at byte 17'],
    ['{"nodes":[{"id":1.2.3}]}', 'it is not valid JSON at byte 21'],
    [
      '{"nodes":[{"id":1,"callFrame":{"functionName":"\\x"}}],"startTime":0,"endTime":1,"samples":[1]}',
      'one of its call frames is not valid JSON',
    ],
  ])('%j is refused: %s', (text, reason) => {
    expect(failure(bytesOf(text))).toContain(reason);
  });

  test('compressed bytes are refused as such', () => {
    expect(failure(Uint8Array.of(0x1f, 0x8b, 8, 0))).toContain('it is gzip-compressed');
  });

  test('values of other types count as missing', () => {
    const nodes = [
      {
        id: 1,
        callFrame: null,
        hitCount: 'x',
        children: { a: 1 },
        positionTicks: [7, null, { line: 'a', ticks: [] }],
      },
      { id: 2, callFrame: { functionName: 5, url: null, lineNumber: 'x', columnNumber: 1e300 }, parent: 1 },
    ];
    const profile = read({
      nodes,
      startTime: null,
      endTime: 'x',
      samples: [2, null, 'a'],
      timeDeltas: [1, null, 1],
    });
    expect(drawProfile(profile)).toBe('\n  5\n5@1 @1 @2 end@2');
    expect(profile.problems).toEqual(['unknown-sample-node']);
  });
});

/** Every character outside ASCII as an escape. */
function escaped(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

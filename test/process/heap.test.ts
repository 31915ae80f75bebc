/** Heap snapshots of real programs: compared with Chrome DevTools' own code, and through the command line. */
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { mkdirSync, readFileSync, statSync, truncateSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpenedHeap } from '../../src/backend/heap/opened-heap.ts';
import { compareSnapshots, SnapshotComparison } from '../../src/backend/leaks/compare-snapshots.ts';
import type { HeapDocument } from '../../src/contracts/heap-document.ts';
import type { HeapProgress } from '../../src/contracts/heap-worker.ts';
import type { LeaksView } from '../../src/contracts/views/leaks.ts';
import { selfSizeOf } from '../../src/model/heap/graph.ts';
import { analyseHeap, dominatorOf, retainedOf, type Heap } from '../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../src/model/heap/reader.ts';
import { bundleDevTools } from '../devtools/bundle.ts';
import { PROGRAMS, ROOT, slowcatch, temporaryFolders } from './cli.ts';
import { NODES, type MatrixNode } from './node-matrix.ts';
import { startServer, type ServerClient } from './server-client.ts';

const DIST = path.join(ROOT, 'dist');
const KEEP = path.join(PROGRAMS, 'heap', 'keep.cjs');
const folder = temporaryFolders()('heap-');
const SESSIONS = 500;

/** Written once for each version. */
const snapshots = new Map<number, string>();
function snapshotOf({ major, binary }: MatrixNode): string {
  const known = snapshots.get(major);
  if (known !== undefined) return known;
  const file = path.join(folder, `node${major}.heapsnapshot`);
  execFileSync(binary, [KEEP, file, String(SESSIONS)]);
  snapshots.set(major, file);
  return file;
}

const NEWEST = NODES.at(-1)!;

function read(file: string): Heap {
  const reader = new HeapSnapshotReader();
  reader.push(readFileSync(file));
  return analyseHeap(reader.finish());
}

describe('dominators, retained and own sizes are those of Chrome DevTools', () => {
  let devtools: string;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    devtools = await bundleDevTools(ROOT, folder);
  });

  test.each(NODES)('for every object of a snapshot of Node $major', node => {
    const file = snapshotOf(node);
    const out = path.join(folder, `node${node.major}.columns`);
    execFileSync(process.execPath, [devtools, file, out], { stdio: ['ignore', 'ignore', 'ignore'] });
    const heap = read(file);
    const count = heap.graph.nodeCount;
    const bytes = readFileSync(out);
    const theirs = {
      dominator: (at: number) => bytes.readUInt32LE(4 * at),
      retained: (at: number) => bytes.readDoubleLE(4 * count + 8 * at),
      own: (at: number) => bytes.readDoubleLE(12 * count + 8 * at),
    };
    expect(bytes).toHaveLength(20 * count);
    const different = Array.from({ length: count }, (_, at) => at).filter(
      at =>
        dominatorOf(heap, at) !== theirs.dominator(at) ||
        retainedOf(heap, at) !== theirs.retained(at) ||
        selfSizeOf(heap.graph, at) !== theirs.own(at),
    );
    expect(different).toEqual([]);
    expect(count).toBeGreaterThan(20_000);
  });
});

describe('analyze x.heapsnapshot', () => {
  test.each(NODES)(
    'names the classes, what holds the largest objects, and where: Node $major',
    async node => {
      const { stdout, stderr, code } = await slowcatch(['analyze', '--json', snapshotOf(node)]);
      expect([code, stderr]).toEqual([0, '']);
      const document = JSON.parse(stdout) as HeapDocument;
      const session = document.classes.find(({ name }) => name === 'Session');
      expect(session).toMatchObject({ kind: 'object', count: SESSIONS });
      const handlers = document.classes.filter(({ kind, file }) => kind === 'closure' && file === KEEP);
      expect(handlers.map(({ count }) => count)).toEqual(expect.arrayContaining([SESSIONS]));
      const map = document.objects.find(
        ({ className, retainerPath }) => className === 'Map' && retainerPath.at(-1)?.name === 'sessions',
      );
      expect(map?.retainerPath.map(({ name }) => name).slice(-2)).toEqual(['kept', 'sessions']);
      expect(map?.retainedBytes).toBeGreaterThan(SESSIONS * 100);
    },
  );

  test('says it in words', async () => {
    const { stdout, code } = await slowcatch(['analyze', snapshotOf(NEWEST)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}Session +500 /m);
    expect(stdout).toMatch(/○ Map @\d+ retains .*\n.*\.kept Object → \.sessions Map$/m);
  });

  test('a packed one', async () => {
    const file = path.join(folder, 'packed.heapsnapshot.gz');
    writeFileSync(file, gzipSync(readFileSync(snapshotOf(NEWEST))));
    const { stdout } = await slowcatch(['analyze', '--json', file]);
    expect((JSON.parse(stdout) as HeapDocument).objectCount).toBe(read(snapshotOf(NEWEST)).graph.nodeCount);
  });

  test('one that was not written to its end', async () => {
    const file = path.join(folder, 'cut.heapsnapshot');
    copyFileSync(snapshotOf(NEWEST), file);
    truncateSync(file, statSync(file).size - 1000);
    const { code, stdout, stderr } = await slowcatch(['analyze', file]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/ends too early in its section "strings"/);
  });

  test('what there is not of a heap is refused', async () => {
    const { code, stderr } = await slowcatch(['analyze', '--pprof', 'x.pb.gz', snapshotOf(NEWEST)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Of a heap snapshot there is the report and --json/);
  });
});

describe('an opened heap', () => {
  const open = (options: Partial<Parameters<typeof OpenedHeap.open>[1]> = {}): Promise<OpenedHeap> =>
    OpenedHeap.open(snapshotOf(NEWEST), { dist: DIST, ...options });

  test('tells how far it is, and answers in pages', async () => {
    const progress: HeapProgress[] = [];
    const heap = await open({ onProgress: each => progress.push(each) });
    const top = { kind: 'classes', order: 'count', isAscending: false, filter: '' } as const;
    const first = await heap.ask('rows', { group: top, from: 0, count: 2 });
    const second = await heap.ask('rows', { group: top, from: 2, count: 2 });
    const counts = [...first.rows, ...second.rows].map(({ count = 0 }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const found = await heap.ask('rows', { group: { ...top, filter: 'session' }, from: 0, count: 100 });
    const { number } = found.rows.find(({ name }) => name === 'Session')!;
    const group = { kind: 'class', class: number, order: 'retainedBytes' } as const;
    const { rows, total } = await heap.ask('rows', { group, from: 490, count: 100 });
    expect([rows.length, total]).toEqual([10, SESSIONS]);
    const detail = await heap.ask('detail', { kind: 'object', number: rows[0]!.number });
    expect(detail.heldBy.map(({ words }) => words).slice(-3)).toEqual([
      ...['Object kept', 'Map sessions', 'Session'],
    ]);
    const node = rows[0]!.number;
    const below = await heap.ask('rows', { group: { kind: 'dominated', node }, from: 0, count: 5 });
    expect(below.rows.length).toBe(Math.min(5, below.total));
    const { largest, objectCount } = await heap.ask('summary', { name: 'node' });
    expect(objectCount).toBeGreaterThan(20_000);
    expect(largest.every(({ retainedBytes }) => retainedBytes > 0)).toBe(true);
    await heap.close();
    expect(new Set(progress.map(({ step }) => step))).toEqual(
      new Set(['reading', 'references', 'dominators', 'classes']),
    );
  });

  test('is given up when nobody wants it any more', async () => {
    const abort = new AbortController();
    const reason = new Error('not wanted');
    await expect(open({ signal: abort.signal, onProgress: () => abort.abort(reason) })).rejects.toBe(reason);
  });

  test('is refused before it takes more memory than there is', async () => {
    await expect(open({ mostBytes: 1_000_000 })).rejects.toMatchObject({ code: 'heap-snapshot-too-big' });
  });
});

describe('the server of an editor', () => {
  let server: ServerClient;
  beforeAll(async () => {
    const recordingsFolder = path.join(folder, 'recordings');
    server = await startServer({ recordingsFolder, workspaceFolders: [], isTrusted: false });
  });
  afterAll(() => server.close());

  const file = (): string => snapshotOf(NEWEST);
  const top = { kind: 'dominated', node: 0 } as const;

  test('has heaps open side by side, each until it is closed', async () => {
    const summaries = await Promise.all(
      ['one', 'two'].map(id => server.request('slowcatch/heapOpen', { id, file: file() })),
    );
    expect(summaries[0]).toEqual(summaries[1]);
    await server.request('slowcatch/heapClose', { id: 'one' });
    const ask = { group: top, from: 0, count: 3 };
    const { rows } = await server.request('slowcatch/heapRows', { id: 'two', ...ask });
    expect(rows.length).toBeGreaterThan(0);
    const of = { kind: 'object', number: rows[0]!.number } as const;
    expect((await server.request('slowcatch/heapDetail', { id: 'two', of })).row).toMatchObject(of);
    await expect(server.request('slowcatch/heapRows', { id: 'one', ...ask })).rejects.toMatchObject({
      data: { code: 'view-gone' },
    });
    await server.request('slowcatch/heapClose', { id: 'two' });
  });

  test('gives up reading when the editor is closed', async () => {
    const opening = server.request('slowcatch/heapOpen', { id: 'three', file: file() });
    const closing = server.request('slowcatch/heapClose', { id: 'three' });
    await expect(opening).rejects.toMatchObject({ data: { code: 'view-gone' } });
    expect(await closing).toBeNull();
  });

  test('compares several, also again after a restart, or gives that up', async () => {
    const files = [file(), file()];
    await server.request('slowcatch/compareSnapshots', { id: 'five', files });
    const { file: view } = await server.request('slowcatch/leaks', { id: 'five', files });
    const { text } = await server.request('slowcatch/leaksText', { id: 'not known', files });
    const shown = JSON.parse(readFileSync(view, 'utf8')) as LeaksView;
    expect(shown).toMatchObject({ verdicts: [], snapshots: [{}, {}] });
    expect(text).toMatch(/^No leak found/);
    const comparing = server.request('slowcatch/compareSnapshots', { id: 'six', files });
    await Promise.all([
      server.request('slowcatch/heapClose', { id: 'six' }),
      expect(comparing).rejects.toMatchObject({ data: { code: 'view-gone' } }),
    ]);
  });

  test('says what is wrong with a file', async () => {
    const damaged = path.join(folder, 'damaged.heapsnapshot');
    writeFileSync(damaged, '{"snapshot": 1}');
    for (const [name, code] of [
      [damaged, 'heap-snapshot-not-readable'],
      [path.join(folder, 'gone.heapsnapshot'), 'file-not-readable'],
    ] as const)
      await expect(server.request('slowcatch/heapOpen', { id: 'four', file: name })).rejects.toMatchObject({
        data: { code },
      });
  });
});

describe('snapshots that are compared', () => {
  const file = (): string => snapshotOf(NEWEST);

  test('one that cannot be read leaves the comparison as it was', async () => {
    const cut = path.join(folder, 'cut-off.heapsnapshot');
    writeFileSync(cut, readFileSync(file()).subarray(0, 100_000));
    const comparison = await SnapshotComparison.open({ dist: DIST });
    await comparison.add(file(), {});
    await expect(comparison.document()).rejects.toMatchObject({ code: 'heap-snapshots-few' });
    await comparison.add(file(), {});
    await expect(comparison.add(cut, {})).rejects.toMatchObject({ code: 'heap-snapshot-not-readable' });
    const { snapshots, verdicts } = await comparison.document();
    expect([snapshots.length, verdicts]).toEqual([2, []]);
    await comparison.close();
  });

  test('is given up when nobody wants it any more', async () => {
    const abort = new AbortController();
    const reason = new Error('not wanted');
    const options = { dist: DIST, signal: abort.signal, onProgress: () => abort.abort(reason) };
    await expect(compareSnapshots([file(), file()], options)).rejects.toBe(reason);
  });

  test('is refused before it takes more memory than there is', async () => {
    const comparing = compareSnapshots([file(), file()], { dist: DIST, mostBytes: 1_000_000 });
    await expect(comparing).rejects.toMatchObject({ code: 'heap-snapshot-too-big' });
  });
});

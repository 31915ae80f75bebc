import { expect, test } from 'vitest';
import { traceOf } from '../../../../src/analysis/heap/trace.ts';
import { heapFindings } from '../../../../src/analysis/heap/verdicts.ts';
import type { HeapGraph } from '../../../../src/model/heap/graph.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { drawnNodes, snapshotOf } from '../../../draw/heap-snapshot.ts';

/** An object keeps its id from picture to picture: by its name. */
function graphsOf(pictures: readonly string[]): HeapGraph[] {
  const ids = new Map<string, number>();
  const id = (key: string): number => {
    const known = ids.get(key) ?? 2 * ids.size + 1;
    ids.set(key, known);
    return known;
  };
  return pictures.map(picture => {
    drawnNodes(picture).forEach(({ key }) => id(key));
    const reader = new HeapSnapshotReader();
    reader.push(new TextEncoder().encode(snapshotOf(picture, {}, id)));
    return reader.finish();
  });
}

/** `leak every-epoch cache Page 10/10/10 100/100/100 of Map pages → Page`. */
function drawVerdicts(pictures: readonly string[], operations?: readonly number[]): string[] {
  const graphs = graphsOf(pictures);
  const last = graphs.pop()!;
  const { verdicts } = heapFindings(last, graphs.map(traceOf), operations);
  return verdicts.map(({ verdict, reason, kind, className, countPerEpoch, bytesPerEpoch, retainerPath }) =>
    [
      ...[verdict, reason, kind, className, countPerEpoch.join('/'), bytesPerEpoch.join('/')],
      ...['of', retainerPath.join(' → ')],
    ].join(' '),
  );
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** A Map whose table is made anew in each picture, as V8 does when it is full. */
const mapOf = (from: number, to: number, table: string): string => `
  root   -> ^1 global, [2] late
  global -> .pages pages
  late   Object 8
  pages  Map 10 -> #table ${table}
  ${table} array: 64 -> ${range(from, to)
    .map((n, at) => `#${at} page${n}`)
    .join(', ')}
  ${range(from, to)
    .map(n => `page${n} Page 10 -> .body body${n}\n body${n} string:text 32`)
    .join('\n')}`;

test('what is added to a table in every epoch and stays is a leak; its bytes count with it', () => {
  const pictures = [10, 20, 30, 40].map((count, at) => mapOf(0, count, `table${at}`));
  expect(drawVerdicts(pictures)).toEqual([
    'leak every-epoch cache Page 10/10/10 420/420/420 of global → Map pages → Page',
  ]);
});

test('of two snapshots more than nothing, the first one tells of an epoch too if it has as many', () => {
  const pictures = [10, 20, 30].map((count, at) => mapOf(0, count, `table${at}`));
  expect(drawVerdicts(pictures)).toEqual([
    'leak every-epoch cache Page 10/10 420/420 of global → Map pages → Page',
  ]);
});

test('two epochs that begin with nothing are too few', () => {
  const pictures = [0, 10, 20].map((count, at) => mapOf(0, count, `table${at}`));
  expect(drawVerdicts(pictures)).toEqual([
    'suspect few-epochs cache Page 10/10 420/420 of global → Map pages → Page',
  ]);
});

test('a table that is larger than its entries, since it has just been made anew, is no list of numbers', () => {
  const sizes = [20_000, 40_000, 56_000, 56_000];
  const pictures = [400, 700, 900, 1000].map((count, at) =>
    mapOf(0, count, `table${at}`).replace('array: 64', `array: ${sizes[at]}`),
  );
  expect(drawVerdicts(pictures)).toEqual([
    'suspect slowing cache Page 300/200/100 12600/8400/4200 of global → Map pages → Page',
  ]);
});

test('new ones in the place of old ones are no leak', () => {
  const pictures = [0, 20, 40, 60].map((from, at) => mapOf(from, from + 20, `table${at}`));
  expect(drawVerdicts(pictures)).toEqual([
    'cleared replaced cache Page 0/0/20 0/0/840 of global → Map pages → Page',
  ]);
});

test('a cache that has become full is cleared', () => {
  const pictures = [10, 40, 45, 45].map((count, at) => mapOf(0, count, `table${at}`));
  expect(drawVerdicts(pictures)).toEqual([
    'cleared stopped cache Page 30/5/0 1260/210/0 of global → Map pages → Page',
  ]);
});

test('epochs are compared by the operations in them', () => {
  const pictures = [10, 20, 50, 70].map((count, at) => mapOf(0, count, `table${at}`));
  expect(drawVerdicts(pictures)[0]).toMatch(/^suspect uneven/);
  expect(drawVerdicts(pictures, [100, 300, 200])[0]).toMatch(/^leak every-epoch/);
});

test('a chain of which each link holds the one before is counted link by link', () => {
  const chain = (links: number): string => `
    root   -> ^1 global
    global -> .last link${links - 1}
    ${range(0, links)
      .map(n => `link${n} Undo 10 ${n === 0 ? '' : `-> .previous link${n - 1}`}`)
      .join('\n')}`;
  const [verdict = ''] = drawVerdicts([10, 20, 30, 40].map(chain));
  // The newest one is a thing of its own.
  expect(verdict).toMatch(/^leak every-epoch chain Undo 10\/10\/9 /);
});

test('a limit beside the container that has not been reached makes a doubt', () => {
  const limited = (count: number, table: string): string =>
    mapOf(0, count, table)
      .replace('.pages pages', '.cache cache')
      .concat(
        `\n cache Cache 10 -> .pages pages, .max max\n max number:smi_number 8 -> #value digits\n digits string:500 8`,
      );
  const pictures = [10, 20, 30, 40].map((count, at) => limited(count, `table${at}`));
  expect(drawVerdicts(pictures)).toEqual([
    'suspect bounded cache Page 10/10/10 420/420/420 of global → Cache cache → Map pages → Page',
  ]);
});

test('keys of a dictionary are data, and stand in no path', () => {
  const dictionary = (count: number): string => `
    root   -> ^1 global
    global -> .hits hits
    hits   Object 10 -> ${range(0, count)
      .map(n => `.10.0.0.${n} hit${n}`)
      .join(', ')}
    ${range(0, count)
      .map(n => `hit${n} Hit 10`)
      .join('\n')}`;
  expect(drawVerdicts([20, 40, 60, 80].map(dictionary))).toEqual([
    'leak every-epoch cache Hit 20/20/20 200/200/200 of global → Object hits → Hit',
  ]);
});

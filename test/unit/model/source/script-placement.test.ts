import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../../src/model/cpu/profile.ts';
import { scanFunctions } from '../../../../src/model/source/function-ranges.ts';
import { scriptPlacement } from '../../../../src/model/source/script-placement.ts';
import type { PlacedScript } from '../../../../src/model/source/script-placement.ts';
import { placeOf } from '../../../draw/marked-source.ts';
import { drawMap, openMap } from '../../../draw/source-map.ts';

const URL = 'file:///app/dist/shop.js';

const frame = (functionName: string, line: number, column: number, more: Partial<Frame> = {}): Frame => ({
  functionName,
  scriptId: '7',
  url: URL,
  line,
  column,
  ...more,
});

const script = (more: Partial<PlacedScript> = {}): PlacedScript => ({
  scriptId: '7',
  url: URL,
  startLine: 0,
  startColumn: 0,
  ...more,
});

describe('a script without a map', () => {
  test('stays where it ran', () => {
    const placement = scriptPlacement([script()]);
    expect(placement.functionAt(frame('price', 3, 9))).toEqual({
      name: 'price',
      file: '/app/dist/shop.js',
      line: 3,
      column: 9,
    });
    expect(placement.lineAt(frame('price', 3, 9), 5)).toEqual({ file: '/app/dist/shop.js', line: 5 });
    expect(placement.unmovedFile(frame('price', 3, 9))).toBe('/app/dist/shop.js');
  });

  test('knows whether a newer text of its file ran later', () => {
    const placement = scriptPlacement([script({ isEarlierText: true }), script({ scriptId: '8' })]);
    const ids = ['7', '8', '9'].map(scriptId => placement.isEarlierText(frame('price', 3, 9, { scriptId })));
    expect(ids).toEqual([true, false, false]);
  });

  test('that is unknown, built into Node or native stays where it ran', () => {
    const placement = scriptPlacement([script({ map: drawMap('1') })]);
    const read = frame('read', 3, 9, { scriptId: '8', url: 'node:fs' });
    expect(placement.functionAt(read)).toMatchObject({ name: 'read', file: 'node:fs', line: 3 });
    expect(placement.lineAt(read, 4)).toEqual({ file: 'node:fs', line: 4 });
    const native = frame('', 0, 0, { scriptId: '0', url: '' });
    expect(placement.functionAt(native)).toEqual({ name: '(anonymous)', file: '', line: 0, column: 0 });
  });
});

describe('a script whose text is lost', () => {
  test('has no lines where only what a transpiler made of the file can have run', () => {
    const placement = scriptPlacement([script()]);
    const frames = ['/app/src/shop.ts', 'file:///app/src/view.tsx'].map(url => frame('price', 3, 9, { url }));
    for (const lost of frames) {
      expect(placement.functionAt(lost)).toMatchObject({ name: 'price', line: 0, column: 0 });
      expect(placement.lineAt(lost, 5)).toBeUndefined();
      expect(placement.unmovedFile(lost)).toBeUndefined();
    }
    expect(placement.functionAt(frames[1]!).file).toBe('/app/src/view.tsx');
  });

  test('stays where it ran in JavaScript', () => {
    const other = frame('price', 3, 9, { scriptId: '9', url: '/app/dist/other.js' });
    expect(scriptPlacement([script()]).lineAt(other, 5)).toEqual({ file: '/app/dist/other.js', line: 5 });
  });
});

describe('a script with a map', () => {
  const placement = scriptPlacement([script({ map: drawMap('-', '7 7 9', '7 8', '- -', 'b3') })]);

  test('is placed in its sources', () => {
    expect(placement.functionAt(frame('price', 2, 3))).toEqual({
      name: 'price',
      file: '/app/src/a.ts',
      line: 9,
      column: 1,
    });
    expect(placement.lineAt(frame('price', 2, 1), 5)).toEqual({ file: '/app/src/b.ts', line: 3 });
    expect(placement.unmovedFile(frame('price', 2, 1))).toBeUndefined();
  });

  test('has no place for a line with several originals, nor for one that the compiler added', () => {
    expect(placement.lineAt(frame('price', 2, 1), 3)).toBeUndefined();
    expect(placement.lineAt(frame('price', 2, 1), 4)).toBeUndefined();
  });

  test('leaves in the generated file what the compiler added', () => {
    expect(placement.functionAt(frame('__name', 4, 1))).toMatchObject({ file: '/app/dist/shop.js', line: 4 });
    expect(placement.lineAt(frame('__name', 4, 1), 4)).toEqual({ file: '/app/dist/shop.js', line: 4 });
    expect(placement.lineAt(frame('__commonJS', 4, 1), 5)).toEqual({ file: '/app/src/b.ts', line: 3 });
  });

  test('has its outermost code in its only source; a bundle has it in the bundle', () => {
    expect(placement.functionAt(frame('', 1, 1))).toMatchObject({
      file: '/app/dist/shop.js',
      line: 1,
      column: 1,
    });
    expect(placement.lineAt(frame('', 1, 1), 5)).toEqual({ file: '/app/src/b.ts', line: 3 });
    const single = scriptPlacement([
      script({ map: openMap({ sources: ['../src/a.ts'], mappings: 'AAMA' }) }),
    ]);
    expect(single.functionAt(frame('', 1, 1))).toEqual({
      name: '(top level)',
      file: '/app/src/a.ts',
      line: 1,
      column: 1,
    });
    expect(single.lineAt(frame('', 1, 1), 1)).toEqual({ file: '/app/src/a.ts', line: 7 });
  });

  test('counts from the place of its text, where vm gives one', () => {
    const vm = script({ map: drawMap('7 8 9', 'b3'), startLine: 10, startColumn: 5 });
    const placement = scriptPlacement([vm]);
    expect(placement.functionAt(frame('price', 11, 7))).toMatchObject({ file: '/app/src/a.ts', line: 8 });
    expect(placement.functionAt(frame('price', 12, 1))).toMatchObject({ file: '/app/src/b.ts', line: 3 });
    expect(placement.lineAt(frame('price', 11, 8), 12)).toEqual({ file: '/app/src/b.ts', line: 3 });
  });

  test('is told from another by its id and its URL', () => {
    const placement = scriptPlacement([
      script({ scriptId: '0', map: drawMap('1') }),
      script({ scriptId: '0', url: 'file:///app/dist/other.js', map: drawMap('2') }),
    ]);
    const line = (url: string): number => placement.functionAt(frame('f', 1, 2, { scriptId: '0', url })).line;
    expect([line(URL), line('file:///app/dist/other.js'), line('file:///app/dist/none.js')]).toEqual([
      1, 2, 1,
    ]);
  });
});

describe('built by esbuild', () => {
  const SOURCE = `declare const use: (...values: unknown[]) => number;
export function price(count: number): number {
  return use(count, 1) + use(2);
}
export const discount = (price: number): number =>
  use(price, 3) * use(4);
export const total = function (price: number): number { return use(price, 5); };
export const rates = [1, 2].map(rate => use(rate, 6));
export const sums = [1, 2].map((rate, index) => use(rate, index, 7));
export class Basket {
  add = async (item: number): Promise<number> => use(item, 8);
  get size(): number { return use(9); }
}
`;

  /** Places a function by the generated text before V8's place; its group 1 is V8's name. */
  async function built(options: object): Promise<(before: RegExp) => string> {
    const { code, map } = await transform(SOURCE, {
      loader: 'ts',
      format: 'esm',
      sourcemap: true,
      sourcefile: '../src/shop.ts',
      ...options,
    });
    const json = JSON.parse(map) as object;
    const placement = scriptPlacement([
      script({ text: code, map: openMap(json), ranges: scanFunctions(code) }),
    ]);
    return before => {
      const found = before.exec(code);
      if (!found) throw new Error(`${before} is not in ${code}`);
      const lines = code.slice(0, found.index + found[0].length).split('\n');
      const at = frame(found[1] ?? '', lines.length, lines.at(-1)!.length + 1);
      const placed = placement.functionAt(at);
      const line = placement.lineAt(at, at.line);
      return `${placed.name} ${placed.file}:${placed.line}, ${line ? line.line : line}`;
    };
  }

  test('minified: functions have their names and places back, and a line where it can be told', async () => {
    const placed = await built({ minify: true });
    expect(placed(/function (\w+)(?=\()/)).toBe('price /app/src/shop.ts:2, undefined');
    expect(placed(/(\w+)=(?=\w=>)/)).toBe('discount /app/src/shop.ts:5, 6');
    expect(placed(/map\((?=\w=>)/)).toBe('(anonymous) /app/src/shop.ts:8, 8');
    expect(placed(/map\((?=\(\w,)/)).toBe('(anonymous) /app/src/shop.ts:9, 9');
    expect(placed(/(get size)(?=\()/)).toBe('get size /app/src/shop.ts:12, 12');
  });

  test('with names kept, as in tsx: names that V8 does not see are read from the text', async () => {
    for (const minifyWhitespace of [true, false]) {
      const placed = await built({ keepNames: true, minifyWhitespace });
      expect(placed(/discount ?= ?.*__name\((?=\(?price)/)).toMatch(/^discount \S+:5,/);
      expect(placed(/total ?= ?.*__name\(function ?(?=\()/)).toBe('total /app/src/shop.ts:7, 7');
      expect(placed(/map\((?=\(?rate\)? ?=>)/)).toBe('(anonymous) /app/src/shop.ts:8, 8');
      expect(placed(/add ?= ?.*__name\((?=async)/)).toBe('add /app/src/shop.ts:11, 11');
      expect(placed(/function (price)(?=\()/)).toMatch(/^price \S+:2,/);
    }
  });

  test('without the text V8 has the last word on names', async () => {
    const { code, map } = await transform(SOURCE, {
      loader: 'ts',
      sourcemap: true,
      minify: true,
      format: 'esm',
    });
    const placement = scriptPlacement([script({ map: openMap(JSON.parse(map) as object) })]);
    const { line, column } = placeOf(code, 'function');
    expect(placement.functionAt(frame('e', line, column)).name).toBe('e');
  });
});

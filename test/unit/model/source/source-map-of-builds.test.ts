/** Source maps as real compilers write them: every marked line of the source is found again. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import type { TransformOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSourceMap } from '../../../../src/model/source/source-map.ts';
import type { SourceMap } from '../../../../src/model/source/source-map.ts';
import { marksOf, placeOf, runTsc, writeFolder } from '../../../draw/marked-source.ts';

const SHOP = `import type { Money } from './money';

/** A comment of
 *  several lines. */
interface Basket {
  readonly total: Money;
  items: string[];
}
declare const at: (...values: unknown[]) => any;

export function price(
  basket: Basket,
  count: number,
): number {
  let sum = 0;
  for (const item of at1(basket.items)) { // ← here
    sum += at2(item.length) * count; // ← here
  }
  if (at3(sum) > 100) return sum; // ← here
  else at4(sum); // ← here
  const cheap = at5( // ← here
    basket.total,
    count,
    sum,
  );
  return basket.items
    .map(item => at6(item)) // ← here
    .filter(item => item > 3 && at7(item)) // ← here
    .length;
}

export class Cart<T> {
  constructor(private readonly first: T, public second = 3) {}
  get size(): number { return at8(this.first); } // ← here
  async load(name: string): Promise<string> {
    const found = await at9(name); // ← here
    return \`
      \${at10(found)} // ← here
    \`;
  }
}
enum Colour { Red, Green }
export const early = (a: number) => at11(a, Colour.Red); // ← here
`;

function opened(mapText: string, mapUrl: string, scriptUrl: string): SourceMap {
  const result = openSourceMap(mapText, { mapUrl, scriptUrl });
  if (!result.ok) throw new Error(result.detail);
  return result.map;
}

/** \`at1 16\`: the original line of each mark by its exact place. */
const positions = (map: SourceMap, code: string): string[] =>
  marksOf(SHOP).map(({ token }) => {
    const { line, column } = placeOf(code, token);
    return `${token} ${map.position(line, column)?.line}`;
  });

/** The same by the generated line alone, as V8 tells it. */
const lines = (map: SourceMap, code: string): string[] =>
  marksOf(SHOP).map(({ token }) => {
    const found = map.lineOf(placeOf(code, token).line);
    return `${token} ${typeof found === 'object' ? found.line : found}`;
  });

const EXPECTED = marksOf(SHOP).map(({ token, line }) => `${token} ${line}`);

test('the drawing has marks', () => {
  expect(EXPECTED).toHaveLength(11);
  expect(EXPECTED.slice(0, 2)).toEqual(['at1 16', 'at2 17']);
});

describe('esbuild', () => {
  const withEsbuild = async (options: TransformOptions): Promise<{ code: string; map: SourceMap }> => {
    const { code, map } = await transform(SHOP, {
      loader: 'ts',
      sourcemap: true,
      sourcefile: 'shop.ts',
      ...options,
    });
    return { code, map: opened(map, 'shop.js.map', 'file:///app/dist/shop.js') };
  };

  test.each<[string, TransformOptions]>([
    ['unminified', {}],
    ['as CommonJS', { format: 'cjs', platform: 'node' }],
    ['with a minified syntax', { minifySyntax: true }],
    ['as tsx calls it', { minifyWhitespace: true, keepNames: true }],
    ['minified', { minify: true }],
    ['for an old target', { target: 'es2017' }],
  ])('%s: every marked place is found', async (_, options) => {
    const { code, map } = await withEsbuild(options);
    expect(positions(map, code)).toEqual(EXPECTED);
  });

  test('unminified: every marked line is found by its generated line alone', async () => {
    const { code, map } = await withEsbuild({});
    // at6 and at7 are printed on one line, with a part of the chain each: none stands out.
    const expected = EXPECTED.map(line => line.replace(/^(at[67]) \d+/, '$1 ambiguous'));
    expect(lines(map, code)).toEqual(expected);
  });

  test('minified: the one generated line is ambiguous, the range of a small function is not', async () => {
    const { code, map } = await withEsbuild({ minify: true });
    const { line, column } = placeOf(code, 'at11');
    const end = code.split('\n')[line - 1]!.indexOf(')', column) + 1;
    expect(map.lineOf(line)).toBe('ambiguous');
    expect(map.lineOf(line, column, end)).toEqual({
      file: '/app/dist/shop.ts',
      line: marksOf(SHOP).at(-1)!.line,
    });
  });

  test('minified: the map knows the old names', async () => {
    const { code, map } = await withEsbuild({ minify: true });
    const { line, column } = placeOf(code, 'at1');
    const variable = /(\w+) of at1/.exec(code)!;
    expect(map.nameAt(line, variable.index + 1)).toBe('item');
    expect(map.nameAt(line, column - 1)).toBeUndefined();
  });
});

describe('builds on disk', () => {
  let folder = '';
  const url = (file: string): string => pathToFileURL(path.join(folder, file)).href;
  const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
  const onDisk = (file: string): { code: string; map: SourceMap } => {
    const mapUrl = /sourceMappingURL=(.*)/.exec(read(file))![1]!;
    return { code: read(file), map: opened(read(`${file}.map`), mapUrl, url(file)) };
  };

  beforeAll(async () => {
    const settings = { compilerOptions: { rootDir: 'src', outDir: 'dist' }, include: ['src'] };
    folder = writeFolder({
      'packages/cart/src/shop.ts': SHOP,
      'packages/cart/tsconfig.json': JSON.stringify(settings),
      'packages/cart/package.json': '{"type":"module"}',
      'packages/größe 100%/src/a b#c.ts': SHOP,
      'app/main.ts': `import { price, early } from '../packages/cart/src/shop';\nconsole.log(price, early, atMain());\n`,
      'tsx.mts': `const atTsx = (n: number): number => n + 1; // ← here
import { Session } from 'node:inspector';
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => {
  if (!params.url.endsWith('tsx.mts')) return;
  session.post('Debugger.getScriptSource', { scriptId: params.scriptId }, (_error, result) =>
    console.log(JSON.stringify({ url: params.url, mapUrl: params.sourceMapURL, code: result.scriptSource })));
});
session.post('Debugger.enable', () => atTsx(3));
`,
    });
    runTsc(path.join(folder, 'packages/cart'), '-p', '.');
    runTsc(path.join(folder, 'packages/cart'), '-p', '.', '--outDir', 'rooted', '--sourceRoot', '/srv/cart');
    const odd = path.join(folder, 'packages/größe 100%');
    runTsc(odd, 'src/a b#c.ts', '--outDir', 'dist-tsc', '--ignoreConfig');
    const sourcemap = true;
    await build({ entryPoints: [path.join(odd, 'src/a b#c.ts')], outdir: path.join(odd, 'dist'), sourcemap });
    const main = path.join(folder, 'app/main.ts');
    const bundle = { entryPoints: [main], bundle: true, sourcemap, platform: 'node' as const };
    await build({ ...bundle, outfile: path.join(folder, 'app/dist/main.js') });
    await build({ ...bundle, outfile: path.join(folder, 'app/dist/main.min.js'), minify: true });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('tsc: every marked place and every marked line is found in ../src', () => {
    const { code, map } = onDisk('packages/cart/dist/shop.js');
    expect(positions(map, code)).toEqual(EXPECTED);
    expect(lines(map, code)).toEqual(EXPECTED);
    expect(map.files).toEqual([path.join(folder, 'packages/cart/src/shop.ts')]);
  });

  test('tsc: a source root counts', () => {
    const { code, map } = onDisk('packages/cart/rooted/shop.js');
    expect(positions(map, code)).toEqual(EXPECTED);
    expect(map.files).toEqual(['/srv/cart/shop.ts']);
  });

  test.each(['dist', 'dist-tsc'])(
    'spaces, signs and letters of any language in file names are understood (%s)',
    out => {
      const { code, map } = onDisk(`packages/größe 100%/${out}/a b#c.js`);
      expect(positions(map, code)).toEqual(EXPECTED);
      expect(map.files).toEqual([path.join(folder, 'packages/größe 100%/src/a b#c.ts')]);
    },
  );

  test.each(['main.js', 'main.min.js'])('a bundle leads into the packages it was made of (%s)', file => {
    const { code, map } = onDisk(`app/dist/${file}`);
    const { line, column } = placeOf(code, 'at2');
    expect(map.position(line, column)).toMatchObject({
      file: path.join(folder, 'packages/cart/src/shop.ts'),
      line: 17,
    });
    const main = placeOf(code, 'atMain');
    expect(map.position(main.line, main.column)).toMatchObject({
      file: path.join(folder, 'app/main.ts'),
      line: 2,
    });
  });

  test('tsx: the text in memory, with its map in a data: URL, leads to the file', () => {
    const file = path.join(folder, 'tsx.mts');
    const tsx = import.meta.resolve('tsx');
    const output = execFileSync(process.execPath, ['--import', tsx, file], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const script = JSON.parse(output) as { url: string; mapUrl: string; code: string };
    const mapText = Buffer.from(script.mapUrl.slice(script.mapUrl.indexOf(',') + 1), 'base64').toString(
      'utf8',
    );
    const map = opened(mapText, script.mapUrl, script.url);
    const { line, column } = placeOf(script.code, 'atTsx');
    expect(map.position(line, column)).toMatchObject({ file, line: 1 });
  });
});

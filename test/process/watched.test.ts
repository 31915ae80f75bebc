/** Watched functions in real programs: what they give stays as it is, and their calls are operations. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { operationLedger } from '../../src/analysis/operations/ledger.ts';
import { SourceParser } from '../../src/backend/watch/parser.ts';
import { readSource } from '../../src/backend/watch/read-source.ts';
import { PROGRAMS, runCommand, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';
import { watch as watchInto } from './watched-run.ts';

const temporaryFolder = temporaryFolders();
const BATTERY = readFileSync(path.join(PROGRAMS, 'watched', 'battery.txt'), 'utf8');
const IMPORT = {
  cjs: "globalThis.hooks = require('node:async_hooks');\n",
  mjs: "import hooks from 'node:async_hooks';\nglobalThis.hooks = hooks;\n",
};

let parser: SourceParser;
beforeAll(async () => {
  parser = await SourceParser.open(
    createRequire(import.meta.url).resolve('@oxc-parser/binding-wasm32-wasip1/wasm.wasm'),
  );
});

const watch = (command: readonly string[], file: string, functions: readonly string[]) =>
  watchInto(path.join(temporaryFolder(), 'recording'), command, file, functions);

const resultsIn = (output: string): unknown => JSON.parse(/^\{"results".*$/m.exec(output)?.[0] ?? '""');

const AWAITING = path.join(PROGRAMS, 'watched', 'awaiting.cjs');
const WAITING_LINES = readFileSync(AWAITING, 'utf8')
  .split('\n')
  .flatMap((line, index) => (line.includes('// inner waits') ? [index + 1] : []));

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('each await of a call that is armed is its own, the first one too', async () => {
    const { operations } = await watch([binary, AWAITING], AWAITING, ['inner=20ms', 'outer=20ms']);
    const armed = operations.filter(({ name, isArmed }) => name === 'inner' && isArmed);
    expect(armed.length).toBeGreaterThan(0);
    for (const record of armed) {
      const { groups, durationMicroseconds } = operationLedger(record);
      const lines = groups.filter(({ kind }) => kind === 'timer').map(({ place }) => place?.line);
      expect(new Set(lines)).toEqual(new Set(WAITING_LINES));
      const waited = groups.reduce((sum, { kind, length }) => (kind === 'timer' ? sum + length : sum), 0);
      expect(waited).toBeGreaterThan(0.5 * durationMicroseconds);
    }
  });
});

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test.each(['cjs', 'mjs'] as const)(
    'functions of every form give the same whether they are watched or not (%s)',
    async format => {
      const file = path.join(temporaryFolder(), `battery.${format}`);
      writeFileSync(file, IMPORT[format] + BATTERY);
      const { functions } = await readSource(parser, file);
      const names = [...new Set(functions.map(({ name }) => name))];
      expect(names.length).toBeGreaterThanOrEqual(150);
      const plain = await runCommand([binary, file]);
      const watched = await watch([binary, file], file, names);
      expect(resultsIn(plain.stdout)).toMatchObject({ rejections: ['rejected'] });
      expect(resultsIn(watched.stderr)).toEqual(resultsIn(plain.stdout));
      expect(watched.code).toBe(plain.code);
      expect(watched.routes.length).toBeGreaterThanOrEqual(140);
    },
  );
});

/** One function of each kind that can be slow, and one that is called all the time. */
const SHOP = `
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
class Orders {
  async list(ms) { await sleep(ms); return this.sum(); }
  sum() { const end = Date.now() + 15; while (Date.now() < end); return 1; }
  later(ms) { return sleep(ms); }
  async fails() { await sleep(30); throw new Error('no orders'); }
}
function quick(n) { return n + 1; }
(async () => {
  const orders = new Orders();
  for (const ms of [0, 0, 60]) await orders.list(ms);
  await orders.later(60);
  await orders.fails().catch(() => undefined);
  const end = Date.now() + 300;
  for (let n = 0; Date.now() < end; ) n = quick(n);
})();
`;

describe.each(EDGES)('calls of watched functions on Node.js $major', ({ major, binary }) => {
  const tsx = createRequire(import.meta.url).resolve('tsx');

  test('are counted, kept when they were slow, and limited when they are too many', async () => {
    const file = path.join(temporaryFolder(), 'shop.cjs');
    writeFileSync(file, SHOP);
    const names = [
      'Orders.list=50ms',
      'Orders.sum=10ms',
      'Orders.later=50ms',
      'Orders.fails=20ms',
      'quick',
      'gone',
    ];
    const { routes, operations, stdout } = await watch([binary, file], file, names);
    const route = (name: string) => routes.find(each => each.name === name);
    const kept = (name: string) => operations.filter(each => each.name === name);
    expect(route('Orders.list')).toMatchObject({ count: 3, errorCount: 0 });
    expect(route('Orders.sum')).toMatchObject({ count: 3, slowCount: 3 });
    expect(route('Orders.later')).toMatchObject({ count: 1, slowCount: 1 });
    expect(route('Orders.fails')).toMatchObject({ count: 1, slowCount: 1, errorCount: 1 });
    expect(route('quick')?.oneIn).toBeGreaterThan(1);
    expect(kept('Orders.list')[0]).toMatchObject({ file, line: 4, column: 3, status: 'ok' });
    expect(kept('Orders.fails')[0]?.status).toBe('error');
    expect(stdout).toContain('There is no function gone in');
  });

  test('tell how they worked, or that nobody knows, where a function was quick before', async () => {
    const file = path.join(temporaryFolder(), 'first.cjs');
    writeFileSync(
      file,
      `const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
      const burn = ms => { const end = Date.now() + ms; while (Date.now() < end); };
      async function held() { await null; }
      async function list(ms) { if (ms) await sleep(ms); burn(5); }
      (async () => {
        // Long, since something else keeps the thread: no reason to follow the next ones.
        for (let n = 0; n < 10; n++) { const call = held(); await Promise.resolve().then(() => burn(2)); await call; }
        const other = setInterval(() => burn(5), 10);
        await list(60);
        await list(60);
        clearInterval(other);
      })();
      async function main() { await held(); }`,
    );
    const { routes, operations } = await watch([binary, file], file, ['held=1ms', 'list=50ms']);
    expect(routes.find(({ name }) => name === 'held')?.count).toBe(10);
    const [first, second] = operations.filter(({ name }) => name === 'list');
    expect(first?.slices).toEqual([0, 0]);
    const worked = second?.slices.filter((_, index) => index % 2 === 1).reduce((a, b) => a + b, 0) ?? 0;
    expect(worked).toBeGreaterThan(4000);
    expect((second?.durationMicroseconds ?? 0) - worked).toBeGreaterThan(40_000);
  });

  test.runIf(major >= 22)('are followed where Node strips the types', async () => {
    const file = path.join(temporaryFolder(), 'shop.mts');
    writeFileSync(file, SHOP.replace('list(ms)', 'list(ms: number): Promise<number>'));
    const flag = major === 22 ? ['--experimental-strip-types'] : [];
    const { routes } = await watch([binary, ...flag, file], file, ['Orders.list=50ms']);
    expect(routes[0]).toMatchObject({ name: 'Orders.list', count: 3 });
  });

  test.each(['ts', 'mts'])('are followed in what tsx loads (%s)', async extension => {
    const file = path.join(temporaryFolder(), `shop.${extension}`);
    writeFileSync(file, SHOP.replace('list(ms)', 'list(ms: number): Promise<number>'));
    writeFileSync(path.join(path.dirname(file), 'package.json'), '{ "type": "commonjs" }');
    const main = path.join(path.dirname(file), `main.${extension}`);
    writeFileSync(main, `import './shop.${extension}';`);
    const { routes } = await watch([binary, '--import', pathToFileURL(tsx).href, main], file, [
      'Orders.list=50ms',
    ]);
    expect(routes[0]).toMatchObject({ name: 'Orders.list', count: 3 });
  });

  test('are followed in what was compiled from the watched source', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'shop.ts');
    const compiled = path.join(folder, 'dist', 'shop.js');
    writeFileSync(file, SHOP.replace('list(ms)', 'list(ms: number): Promise<number>'));
    await build({ entryPoints: [file], outfile: compiled, format: 'cjs', sourcemap: true });
    const { routes } = await watch([binary, compiled], file, ['Orders.list=50ms']);
    expect(routes[0]).toMatchObject({ name: 'Orders.list', count: 3 });
  });

  test('are not followed in a text that is another one by now, which is said', async () => {
    const file = path.join(temporaryFolder(), 'shop.cjs');
    const main = path.join(path.dirname(file), 'main.cjs');
    writeFileSync(file, SHOP);
    writeFileSync(main, `require('fs').appendFileSync('shop.cjs', '// later'); require('./shop.cjs');`);
    const { routes, problems, stdout } = await watch([binary, main], file, ['Orders.list=50ms']);
    expect(routes).toEqual([]);
    expect(problems).toEqual([{ code: 'watched-file-changed', detail: file }]);
    expect(stdout).toContain('another text of it than the one on disk');
  });
});

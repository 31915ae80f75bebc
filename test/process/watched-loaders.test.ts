/** Watched functions of files that something compiles on their way into the program: followed, or it is said why not. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';
import { watch, type WatchedRun } from './watched-run.ts';

const temporaryFolder = temporaryFolders();
const MATRIX = path.join(import.meta.dirname, '..', 'matrix');
const MODULES = path.join(MATRIX, 'node_modules');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const esbuildRegister = path.join(MODULES, 'esbuild-register', 'register.js');
const tsNode = path.join(MODULES, 'ts-node');

const ORDERS = `
declare const setTimeout: any;
const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
export class Orders {
  async list(ms: number): Promise<number> {
    await sleep(ms);
    return 1;
  }
}
`;
const CALLS = `
const orders = new Orders();
void (async () => { for (const ms of [0, 0, 60]) await orders.list(ms); })();
`;

interface Workspace {
  readonly folder: string;
  readonly orders: string;
  readonly main: string;
}

/** `main` imports `orders`; what it is called by, `orders`, may have another extension than the file. */
function workspace(extension: string, settings: object = {}, imported = `./orders.${extension}`): Workspace {
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  symlinkSync(MODULES, path.join(folder, 'node_modules'));
  file('package.json', JSON.stringify(settings));
  file('tsconfig.json', JSON.stringify({ compilerOptions: { target: 'es2020', types: [], ...COMPILER } }));
  return {
    folder,
    orders: file(`orders.${extension}`, ORDERS),
    main: file(`main.${extension}`, `import { Orders } from '${imported}';${CALLS}`),
  };
}
const COMPILER = { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true };

const run = (command: readonly string[], { folder, orders }: Workspace): Promise<WatchedRun> =>
  watch(path.join(folder, 'recording'), command, orders, ['Orders.list=50ms']);

function expectFollowed({ code, routes, problems }: WatchedRun): void {
  expect(problems).toEqual([]);
  expect(routes[0]).toMatchObject({ name: 'Orders.list', count: 3 });
  expect(code).toBe(0);
}

function expectRefused({ code, routes, problems, stdout }: WatchedRun, problem: string, words: string): void {
  expect(code).toBe(0);
  expect(routes).toEqual([]);
  expect(problems.map(each => each.code)).toEqual([problem]);
  expect(stdout).toContain(words);
}

describe.each(EDGES)('functions of TypeScript files on Node.js $major', ({ binary, major }) => {
  test.each(['cts', 'mts'])('are watched where tsx loads .%s', async extension => {
    const place = workspace(extension);
    expectFollowed(await run([binary, '--import', tsx, place.main], place));
  });

  test('are watched where ts-node only leaves the types out', async () => {
    const place = workspace('ts', {}, './orders');
    const register = path.join(tsNode, 'register', 'transpile-only.js');
    expectFollowed(await run([binary, '-r', register, place.main], place));
  });

  test('are not watched where ts-node checks their types, which is said, and the program runs', async () => {
    const place = workspace('ts', {}, './orders');
    const register = path.join(tsNode, 'register', 'index.js');
    const ended = await run([binary, '-r', register, place.main], place);
    expectRefused(ended, 'watched-file-type-checked', 'ts-node checks its types');
  });

  test('are watched where ts-node loads ES modules on Node 20, and said not to be on later ones', async () => {
    const place = workspace('mts', { type: 'module' }, './orders.mjs');
    const loader = pathToFileURL(path.join(tsNode, 'esm', 'transpile-only.mjs')).href;
    const compilerOptions = { target: 'es2020', module: 'nodenext', moduleResolution: 'nodenext', types: [] };
    writeFileSync(path.join(place.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const ended = await run([binary, '--loader', loader, place.main], place);
    // Up to Node 22.14 its loader reads the files in the thread of loaders, where they can be edited.
    if (major === 20) expectFollowed(ended);
    else expectRefused(ended, 'watched-file-compiled', 'a loader had compiled the file');
  });

  test('are watched where a hook of require compiles them (esbuild-register)', async () => {
    const place = workspace('ts', {}, './orders');
    const main = path.join(place.folder, 'start.cjs');
    writeFileSync(main, `require('./main.ts');`);
    expectFollowed(await run([binary, '-r', esbuildRegister, main], place));
  });
});

describe.each(EDGES)('functions of compiled files on Node.js $major', ({ binary }) => {
  const compile = async (place: Workspace, outdir: string, options: BuildOptions): Promise<string> => {
    const entryPoints = options.bundle ? [place.main] : [place.main, place.orders];
    await build({ entryPoints, outdir, format: 'cjs', platform: 'node', logLevel: 'error', ...options });
    return path.join(outdir, 'main.js');
  };

  test('are watched where the source map stands in the file', async () => {
    const place = workspace('ts', {}, './orders');
    const main = await compile(place, path.join(place.folder, 'dist'), { sourcemap: 'inline' });
    expect(readFileSync(main, 'utf8')).toContain('sourceMappingURL=data:');
    expectFollowed(await run([binary, main], place));
  });

  test('are watched where the source map lies in another folder', async () => {
    const place = workspace('ts', {}, './orders');
    const dist = path.join(place.folder, 'dist');
    const maps = path.join(place.folder, 'maps', 'deep');
    const main = await compile(place, dist, { sourcemap: 'external' });
    mkdirSync(maps, { recursive: true });
    for (const name of ['main.js', 'orders.js']) {
      const map = JSON.parse(readFileSync(path.join(dist, `${name}.map`), 'utf8')) as { sources: string[] };
      const sources = map.sources.map(source => path.relative(maps, path.join(dist, source)));
      writeFileSync(path.join(maps, `${name}.map`), JSON.stringify({ ...map, sources }));
      writeFileSync(path.join(dist, `${name}.map`), 'not a source map');
      const text = readFileSync(path.join(dist, name), 'utf8');
      writeFileSync(path.join(dist, name), `${text}//# sourceMappingURL=../maps/deep/${name}.map\n`);
    }
    expectFollowed(await run([binary, main], place));
  });

  test.each(['linked', 'inline'] as const)(
    'are watched in a bundle with a source map (%s)',
    async sourcemap => {
      const place = workspace('ts', {}, './orders');
      const main = await compile(place, path.join(place.folder, 'dist'), { bundle: true, sourcemap });
      expectFollowed(await run([binary, main], place));
    },
  );

  test('are not watched in a minified bundle, which is said', async () => {
    const place = workspace('ts', {}, './orders');
    const banner = { js: `const filler = ${JSON.stringify('x'.repeat(1200))};` };
    const options = { bundle: true, minify: true, sourcemap: true, banner } as const;
    const main = await compile(place, path.join(place.folder, 'dist'), options);
    const text = readFileSync(main, 'utf8').replace(';\n', ';');
    writeFileSync(main, text);
    const { routes, stdout, code } = await run([binary, main], place);
    expect(code).toBe(0);
    expect(routes).toEqual([]);
    expect(stdout).toContain('was not watched');
  });

  test('are not watched in a bundle without one, which is said', async () => {
    const place = workspace('ts', {}, './orders');
    const main = await compile(place, path.join(place.folder, 'dist'), { bundle: true, sourcemap: false });
    const { routes, stdout, code } = await run([binary, main], place);
    expect(code).toBe(0);
    expect(routes).toEqual([]);
    expect(stdout).toContain(`Orders.list in ${place.orders} was not watched`);
  });
});

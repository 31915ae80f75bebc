import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { appWith, drawLaunch, nodeOfVersion, problemOf, resolve } from './workspace-folder.ts';

const map = (...sources: string[]): string => JSON.stringify({ version: 3, sources, mappings: '' });
const mapped = (name: string): string => `run();\n//# sourceMappingURL=${name}\n`;
const inlineMap = (...sources: string[]): string =>
  mapped(`data:application/json;base64,${Buffer.from(map(...sources)).toString('base64')}`);

const tsProgram = { program: '${workspaceFolder}/src/index.ts' };
const asBuilt = (source: string, built: string): string =>
  `note: The program ${source} of the configuration "App" is started as its built file ${built}.`;

describe('the program', () => {
  test.each(['app', 'lib', 'data'])('may be named as Node.js allows: %s', async program => {
    const folder = await appWith({ program }, { 'lib/index.js': '', 'data.json': '{}' });
    expect(await drawLaunch(folder)).toEqual([`~ $ ~/bin/node ./${program}`]);
  });

  test('that does not exist is named', async () => {
    const folder = await appWith({ program: '${workspaceFolder}/dist/main.js' });
    expect(await problemOf(resolve(folder), folder)).toBe(
      'launch-program-missing: The program ~/dist/main.js of the configuration "App" does not exist. | Build the project first, or correct "program".',
    );
  });

  test('of another runtime is its own matter', async () => {
    const folder = await appWith({ program: '/srv/app', runtimeExecutable: 'docker' }, { 'bin/docker': '' });
    expect((await resolve(folder)).programs[0]?.args[0]).toMatch(/\/srv\/app$/);
  });
});

describe('a TypeScript program', () => {
  test('is started as the built file whose source map names it', async () => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'dist/other.js': mapped('other.js.map'),
      'dist/other.js.map': map('../src/other.ts'),
      'dist/index.js': mapped('index.js.map'),
      'dist/index.js.map': map('../src/index.ts'),
    });
    expect(await drawLaunch(folder)).toEqual([
      '~ $ ~/bin/node ./dist/index.js',
      asBuilt('src/index.ts', 'dist/index.js'),
    ]);
  });

  test.each([
    ['an inline map', inlineMap('../src/index.ts')],
    [
      'a percent-encoded data URL',
      mapped(`data:application/json,${encodeURIComponent(map('../src/index.ts'))}`),
    ],
    ['a bundle of several sources', inlineMap('../src/a.ts', '../src/index.ts')],
    ['webpack paths', inlineMap('webpack://my-app/./src/index.ts')],
    ['an older comment before the real one', mapped('gone.js.map') + inlineMap('../src/index.ts')],
  ])('is found through %s', async (_, bundle) => {
    const folder = await appWith(tsProgram, { 'src/index.ts': '', 'out/bundle.cjs': bundle });
    expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/node ./out/bundle.cjs');
  });

  test('is found through sourceRoot, sections and percent-encoded names', async () => {
    const files = { 'src/ä b.ts': '' };
    const program = { program: '${workspaceFolder}/src/ä b.ts' };
    const rooted = JSON.stringify({ sourceRoot: '../src/', sources: [encodeURI('ä b.ts')] });
    const root = await appWith(program, { ...files, 'out/x.js': mapped('x%20y.map'), 'out/x y.map': rooted });
    expect((await drawLaunch(root))[0]).toBe('~ $ ~/bin/node ./out/x.js');
    const sections = JSON.stringify({ sections: [{ map: { sources: ['../src/ä b.ts'] } }] });
    const indexed = await appWith(program, { ...files, 'out/x.js': mapped('x.map'), 'out/x.map': sections });
    expect((await drawLaunch(indexed))[0]).toBe('~ $ ~/bin/node ./out/x.js');
  });

  test('prefers the built file of its own name to a bundle', async () => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'dist/bundle.js': inlineMap('../src/index.ts'),
      'lib/index.js': inlineMap('../src/index.ts'),
    });
    expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/node ./lib/index.js');
  });

  test('is looked for in outFiles only', async () => {
    const files = {
      'src/index.ts': '',
      'old/index.js': inlineMap('../src/index.ts'),
      'build/index.js': inlineMap('../src/index.ts'),
      'build/skip/index.js': inlineMap('../../src/index.ts'),
    };
    const outFiles = ['${workspaceFolder}/build/**/*.js', '!**/skip/**'];
    const folder = await appWith({ ...tsProgram, outFiles }, files);
    expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/node ./build/index.js');
    const none = await appWith({ ...tsProgram, outFiles: [] }, files);
    expect(await problemOf(resolve(none))).toMatch(/^launch-program-typescript/);
  });

  test('is not looked for in packages', async () => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'node_modules/copy/index.js': inlineMap('../../src/index.ts'),
    });
    expect(await problemOf(resolve(folder))).toMatch(/^launch-program-typescript/);
  });

  test('is replaced by its built file for other runtimes too, as js-debug does', async () => {
    const folder = await appWith(
      { ...tsProgram, runtimeExecutable: 'tsx' },
      { 'src/index.ts': '', 'dist/index.js': inlineMap('../src/index.ts'), 'bin/tsx': '' },
    );
    expect(await drawLaunch(folder)).toEqual([
      '~ $ ~/bin/tsx ./dist/index.js',
      asBuilt('src/index.ts', 'dist/index.js'),
    ]);
  });

  test('is started as it is by tsx, and where a loader is loaded first', async () => {
    const files = { 'src/index.ts': '', 'bin/tsx': '' };
    const tsx = await appWith({ ...tsProgram, runtimeExecutable: 'tsx' }, files);
    expect(await drawLaunch(tsx)).toEqual(['~ $ ~/bin/tsx ./src/index.ts']);
    const loader = await appWith({ ...tsProgram, runtimeArgs: ['--import', 'tsx'] }, files);
    expect(await drawLaunch(loader)).toEqual(['~ $ ~/bin/node --import tsx ./src/index.ts']);
    const options = await appWith(
      { program: 'src/index', env: { NODE_OPTIONS: '-r ts-node/register' } },
      files,
    );
    expect(await drawLaunch(options)).toEqual(['~ $ ~/bin/node ./src/index']);
  });

  test.each([
    [20, 19, false],
    [22, 17, false],
    [22, 18, true],
    [23, 5, false],
    [23, 6, true],
    [24, 0, true],
  ])('is left to Node.js %i.%i when that strips types: %s', async (major, minor, strips) => {
    const folder = await appWith(tsProgram, { ...nodeOfVersion(major, minor), 'src/index.ts': '' });
    const outcome = strips ? (await drawLaunch(folder)).join() : await problemOf(resolve(folder), folder);
    expect(outcome).toBe(
      strips
        ? '~ $ ~/bin/node ./src/index.ts'
        : `launch-program-typescript: The program ~/src/index.ts of the configuration "App" is TypeScript: no built file of it was found, and Node.js ${major}.${minor} cannot run it. | Build the project with source maps, set "runtimeExecutable" to "tsx", or use Node.js 22.18 or newer.`,
    );
  });

  test('with JSX is not left to any Node.js', async () => {
    const folder = await appWith(
      { program: 'src/view.tsx' },
      { ...nodeOfVersion(24, 0), 'src/view.tsx': '' },
    );
    expect(await problemOf(resolve(folder))).toMatch(/^launch-program-typescript/);
  });

  test('is started as it is, with a note, by a Node.js whose version is not known', async () => {
    const folder = await appWith(tsProgram, { 'src/index.ts': '', 'include/node/node_version.h': '' });
    expect(await drawLaunch(folder)).toEqual([
      '~ $ ~/bin/node ./src/index.ts',
      'note: Whether ~/bin/node can run TypeScript is not known; ~/src/index.ts is started as it is.',
    ]);
  });

  test('that is itself missing is missing, built or not', async () => {
    expect(await problemOf(resolve(await appWith(tsProgram)))).toMatch(/^launch-program-missing/);
  });

  test.each([
    ['a URL that is no encoding', mapped('%ff.js.map')],
    ['a data URL that is no encoding', mapped('data:application/json,%ff')],
    ['a file of another machine', mapped('file://host/index.js.map')],
    ['a file URL with an encoded slash', mapped('file:///a%2Fb.map')],
    ['a source of another machine', inlineMap('file://host/src/index.ts')],
    ['a source that is no encoding', inlineMap('%ff.ts')],
    ['a folder as its map', mapped('.')],
    ['a name that is too long', mapped(`${'x'.repeat(300)}.map`)],
  ])('is found beside a file with %s', async (_, odd) => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'dist/index.js': odd,
      'out/bundle.cjs': inlineMap('../src/index.ts'),
    });
    expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/node ./out/bundle.cjs');
  });

  test.skipIf(process.getuid?.() === 0)("is found beside a folder and a file of others'", async () => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'data/a.js': '',
      'dist/a.js': '',
      'dist/index.js': inlineMap('../src/index.ts'),
    });
    await chmod(path.join(folder, 'data'), 0);
    await chmod(path.join(folder, 'dist/a.js'), 0);
    try {
      expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/node ./dist/index.js');
    } finally {
      await chmod(path.join(folder, 'data'), 0o700);
    }
  });

  test('is not found through a map that is broken', async () => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'dist/index.js': mapped('index.js.map'),
      'dist/index.js.map': '{"sources":',
    });
    expect(await problemOf(resolve(folder))).toMatch(/^launch-program-typescript/);
  });
});

describe('a TypeScript program without source maps is found by tsconfig.json', () => {
  test.each([
    ['outDir and rootDir', { outDir: 'dist', rootDir: 'src' }, 'dist/index.js'],
    ['outDir with the sources in one folder', { outDir: './dist' }, 'dist/index.js'],
    ['outDir with sources in several folders', { outDir: 'dist' }, 'dist/src/index.js'],
    ['no outDir', {}, 'src/index.js'],
  ])('%s', async (_, compilerOptions, built) => {
    const folder = await appWith(tsProgram, {
      'src/index.ts': '',
      'tsconfig.json': `{ // comment\n "compilerOptions": ${JSON.stringify(compilerOptions)}, }`,
      [built]: '',
    });
    expect(await drawLaunch(folder)).toEqual([`~ $ ~/bin/node ./${built}`, asBuilt('src/index.ts', built)]);
  });

  test('of a package in the workspace, which extends another one', async () => {
    const folder = await appWith(
      { program: 'packages/api/src/main.mts' },
      {
        'packages/api/src/main.mts': '',
        'packages/api/tsconfig.json':
          '{ "extends": "../../tsconfig.base", "compilerOptions": { "rootDir": "src" } }',
        'tsconfig.base.json':
          '{ "extends": ["./tsconfig.base.json"], "compilerOptions": { "outDir": "build" } }',
        'build/main.mjs': '',
      },
    );
    expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/node ./build/main.mjs');
  });
});

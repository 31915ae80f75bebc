import { describe, expect, test } from 'vitest';
import { mergeVariables, withPathFolder } from '../../../../src/collect/launch/environment.ts';
import { appWith, drawEnvironment, problemOf, resolve } from './workspace-folder.ts';

const program = 'app.js';

describe('the environment of a program', () => {
  test('is the inherited one, then envFile, then env; null unsets', async () => {
    const folder = await appWith(
      {
        program,
        envFile: '${workspaceFolder}/.env',
        env: { C: 'env ${env:A}', GONE: null, PORT: 3000, EMPTY: '' },
      },
      { '.env': 'B=file\nC=file\nGONE=file\n' },
    );
    const environment = { A: 'inherited', B: 'inherited', GONE: 'inherited' };
    expect(await drawEnvironment(folder, { environment })).toEqual([
      'A=inherited',
      'B=file',
      'C=env inherited',
      'EMPTY=',
      'PORT=3000',
    ]);
  });

  test('does not hold what belongs to the editor', async () => {
    const folder = await appWith({ program });
    const environment = { VSCODE_INSPECTOR_OPTIONS: '{}', ELECTRON_RUN_AS_NODE: '1', HOME: '/home/u' };
    expect(await drawEnvironment(folder, { environment })).toEqual(['HOME=/home/u']);
  });

  test('several envFiles are read in order', async () => {
    const folder = await appWith(
      { program, envFile: ['.env', '${workspaceFolder}/config/é.env'] },
      { '.env': 'A=1\nB=1', 'config/é.env': '\uFEFFB=2' },
    );
    expect(await drawEnvironment(folder)).toEqual(['A=1', 'B=2']);
  });

  test('a missing envFile is named', async () => {
    const folder = await appWith({ program, envFile: '${workspaceFolder}/.env' });
    expect(await problemOf(resolve(folder), folder)).toBe(
      'launch-env-file-missing: The environment file ~/.env of the configuration "App" does not exist. | Create it, or correct "envFile".',
    );
  });

  test('an envFile that is a folder is not readable', async () => {
    const folder = await appWith({ program, envFile: 'bin' });
    expect(await problemOf(resolve(folder), folder)).toMatch(
      /^file-unreadable: ~\/bin cannot be read: EISDIR/,
    );
  });
});

describe('NODE_OPTIONS', () => {
  const environment = { NODE_OPTIONS: '--trace-warnings' };
  const file = { '.env': 'NODE_OPTIONS=--max-old-space-size=64\n' };
  test.each([
    ['inherited', {}, '--trace-warnings'],
    ['of the envFile joins the inherited', { envFile: '.env' }, '--trace-warnings --max-old-space-size=64'],
    [
      'of env replaces that of the envFile',
      { envFile: '.env', env: { NODE_OPTIONS: '--no-deprecation' } },
      '--trace-warnings --no-deprecation',
    ],
    ['empty leaves the inherited', { env: { NODE_OPTIONS: '' } }, '--trace-warnings'],
    [
      'that holds the inherited is not joined with it again',
      { env: { NODE_OPTIONS: '--no-deprecation ${env:NODE_OPTIONS}' } },
      '--no-deprecation --trace-warnings',
    ],
    ['null unsets', { envFile: '.env', env: { NODE_OPTIONS: null } }, undefined],
    [
      'built from the inherited is not doubled',
      { env: { NODE_OPTIONS: '${env:NODE_OPTIONS}' } },
      '--trace-warnings',
    ],
  ])('%s', async (_, fields, expected) => {
    const folder = await appWith({ program, ...fields }, file);
    expect((await resolve(folder, { environment })).programs[0]?.env['NODE_OPTIONS']).toBe(expected);
  });
});

test('on Windows the names of variables are equal whatever their case', () => {
  expect(mergeVariables({ Path: 'a', x: '1' }, { PATH: 'b', X: null, y: '2' }, 'win32')).toEqual({
    Path: 'b',
    y: '2',
  });
  expect(mergeVariables({ Path: 'a' }, { PATH: 'b' }, 'linux')).toEqual({ Path: 'a', PATH: 'b' });
  expect(withPathFolder({ Path: String.raw`C:\a` }, String.raw`C:\node`, 'win32')).toEqual({
    Path: String.raw`C:\node;C:\a`,
  });
  expect(withPathFolder({}, '/node', 'linux')).toEqual({ PATH: '/node' });
});

import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandVariables } from '../../../../src/collect/launch/variables.ts';
import type { ExpandOptions, VariableScope } from '../../../../src/collect/launch/variables.ts';
import { appWith, drawLaunch, problemOf } from './workspace-folder.ts';

const scope: VariableScope = {
  folder: '/w/my app',
  folders: new Map([
    ['my app', '/w/my app'],
    ['lib', '/w/lib'],
  ]),
  environment: { HOME: '/home/u', ODD: '${env:HOME}' },
  settings: {
    'app.port': 3000,
    app: { deep: { on: true }, 'half.way': 'x' },
    folder: '${workspaceFolder}/${config:app.port}',
    a: '${config:b}',
    b: '${config:a}',
  },
  inputs: [
    { id: 'port', type: 'promptString', default: '80${/}' },
    { id: 'pick', type: 'pickString', options: ['a', 'b'] },
    { id: 'again', default: '${input:again}' },
  ],
  activeFile: '/w/my app/src/deep/main.spec.ts',
  platform: 'linux',
};

const expand = (
  text: string,
  options: Partial<ExpandOptions> = {},
  part: Partial<VariableScope> = {},
): string => expandVariables(text, { ...scope, ...part }, { owner: 'configuration "App"', ...options });

test.each([
  ['plain $HOME {x} $', 'plain $HOME {x} $'],
  ['${workspaceFolder}/a${workspaceFolderBasename}', '/w/my app/amy app'],
  ['${workspaceRoot} ${cwd}', '/w/my app /w/my app'],
  ['${workspaceFolder:lib}|${workspaceFolderBasename:lib}', '/w/lib|lib'],
  ['${env:HOME}|${env:NOTHING}|${env:home}', '/home/u||'],
  ['${env:ODD}', '${env:HOME}'],
  ['${userHome}', homedir()],
  ['${execPath}', process.execPath],
  ['a${pathSeparator}b${/}c', `a${path.sep}b${path.sep}c`],
  ['${config:app.port} ${config:app.deep.on} ${config:app.half.way}', '3000 true x'],
  ['${config:folder}', '/w/my app/3000'],
  ['${input:port}', `80${path.sep}`],
  ['${file}', '/w/my app/src/deep/main.spec.ts'],
  ['${relativeFile}', 'src/deep/main.spec.ts'],
  ['${relativeFile:lib}', '../my app/src/deep/main.spec.ts'],
  ['${relativeFileDirname}', 'src/deep'],
  ['${fileDirname}', '/w/my app/src/deep'],
  ['${fileDirnameBasename}', 'deep'],
  ['${fileBasename} ${fileBasenameNoExtension} ${fileExtname}', 'main.spec.ts main.spec .ts'],
  ['${fileWorkspaceFolder} ${fileWorkspaceFolderBasename}', '/w/my app my app'],
])('%s', (text, expected) => {
  expect(expand(text)).toBe(expected);
});

test('a file in the workspace folder itself has "." as its relative folder', () => {
  expect(expand('${relativeFileDirname}', {}, { activeFile: '/w/my app/a.ts' })).toBe('.');
});

test('on Windows environment variables are found whatever their case', () => {
  expect(expand('${env:home}', {}, { platform: 'win32' })).toBe('/home/u');
});

test('what is no variable of VS Code is left to a shell, and to nobody else', async () => {
  expect(expand('${HOME} ${x:-1} ${workspaceFolder:lib}', { forShell: true })).toBe('${HOME} ${x:-1} /w/lib');
  expect(await problem('${HOME}')).toMatch(/^launch-variable-unknown/);
});

describe('variables without a value', () => {
  test.each([
    [
      '${workspacefolder}',
      'launch-variable-unknown: There is no variable ${workspacefolder}; it is used in the configuration "App".',
    ],
    [
      '${command:pickArgs}',
      'launch-variable-editor: The variable ${command:pickArgs} of the configuration "App" has a value only inside VS Code.',
    ],
    ['${lineNumber}', 'launch-variable-editor: '],
    [
      '${input:pick}',
      'launch-variable-input: The variable ${input:pick} of the configuration "App" asks for a value and has no "default".',
    ],
    ['${input:nobody}', 'launch-variable-input: '],
    [
      '${config:app}',
      'launch-variable-setting: The variable ${config:app} of the configuration "App" needs the setting "app", which',
    ],
    ['${config:none}', 'launch-variable-setting: '],
    [
      '${workspaceFolder:web}',
      'launch-variable-folder: The variable ${workspaceFolder:web} of the configuration "App" names an unknown workspace folder. | The folders are: my app, lib.',
    ],
    [
      '${config:a}',
      'launch-variable-cyclic: A variable of the configuration "App" contains itself: ${config:a} → ${config:b} → ${config:a}.',
    ],
    ['${input:again}', 'launch-variable-cyclic: '],
  ])('%s', async (text, expected) => {
    expect(await problem(text)).toContain(expected);
  });

  test('the file family without an open file', async () => {
    expect(await problem('${fileDirname}', { activeFile: undefined })).toBe(
      'launch-variable-file: The variable ${fileDirname} of the configuration "App" means the file that is open in VS Code. | Name the file in the configuration instead.',
    );
  });
});

test('settings.json, even a broken one, and inputs of launch.json are used', async () => {
  const folder = await appWith(
    {},
    {
      '.vscode/settings.json': '{ "app.port": 3000, "broken": ',
      '.vscode/launch.json': JSON.stringify({
        inputs: [{ id: 'mode', type: 'pickString', default: 'fast' }],
        configurations: [
          {
            type: 'node',
            request: 'launch',
            name: 'App',
            program: '${file}',
            args: ['${config:app.port}', '${input:mode}'],
          },
        ],
      }),
    },
  );
  expect(await drawLaunch(folder, { activeFile: path.join(folder, 'app.js') })).toEqual([
    '~ $ ~/bin/node ./app.js 3000 fast',
  ]);
});

const problem = (text: string, part: Partial<VariableScope> = {}): Promise<string> =>
  problemOf(Promise.resolve().then(() => expand(text, {}, part)));

import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listLaunchNames } from '../../../../src/collect/launch/resolve-launch.ts';
import {
  appWith,
  drawLaunch,
  folderWith,
  launchJson,
  nodeOfVersion,
  problemOf,
  resolve,
} from './workspace-folder.ts';

const app = { type: 'node', request: 'launch', name: 'App', program: '${workspaceFolder}/app.js' };

describe('finding a launch configuration', () => {
  test('comments, trailing commas and a byte order mark in launch.json are read over', async () => {
    const folder = await folderWith({
      ...nodeOfVersion(20, 0),
      'app.js': '',
      '.vscode/launch.json': `\uFEFF{
        // Use IntelliSense to learn about possible attributes.
        "version": "0.2.0",
        "configurations": [
          { "type": "node", "request": "launch", "name": "App", /* entry */ "program": "\${workspaceFolder}/app.js", },
        ],
      }`,
    });
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/node ./app.js']);
  });

  test('the launch sections of settings.json and of a .code-workspace file count too', async () => {
    const folder = await folderWith({
      ...nodeOfVersion(20, 0),
      'app.js': '',
      'one.js': '',
      '.vscode/settings.json': JSON.stringify({ launch: { configurations: [app] } }),
      'all.code-workspace': JSON.stringify({
        folders: [{ path: '.' }],
        launch: { configurations: [{ ...app, name: 'One', program: 'one.js' }] },
      }),
    });
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/node ./app.js']);
    expect(await drawLaunch(folder, { name: 'One' })).toEqual(['~ $ ~/bin/node ./one.js']);
  });

  test('names are listed without those that VS Code hides, compounds last', async () => {
    const folder = await folderWith({
      '.vscode/launch.json': JSON.stringify({
        compounds: [{ name: 'All', configurations: ['API', 'Web'] }],
        configurations: [{ name: 'API' }, { name: 'Web', presentation: { hidden: true } }, { name: 'Tests' }],
      }),
    });
    expect(await listLaunchNames(folder)).toEqual(['API', 'Tests', 'All']);
  });

  test('a folder without launch.json has no names', async () => {
    expect(await listLaunchNames(await folderWith({}))).toEqual([]);
  });

  test('the section of the platform is put over the configuration', async () => {
    const folder = await appWith(
      {
        program: 'app.js',
        args: ['all'],
        linux: { args: ['linux'] },
        osx: { args: ['osx'] },
        windows: { args: ['windows'] },
      },
      { 'bin/node.exe': '' },
    );
    expect(await drawLaunch(folder, { platform: 'linux' })).toEqual(['~ $ ~/bin/node ./app.js linux']);
    expect(await drawLaunch(folder, { platform: 'darwin' })).toEqual(['~ $ ~/bin/node ./app.js osx']);
  });

  test('what only a debugger needs is not even read', async () => {
    const folder = await appWith({
      program: 'app.js',
      skipFiles: ['<node_internals>/**'],
      sourceMapPathOverrides: { 'webpack:///*': '${webRoot}/*' },
      console: 'integratedTerminal',
      stopOnEntry: true,
      serverReadyAction: { uriFormat: '${command:nothing}' },
    });
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/node ./app.js']);
  });
});

describe('compounds', () => {
  const compoundFolder = (compound: object, files: Readonly<Record<string, string>> = {}): Promise<string> =>
    folderWith({
      ...nodeOfVersion(20, 0),
      'api.js': '',
      'web.js': '',
      '.vscode/launch.json': JSON.stringify({
        configurations: [
          { ...app, name: 'API', program: 'api.js', preLaunchTask: 'build' },
          { ...app, name: 'Web', program: 'web.js', preLaunchTask: 'build' },
        ],
        compounds: [{ name: 'App', ...compound }],
      }),
      '.vscode/tasks.json': JSON.stringify({
        tasks: [
          { label: 'build', type: 'process', command: 'node', args: ['build.js'] },
          { label: 'clean', type: 'process', command: 'node', args: ['clean.js'] },
        ],
      }),
      ...files,
    });

  test('every member is a program, and tasks that several need run once, the task of the compound first', async () => {
    const folder = await compoundFolder({
      configurations: ['API', 'Web'],
      preLaunchTask: 'clean',
      stopAll: true,
    });
    const plan = await resolve(folder);
    expect(await drawLaunch(folder)).toEqual([
      'first ~ $ ~/bin/node clean.js',
      'first ~ $ ~/bin/node build.js',
      '~ $ ~/bin/node ./api.js',
      '~ $ ~/bin/node ./web.js',
    ]);
    expect(plan).toMatchObject({ name: 'App', preLaunchTask: 'clean', stopAll: true });
    expect(plan.programs.map(program => program.name)).toEqual(['API', 'Web']);
  });

  test('a member may stand in another folder of a multi-root workspace', async () => {
    const folder = await compoundFolder(
      { configurations: [{ name: 'Worker', folder: 'jobs' }] },
      {
        'all.code-workspace': JSON.stringify({
          folders: [{ path: '.' }, { path: 'packages/worker', name: 'jobs' }],
        }),
        'packages/worker/.vscode/launch.json': launchJson({ ...app, name: 'Worker', program: 'worker.js' }),
        'packages/worker/worker.js': '',
      },
    );
    expect(await drawLaunch(folder)).toEqual(['~/packages/worker $ ~/bin/node ./worker.js']);
  });

  test('without stopAll the programs end each for itself', async () => {
    const folder = await compoundFolder({ configurations: ['API'] });
    expect((await resolve(folder)).stopAll).toBe(false);
  });

  test('a member that does not exist is named', async () => {
    const folder = await compoundFolder({ configurations: ['API', 'Wbe'] });
    expect(await problemOf(resolve(folder))).toBe(
      'launch-compound-member: The compound "App" contains "Wbe", but there is no such configuration. | Choose among: API, Web, App.',
    );
  });

  test('a compound in a compound is refused, as in VS Code', async () => {
    const folder = await compoundFolder({ configurations: ['App'] });
    expect(await problemOf(resolve(folder))).toMatch(
      /^launch-compound-member: The compound "App" contains "App"/,
    );
  });

  test('a compound without members is refused', async () => {
    const folder = await compoundFolder({ configurations: [] });
    expect(await problemOf(resolve(folder))).toBe(
      'launch-invalid: In the compound "App", "configurations" has to be a list of names. | Correct it in .vscode/launch.json or tasks.json.',
    );
  });
});

describe('configurations that cannot be run', () => {
  test('an unknown name is answered with the names there are and the one that was meant', async () => {
    const folder = await folderWith({
      '.vscode/launch.json': launchJson({ ...app, name: 'Launch API' }, { ...app, name: 'Tests' }),
    });
    expect(await problemOf(resolve(folder, { name: 'launch apy' }))).toBe(
      'launch-name-unknown: There is no launch configuration named "launch apy"; did you mean "Launch API"? | The configurations of this folder are: "Launch API", "Tests".',
    );
    expect(await problemOf(resolve(folder, { name: 'Worker' }))).toMatch(
      /named "Worker"\. \| The configurations/,
    );
  });

  test('a folder without launch.json', async () => {
    const folder = await folderWith({});
    expect(await problemOf(resolve(folder), folder)).toBe(
      'launch-file-missing: There are no launch configurations in ~. | Add .vscode/launch.json in VS Code, or start the program with `slowcatch run -- node app.js`.',
    );
  });

  test('a broken launch.json, with the place of the mistake', async () => {
    const folder = await folderWith({
      '.vscode/launch.json': '{\n  "configurations": [\n    { "name": "App" "type": "node" }\n  ]\n}',
    });
    expect(await problemOf(resolve(folder), folder)).toBe(
      'json-broken: ~/.vscode/launch.json:3:21 is not valid JSON: comma expected. | Correct the file and try again; comments and trailing commas are allowed.',
    );
  });

  test('a launch.json that holds a list', async () => {
    const folder = await folderWith({ '.vscode/launch.json': '[]' });
    expect(await problemOf(resolve(folder), folder)).toMatch(
      /launch.json:1:1 is not valid JSON: object expected/,
    );
  });

  test('another language', async () => {
    const folder = await appWith({ type: 'debugpy', program: 'app.py' });
    expect(await problemOf(resolve(folder))).toBe(
      'launch-type: The configuration "App" is of type "debugpy", which does not start Node.js. | Choose a configuration of type node or node-terminal.',
    );
  });

  test.each([
    [{ port: 9230 }, 'localhost:9230'],
    [{ address: '10.0.0.7', port: 9229 }, '10.0.0.7:9229'],
    [{ processId: '4711' }, '4711'],
    [{ processId: '${command:PickProcess}' }, 'localhost:9229'],
  ])('attaching with %j is a matter of slowcatch attach', async (fields, target) => {
    const folder = await appWith({ request: 'attach', ...fields });
    expect(await problemOf(resolve(folder))).toBe(
      `launch-attach: The configuration "App" attaches to a running program. | Use \`slowcatch attach ${target}\`.`,
    );
  });

  test.each([
    [{ request: undefined }, '"request" has to be "launch"'],
    [{ program: 7 }, '"program" has to be a text'],
    [{ program: 'app.js', args: { a: 1 } }, '"args" has to be a list of texts'],
    [{ program: 'app.js', args: [['a']] }, '"args" has to be a list of texts'],
    [{ program: 'app.js', runtimeArgs: '--inspect' }, '"runtimeArgs" has to be a list of texts'],
    [{ program: 'app.js', env: { A: {} } }, '"env.A" has to be a text or null'],
    [{ program: 'app.js', env: ['A=1'] }, '"env" has to be an object of texts'],
    [{ program: 'app.js', cwd: ['x'] }, '"cwd" has to be a text'],
  ])('a field of the wrong kind: %j', async (fields, message) => {
    const folder = await appWith(fields);
    expect(await problemOf(resolve(folder))).toContain(
      `launch-invalid: In the configuration "App", ${message}`,
    );
  });

  test('nothing to start', async () => {
    expect(await problemOf(resolve(await appWith({})))).toMatch(
      /^launch-nothing: The configuration "App" names nothing/,
    );
    expect(await problemOf(resolve(await appWith({ type: 'node-terminal' })))).toMatch(/^launch-nothing/);
  });

  test('a working folder that is not there, or is a file', async () => {
    const folder = await appWith({ program: 'app.js', cwd: '${workspaceFolder}/server' });
    expect(await problemOf(resolve(folder), folder)).toBe(
      'launch-cwd-missing: The working folder ~/server of the configuration "App" does not exist. | Correct its "cwd".',
    );
    const file = await appWith({ program: 'app.js', cwd: '${workspaceFolder}/app.js' });
    expect(await problemOf(resolve(file), file)).toMatch(/^launch-cwd-missing: The working folder ~\/app.js/);
  });
});

test('a relative workspace folder is taken from where we run', async () => {
  const folder = await appWith({ program: 'app.js' });
  const plan = await resolve(folder, { workspaceFolder: path.relative(process.cwd(), folder) });
  expect(plan.programs[0]?.cwd).toBe(folder);
});

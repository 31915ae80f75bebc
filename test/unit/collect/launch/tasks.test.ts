import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFiles, appWith, drawLaunch, problemOf, resolve } from './workspace-folder.ts';

const app = '~ $ ~/bin/node ./app.js';

const withTasks = (
  preLaunchTask: unknown,
  content: object | string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> =>
  appWith(
    { program: 'app.js', preLaunchTask },
    {
      'bin/npm': '',
      '.vscode/tasks.json':
        typeof content === 'string' ? content : JSON.stringify({ version: '2.0.0', ...content }),
      ...files,
    },
  );

const packageJson = JSON.stringify({ scripts: { build: 'tsc' } });

describe('npm tasks', () => {
  test('run the script', async () => {
    const folder = await withTasks(
      'make',
      { tasks: [{ label: 'make', type: 'npm', script: 'build', path: 'sub' }] },
      { 'sub/package.json': packageJson },
    );
    expect(await drawLaunch(folder)).toEqual(['first ~/sub $ ~/bin/npm run build', app]);
    expect((await resolve(folder)).preLaunchTask).toBe('make');
  });

  test.each([
    ['npm: build', 'first ~ $ ~/bin/npm run build'],
    ['npm: install', 'first ~ $ ~/bin/npm install'],
    ['npm: build - packages/api', 'first ~/packages/api $ ~/bin/npm run build'],
  ])('need not stand in tasks.json: %s', async (name, line) => {
    const folder = await withTasks(
      name,
      {},
      { 'package.json': packageJson, 'packages/api/package.json': packageJson },
    );
    expect(await drawLaunch(folder)).toEqual([line, app]);
  });

  test('in tasks.json without a label are named as VS Code names them', async () => {
    const folder = await withTasks('npm: build', {
      tasks: [{ type: 'npm', script: 'build', options: { env: { MODE: 'x' } } }],
    });
    expect((await resolve(folder)).before[0]).toMatchObject({ name: 'npm: build', env: { MODE: 'x' } });
  });

  test.each([
    ['pnpm-lock.yaml', '{}', 'pnpm'],
    ['yarn.lock', '{}', 'yarn'],
    ['yarn.lock', '{ "npm.packageManager": "npm" }', 'npm'],
    ['package-lock.json', '{ "npm.scriptRunner": "auto" }', 'npm'],
  ])('are run by the owner of %s, with the settings %s', async (lockFile, settings, runner) => {
    const folder = await withTasks(
      'npm: build',
      {},
      {
        'package.json': packageJson,
        [lockFile]: '',
        '.vscode/settings.json': settings,
        'bin/pnpm': '',
        'bin/yarn': '',
      },
    );
    expect(await drawLaunch(folder)).toEqual([`first ~ $ ~/bin/${runner} run build`, app]);
  });

  test('with a script that is not there', async () => {
    const folder = await withTasks(
      'npm: bild',
      { tasks: [{ label: 'other', type: 'shell', command: 'x' }] },
      { 'package.json': packageJson },
    );
    expect(await problemOf(resolve(folder))).toBe(
      'launch-task-unknown: There is no task named "npm: bild". | The tasks of .vscode/tasks.json are: other.',
    );
  });
});

describe('TypeScript tasks', () => {
  test.each([
    ['tsc: build - tsconfig.json', ['first ~ $ ~/node_modules/.bin/tsc -p ~/tsconfig.json', app]],
    [
      'tsc: watch - tsconfig.json',
      [
        'beside ~ $ ~/node_modules/.bin/tsc -p ~/tsconfig.json --watch',
        app,
        'note: The task "tsc: watch - tsconfig.json" runs in the background: the program starts without waiting for it.',
      ],
    ],
  ])('need not stand in tasks.json: %s', async (name, lines) => {
    const folder = await withTasks(name, {}, { 'tsconfig.json': '{}', 'node_modules/.bin/tsc': '' });
    expect(
      (await drawLaunch(folder)).map(line => line.replaceAll('"~/tsconfig.json"', '~/tsconfig.json')),
    ).toEqual(lines);
  });

  test('without tsc', async () => {
    const folder = await withTasks('tsc: build - tsconfig.json', {}, { 'tsconfig.json': '{}' });
    expect(await problemOf(resolve(folder))).toMatch(
      /^launch-executable-missing: The executable "tsc" of the task "tsc: build/,
    );
  });
});

describe('shell and process tasks', () => {
  const commandLine = async (task: object, platform: NodeJS.Platform = 'linux'): Promise<string> => {
    const tasks = [{ label: 'make', type: 'shell', ...task }];
    const folder = await withTasks('make', { tasks }, { 'bin/node.exe': '' });
    const [launch] = (await resolve(folder, { platform })).before;
    return (launch?.args.at(-1) ?? '').replaceAll(folder, '~');
  };

  test('a command alone is the line of the user', async () => {
    expect(await commandLine({ command: 'rm -rf "a b" && echo $HOME ${HOME} ${workspaceFolder}' })).toBe(
      'rm -rf "a b" && echo $HOME ${HOME} ~',
    );
  });

  test('arguments are quoted by the rules of VS Code', async () => {
    const args = [
      'a b',
      '"a b"',
      String.raw`a\ b`,
      '$HOME',
      '*.js',
      { value: 'c d', quoting: 'weak' },
      { value: "e 'f'", quoting: 'escape' },
      { value: 'g', quoting: 'strong' },
    ];
    expect(await commandLine({ command: 'my tool', args })).toBe(
      String.raw`'my tool' 'a b' "a b" a\ b $HOME *.js "c d" e\ \'f\' 'g'`,
    );
  });

  test('the shell is the one of the user, or the one that the task names', async () => {
    const tasks = [
      { label: 'plain', type: 'shell', command: 'x' },
      {
        label: 'own',
        type: 'shell',
        command: 'x',
        options: { shell: { executable: 'bash', args: ['-l', '-c'] } },
      },
      { label: 'make', dependsOn: ['plain', 'own'] },
    ];
    const folder = await withTasks('make', { tasks }, { 'bin/bash': '' });
    expect(await drawLaunch(folder, { environment: { SHELL: '/bin/zsh' } })).toEqual([
      'first ~ $ /bin/zsh -c x',
      'first ~ $ ~/bin/bash -l -c x',
      app,
    ]);
  });

  test('a process is started without a shell; that is what a task without type is', async () => {
    const folder = await withTasks(
      'make',
      {
        options: { cwd: '${workspaceFolder}/sub', env: { A: '1', B: '1' } },
        tasks: [{ label: 'make', command: 'node', args: ['a b', '${env:X}'], options: { env: { B: '2' } } }],
      },
      { 'sub/.keep': '' },
    );
    const [launch] = (await resolve(folder, { environment: { X: 'x y' } })).before;
    expect(launch).toMatchObject({
      name: 'make',
      file: path.join(folder, 'bin/node'),
      args: ['a b', 'x y'],
      cwd: path.join(folder, 'sub'),
      env: { A: '1', B: '2', X: 'x y' },
      background: false,
    });
  });

  test('the section of the platform is put over the task', async () => {
    const task = {
      command: 'make',
      linux: { command: 'gmake' },
      windows: { command: 'nmake', args: ['a b'] },
    };
    expect(await commandLine(task)).toBe('gmake');
    expect(await commandLine(task, 'win32')).toBe("nmake 'a b'; exit $LASTEXITCODE");
  });

  test('inputs of tasks.json are used', async () => {
    const folder = await withTasks('make', {
      inputs: [{ id: 'target', type: 'promptString', default: 'all' }],
      tasks: [{ label: 'make', type: 'process', command: 'node', args: ['${input:target}'] }],
    });
    expect((await drawLaunch(folder))[0]).toBe('first ~ $ ~/bin/node all');
  });

  test.each([
    [
      { type: 'shell', command: 'x', args: 'y' },
      'launch-invalid: In the task "make", "args" has to be a list.',
    ],
    [
      { type: 'shell', command: {} },
      'launch-invalid: In the task "make", "command or args" has to be texts.',
    ],
    [
      { type: 'process', command: 'nowhere' },
      'launch-executable-missing: The executable "nowhere" of the task "make"',
    ],
    [
      { type: 'shell', command: 'x', options: { cwd: 'nowhere' } },
      'launch-cwd-missing: The working folder ~/nowhere of the task "make"',
    ],
    [
      { type: 'shell', command: '${command:x}' },
      'launch-variable-editor: The variable ${command:x} of the task "make"',
    ],
  ])('%j cannot be run', async (task, message) => {
    const folder = await withTasks('make', { tasks: [{ label: 'make', ...task }] });
    expect(await problemOf(resolve(folder), folder)).toContain(message);
  });
});

describe('which task', () => {
  const step = (label: string, more: object = {}): object => ({
    label,
    type: 'process',
    command: 'node',
    args: [label],
    ...more,
  });

  test('dependencies run first, each once', async () => {
    const folder = await withTasks(
      'all',
      {
        tasks: [
          step('all', { dependsOn: ['client', 'server'], dependsOrder: 'sequence' }),
          step('client', { dependsOn: 'clean' }),
          step('server', { dependsOn: ['clean', { type: 'npm', script: 'build' }] }),
          step('clean'),
        ],
      },
      { 'package.json': packageJson },
    );
    expect(await drawLaunch(folder)).toEqual([
      'first ~ $ ~/bin/node clean',
      'first ~ $ ~/bin/node client',
      'first ~ $ ~/bin/npm run build',
      'first ~ $ ~/bin/node server',
      'first ~ $ ~/bin/node all',
      app,
    ]);
  });

  test('the default build task', async () => {
    const tasks = [step('a', { group: 'build' }), step('b', { group: { kind: 'build', isDefault: true } })];
    expect((await drawLaunch(await withTasks('${defaultBuildTask}', { tasks })))[0]).toBe(
      'first ~ $ ~/bin/node b',
    );
    expect((await drawLaunch(await withTasks('${defaultBuildTask}', { tasks: tasks.slice(0, 1) })))[0]).toBe(
      'first ~ $ ~/bin/node a',
    );
    expect(await problemOf(resolve(await withTasks('${defaultBuildTask}', { tasks: [step('c')] })))).toMatch(
      /^launch-task-unknown: There is no task named "\$\{defaultBuildTask\}"/,
    );
  });

  test('a background task runs beside the program', async () => {
    const folder = await withTasks('watch', { tasks: [step('watch', { isBackground: true })] });
    expect(await drawLaunch(folder)).toEqual([
      'beside ~ $ ~/bin/node watch',
      app,
      'note: The task "watch" runs in the background: the program starts without waiting for it.',
    ]);
  });

  test.each([
    ['gulp: styles', {}],
    ['styles', { tasks: [{ label: 'styles', type: 'gulp', task: 'styles' }] }],
  ])('a task that only an extension can run is left out with a note: %s', async (name, content) => {
    expect(await drawLaunch(await withTasks(name, content))).toEqual([
      app,
      `note: The task "${name}" is of type gulp, which only VS Code can run: it is left out.`,
    ]);
  });

  test('an unknown task is answered with the one that was meant', async () => {
    const folder = await withTasks('biuld', { tasks: [step('build'), step('test')] });
    expect(await problemOf(resolve(folder))).toBe(
      'launch-task-unknown: There is no task named "biuld"; did you mean "build"? | The tasks of .vscode/tasks.json are: build, test.',
    );
  });

  test('a circle of dependencies is named', async () => {
    const folder = await withTasks('a', {
      tasks: [step('a', { dependsOn: 'b' }), step('b', { dependsOn: 'a' })],
    });
    expect(await problemOf(resolve(folder))).toMatch(
      /^launch-task-cyclic: A task depends on itself: a → b → a\./,
    );
  });

  test('a broken tasks.json matters only to configurations with a task', async () => {
    const folder = await withTasks('build', '{ "tasks": [ }');
    expect(await problemOf(resolve(folder), folder)).toMatch(
      /^json-broken: ~\/.vscode\/tasks.json:1:14 is not valid JSON/,
    );
    expect(await drawLaunch(await withTasks(undefined, '{ "tasks": [ }'))).toEqual([app]);
  });

  test('what runs after the program is only noted', async () => {
    const folder = await appWith({ program: 'app.js', postDebugTask: 'down' });
    expect(await drawLaunch(folder)).toEqual([app, 'note: The postDebugTask of "App" is not run.']);
  });
});

describe('what a task builds', () => {
  const build = { tasks: [{ label: 'build', type: 'process', command: 'node', args: ['build.js'] }] };
  const unbuilt = (fields: object, files: Readonly<Record<string, string>> = {}): Promise<string> =>
    appWith({ preLaunchTask: 'build', ...fields }, { '.vscode/tasks.json': JSON.stringify(build), ...files });

  test('need not be there before it has run, and is looked for afterwards', async () => {
    const folder = await unbuilt({
      program: '${workspaceFolder}/dist/main.js',
      cwd: '${workspaceFolder}/dist',
    });
    expect(await drawLaunch(folder)).toEqual([
      'first ~ $ ~/bin/node build.js',
      '~/dist $ ~/bin/node ./main.js',
    ]);
    expect(await problemOf(resolve(folder, { tasksHaveRun: true }))).toMatch(/^launch-cwd-missing/);
    await addFiles(folder, { 'dist/main.js': '' });
    expect(await drawLaunch(folder, { tasksHaveRun: true })).toEqual(['~/dist $ ~/bin/node ./main.js']);
    expect((await resolve(folder, { tasksHaveRun: true })).preLaunchTask).toBe('build');
  });

  test('decides what is started for a TypeScript program', async () => {
    const folder = await unbuilt({ program: 'src/index.ts' }, { 'src/index.ts': '' });
    expect(await drawLaunch(folder)).toEqual([
      'first ~ $ ~/bin/node build.js',
      '~ $ ~/bin/node ./src/index.ts',
    ]);
    expect(await problemOf(resolve(folder, { tasksHaveRun: true }))).toMatch(/^launch-program-typescript/);
    const map = JSON.stringify({ sources: ['../src/index.ts'] });
    await addFiles(folder, { 'out/index.js': '//# sourceMappingURL=index.js.map', 'out/index.js.map': map });
    expect((await drawLaunch(folder, { tasksHaveRun: true }))[0]).toBe('~ $ ~/bin/node ./out/index.js');
  });
});

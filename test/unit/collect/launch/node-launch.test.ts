import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { appWith, drawLaunch, problemOf, resolve } from './workspace-folder.ts';

describe('arguments', () => {
  test('runtimeArgs come before the program, args after it, empty texts are left out', async () => {
    const folder = await appWith({
      program: '${workspaceFolder}/app.js',
      runtimeArgs: ['--enable-source-maps', '--max-old-space-size=512'],
      args: ['--name', 'a b', '', '--port', 3000, '${workspaceFolderBasename}'],
    });
    expect(await drawLaunch(folder)).toEqual([
      `~ $ ~/bin/node --enable-source-maps --max-old-space-size=512 ./app.js --name "a b" --port 3000 ${JSON.stringify(path.basename(folder))}`,
    ]);
  });

  test('the program is passed on relative to the working folder', async () => {
    const folder = await appWith(
      { program: '${workspaceFolder}/app.js', cwd: '${workspaceFolder}/tmp/ünter ordner' },
      { 'tmp/ünter ordner/.keep': '' },
    );
    expect(await drawLaunch(folder)).toEqual(['~/tmp/ünter ordner $ ~/bin/node ./../../app.js']);
  });

  test('args as one text are one argument in the debug console', async () => {
    const folder = await appWith({ program: 'app.js', args: '--name a' });
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/node ./app.js "--name a"']);
  });

  test('args as one text are read by the shell in a terminal', async () => {
    const folder = await appWith({
      program: 'app.js',
      console: 'integratedTerminal',
      args: '--name "a b" $HOME ${HOME}',
    });
    const [program] = (await resolve(folder, { environment: { SHELL: '/bin/zsh' } })).programs;
    expect(program).toMatchObject({
      file: '/bin/zsh',
      args: ['-c', `'${folder}/bin/node' ./app.js --name "a b" $HOME \${HOME}`],
    });
  });

  test('a program named in args needs no program', async () => {
    expect(await drawLaunch(await appWith({ args: ['app.js'] }))).toEqual(['~ $ ~/bin/node app.js']);
  });

  test('what waits for a debugger is left out, since nobody would resume the program', async () => {
    const folder = await appWith({
      program: 'app.js',
      runtimeArgs: ['--inspect-brk=9229', '--inspect-wait', '--inspect'],
    });
    expect(await drawLaunch(folder)).toEqual([
      '~ $ ~/bin/node --inspect ./app.js',
      'note: --inspect-brk of the configuration "App" is left out: no debugger attaches.',
      'note: --inspect-wait of the configuration "App" is left out: no debugger attaches.',
    ]);
  });
});

describe('runtimeExecutable', () => {
  test('npm scripts run npm', async () => {
    const folder = await appWith(
      { runtimeExecutable: 'npm', runtimeArgs: ['run', 'dev'] },
      { 'bin/npm': '' },
    );
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/npm run dev']);
  });

  test('a tool is found in node_modules/.bin of the working folder and of the folders around it', async () => {
    const folder = await appWith(
      { runtimeExecutable: 'tsx', program: 'src/app.ts', cwd: '${workspaceFolder}/packages/api' },
      { 'node_modules/.bin/tsx': '', 'packages/api/src/app.ts': '' },
    );
    expect(await drawLaunch(folder)).toEqual(['~/packages/api $ ~/node_modules/.bin/tsx ./src/app.ts']);
  });

  test('PATH comes before node_modules/.bin, as in js-debug', async () => {
    const folder = await appWith(
      { runtimeExecutable: 'nodemon', program: 'app.js' },
      { 'bin/nodemon': '', 'node_modules/.bin/nodemon': '' },
    );
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/nodemon ./app.js']);
  });

  test('PATH of the configuration counts', async () => {
    const folder = await appWith(
      { program: 'app.js', env: { PATH: '${workspaceFolder}/tools/bin:${env:PATH}' } },
      { 'tools/bin/node': '' },
    );
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/tools/bin/node ./app.js']);
  });

  test('absolute and relative paths are taken as they are', async () => {
    const absolute = await appWith(
      { program: 'app.js', runtimeExecutable: '${workspaceFolder}/my bin/node' },
      {},
    );
    expect(await problemOf(resolve(absolute), absolute)).toMatch(
      /^launch-executable-missing: The executable "~\/my bin\/node"/,
    );
    const relative = await appWith(
      { program: 'app.js', runtimeExecutable: './tools/bin/run' },
      { 'tools/bin/run': '' },
    );
    expect(await drawLaunch(relative)).toEqual(['~ $ ~/tools/bin/run ./app.js']);
  });

  test('null means node, and the setting of js-debug for it counts', async () => {
    expect(await drawLaunch(await appWith({ program: 'app.js', runtimeExecutable: null }))).toEqual([
      '~ $ ~/bin/node ./app.js',
    ]);
    const folder = await appWith(
      { program: 'app.js' },
      {
        '.vscode/settings.json': '{ "debug.javascript.defaultRuntimeExecutable": { "pwa-node": "node22" } }',
        'bin/node22': '',
      },
    );
    expect(await drawLaunch(folder)).toEqual(['~ $ ~/bin/node22 ./app.js']);
  });

  test('a file that may not be run is not found', async () => {
    const folder = await appWith(
      { runtimeExecutable: 'tsx', program: 'app.js', env: { PATH: '${workspaceFolder}/plain' } },
      { 'plain/tsx': '' },
    );
    expect(await problemOf(resolve(folder))).toBe(
      'launch-executable-missing: The executable "tsx" of the configuration "App" was found neither on PATH nor in node_modules/.bin. | Install it, or correct its name.',
    );
  });

  test.each(['bun', 'docker'])('%s is started, with a note that no agent reports', async executable => {
    const folder = await appWith(
      { runtimeExecutable: executable, runtimeArgs: ['run', 'it'] },
      { [`bin/${executable}`]: '' },
    );
    expect(await drawLaunch(folder)).toEqual([
      `~ $ ~/bin/${executable} run it`,
      `note: The configuration "App" runs ${executable}: no agent can report from there. Use \`slowcatch attach\` if it opens an inspector.`,
    ]);
  });

  test('deno gets what js-debug puts before the program', async () => {
    const folder = await appWith({ runtimeExecutable: 'deno', program: 'app.js' }, { 'bin/deno': '' });
    expect((await drawLaunch(folder))[0]).toBe('~ $ ~/bin/deno run --allow-all ./app.js');
  });

  test("Windows' script files are started by PowerShell, since they cannot be spawned", async () => {
    const folder = await appWith(
      { runtimeExecutable: 'npm', runtimeArgs: ['run', "it's"] },
      { 'bin/npm.cmd': '' },
    );
    const plan = await resolve(folder, { platform: 'win32', environment: { PathExt: '.EXE;.CMD' } });
    expect(plan.programs[0]).toMatchObject({
      file: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
      args: ['-Command', `& '${folder}/bin/npm.cmd' run 'it''s'; exit $LASTEXITCODE`],
    });
  });
});

describe('runtimeVersion', () => {
  const versions = {
    'nvm/versions/node/v18.20.4/bin/node': '',
    'nvm/versions/node/v20.9.0/bin/node': '',
    'nvm/versions/node/v20.11.1/bin/node': '',
    'nvm/versions/node/v21.0.0/README.md': 'not complete',
  };
  const environment = (folder: string): NodeJS.ProcessEnv => ({
    NVM_DIR: path.join(folder, 'nvm'),
    HOME: folder,
  });

  test.each([
    ['20', 'v20.11.1'],
    ['v20.9', 'v20.9.0'],
    ['18.20.4', 'v18.20.4'],
  ])(
    '%s is the newest of nvm that fits, %s, and its folder is first on PATH',
    async (runtimeVersion, installed) => {
      const folder = await appWith({ program: 'app.js', runtimeVersion }, versions);
      const [program] = (await resolve(folder, { environment: environment(folder) })).programs;
      const bin = path.join(folder, 'nvm/versions/node', installed, 'bin');
      expect(program?.file).toBe(path.join(bin, 'node'));
      expect(program?.env['PATH']).toBe(`${bin}:${folder}/bin`);
    },
  );

  test('fnm is asked when nvm does not have it', async () => {
    const folder = await appWith(
      { program: 'app.js', runtimeVersion: '22' },
      { ...versions, '.fnm/node-versions/v22.1.0/installation/bin/node': '' },
    );
    const lines = await drawLaunch(folder, { environment: environment(folder) });
    expect(lines).toEqual(['~ $ ~/.fnm/node-versions/v22.1.0/installation/bin/node ./app.js']);
  });

  test('default is what PATH has', async () => {
    const folder = await appWith({ program: 'app.js', runtimeVersion: 'default' }, versions);
    expect(await drawLaunch(folder, { environment: environment(folder) })).toEqual([
      '~ $ ~/bin/node ./app.js',
    ]);
  });

  test('a version that is not installed is named with those that are', async () => {
    const folder = await appWith({ program: 'app.js', runtimeVersion: '21' }, versions);
    expect(await problemOf(resolve(folder, { environment: environment(folder) }))).toBe(
      'launch-runtime-version: Node.js 21, the "runtimeVersion" of the configuration "App", is not installed; installed: 18.20.4 (nvm), 20.11.1 (nvm), 20.9.0 (nvm). | Install it with nvm or fnm, or change "runtimeVersion".',
    );
    const bare = await appWith({ program: 'app.js', runtimeVersion: '21' });
    expect(await problemOf(resolve(bare, { environment: { HOME: bare } }))).toContain('installed: none');
  });
});

describe('node-terminal', () => {
  test('runs its command in the shell of the user, and leaves the variables of the shell to it', async () => {
    const folder = await appWith(
      {
        type: 'node-terminal',
        command: 'npm run dev && echo ${HOME} ${PORT:-80} ${workspaceFolderBasename}',
        cwd: '${workspaceFolder}/sub',
        env: { A: '1' },
      },
      { 'sub/.keep': '' },
    );
    const plan = await resolve(folder, { environment: { SHELL: '/usr/bin/fish' } });
    expect(plan.programs[0]).toMatchObject({
      name: 'App',
      file: '/usr/bin/fish',
      args: ['-c', `npm run dev && echo \${HOME} \${PORT:-80} ${path.basename(folder)}`],
      cwd: path.join(folder, 'sub'),
      env: { A: '1' },
    });
  });

  test('without a usable SHELL it is /bin/sh, on Windows PowerShell', async () => {
    const folder = await appWith({ type: 'node-terminal', command: 'node app.js' });
    expect((await resolve(folder, { platform: 'linux' })).programs[0]).toMatchObject({
      file: '/bin/sh',
      args: ['-c', 'node app.js'],
    });
    expect((await resolve(folder, { platform: 'win32' })).programs[0]).toMatchObject({
      args: ['-Command', 'node app.js; exit $LASTEXITCODE'],
    });
  });
});

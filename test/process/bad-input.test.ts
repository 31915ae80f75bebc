/**
 * Whatever the user gets wrong or the machine refuses: one clear message with what to do, the exit status that the
 * help names, the program unharmed, and nothing lost that was recorded.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { slowcatch, temporaryFolders, type Ended } from './cli.ts';
import { analyzed, BAD, expectHarmless, refusal, WORK } from './bad-world.ts';
import { NODES, TOO_OLD_NODES, type MatrixNode } from './node-matrix.ts';
import { smallDisk } from './small-disk.ts';

/** What `work.cjs` ends with. */
const STATUS = 5;
const USAGE = 2;
const temporaryFolder = temporaryFolders();

/** V8 hands out profiles in two ways: by the inspector on the oldest Node.js, directly on the newest. */
const [OLDEST, , , NEWEST] = NODES as readonly [MatrixNode, MatrixNode, MatrixNode, MatrixNode];
const BOTH = [OLDEST, NEWEST];

const newFolder = (): string => path.join(temporaryFolder(), 'recording');

function record(out: string, command: readonly string[], cwd = BAD): Promise<Ended> {
  return slowcatch(['run', '--out', out, '--', ...command], { cwd });
}

describe('the command line', () => {
  test.each([
    { parameters: ['frobnicate'], message: 'There is no command "frobnicate".' },
    { parameters: ['run'], message: 'run needs a command after "--", or --launch NAME.' },
    {
      parameters: ['run', 'node', 'app.js'],
      message: 'Put "--" before the command: slowcatch run -- node app.js.',
    },
    { parameters: ['run', '--duration', '10', '--', 'node'], message: '--duration 10 is not a time' },
    { parameters: ['run', '--duration', '-5s', '--', 'node'], message: 'is ambiguous.\n' },
    { parameters: ['run', '--frob', '--', 'node'], message: "Unknown option '--frob'." },
    { parameters: ['analyze'], message: 'analyze needs a recording or a profile.' },
  ])('$parameters is wrong usage', async ({ parameters, message }) => {
    const ended = await slowcatch(parameters);
    expect(ended).toMatchObject({ code: USAGE, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

describe('a program that cannot be started', () => {
  test.each(['/nowhere/program', 'no-such-program-on-the-path'])('%s is not found', async file => {
    const out = newFolder();
    expect(await record(out, [file])).toMatchObject(refusal('program-not-found', { file }));
    expect(existsSync(out)).toBe(false);
  });

  test('is not executable', async () => {
    const file = path.join(temporaryFolder(), 'text');
    writeFileSync(file, 'no program', { mode: 0o644 });
    expect(await record(newFolder(), [file])).toMatchObject(
      refusal('program-not-started', { file, reason: 'EACCES' }),
    );
  });

  test.each(['--permission', '--experimental-permission'])('runs under %s', async flag => {
    expect(await record(newFolder(), [NEWEST.binary, flag, WORK])).toMatchObject(refusal('permission-model'));
  });
});

describe.each(BOTH)('a program on Node.js $major', ({ binary, major }) => {
  test('that exits at once is reported', async () => {
    const out = newFolder();
    const ended = await record(out, [binary, '-e', '0']);
    expect(ended).toMatchObject({ code: 0, stderr: `slowcatch: recording kept in ${out}\n` });
    expect((await analyzed(out)).threads).toHaveLength(1);
  });

  test('that throws at start keeps its status and its message', async () => {
    const ended = await record(newFolder(), [binary, '-e', 'throw new Error("at start")']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Error: at start');
  });

  test('with --cpu-prof leaves both profiles, and nothing of ours in its output', async () => {
    const [out, own] = [newFolder(), temporaryFolder()];
    const ended = await record(out, [binary, '--cpu-prof', `--cpu-prof-dir=${own}`, WORK]);
    expect(ended).toMatchObject({ code: STATUS, stderr: `slowcatch: recording kept in ${out}\n` });
    expect(ended.stdout).toContain('also runs with --cpu-prof');

    const [file = ''] = readdirSync(own);
    expect((await analyzed(path.join(own, file))).hotFunctions[0]).toMatchObject({
      name: 'hotWork',
      file: WORK,
    });
    const { hotFunctions, problems } = await analyzed(out);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
    expect(problems.map(({ code }) => code)).toEqual(['cpu-prof-too']);
  });

  test('in folders with spaces and signs of other languages has its true paths', async () => {
    const folder = path.join(temporaryFolder(), 'wörk spaçe', '100% #1 文件?');
    mkdirSync(folder, { recursive: true });
    const program = path.join(folder, "prögram 'a' (1)%20.cjs");
    copyFileSync(WORK, program);
    const out = path.join(folder, 'aufgezeichnet – 記録');
    const ended = await record(out, [binary, program], folder);
    expect(ended).toMatchObject({ code: STATUS, stderr: `slowcatch: recording kept in ${out}\n` });
    const { hotFunctions, hotLines, problems } = await analyzed(out);
    expect(problems).toEqual([]);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotWork', file: program, line: 2 });
    expect(hotLines[0]).toMatchObject({ file: program, line: 4 });
  });

  test('that the disk has no room for runs to its end, and what was written is shown', async context => {
    const disk = smallDisk(context, temporaryFolder('disk-'), '64k');
    const out = path.join(disk, 'recording');
    const ended = await record(out, [binary, WORK, '2000']);
    expect(ended.code).toBe(STATUS);
    expect(ended.stdout).toContain('finished');
    expect(ended.stderr).toMatch(
      /^slowcatch: Process \d+ could not write its recording: ENOSPC.*\n {2}What was/m,
    );
    expect(ended.stderr).toContain(`slowcatch: recording kept in ${out}\n`);
    expect((await analyzed(out)).hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
  });

  test('with names that act on a terminal prints none of them', async () => {
    const folder = temporaryFolder();
    const program = path.join(folder, '\u001b[31mred\u0007.cjs');
    copyFileSync(path.join(BAD, 'hostile.cjs'), program);
    const report = path.join(folder, 'report.md');
    const ended = await slowcatch(
      ['run', '--out', newFolder(), '--md', report, '--', binary, program, '\u001b[32mgreen'],
      { cwd: folder },
    );
    expect(ended.stdout).toContain('hotWork');
    // Node 20 to 24 may name it differently, but never drop it.
    expect(ended.stdout, `Node ${major}`).toContain('\\x1b[31mred\\x07.cjs');
    expectHarmless(ended.stdout, ended.stderr, readFileSync(report, 'utf8'));
  });
});

describe('a program that no agent reports from', () => {
  const NO_AGENT = 'slowcatch: No Node.js process of this program has reported within 5 s: ';

  test('is none of Node.js: that is said when it has ended', async () => {
    const ended = await record(newFolder(), ['sh', '-c', 'echo done; exit 4']);
    expect(ended.code).toBe(4);
    expect(ended.stdout).toContain('done\n');
    expect(ended.stderr).toContain(`${NO_AGENT}it is not Node.js`);
  });

  test('was started with other NODE_OPTIONS: that is said while it runs, and its duration counts', async () => {
    const script = path.join(BAD, 'own-node-options.sh');
    const command = ['sh', script, NEWEST.binary, WORK, '60000'];
    const ended = await slowcatch(['run', '--out', newFolder(), '--duration', '1s', '--', ...command]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).not.toContain('finished');
    expect(ended.stderr).toContain(NO_AGENT);
    expect(ended.stderr).toContain('a script on the way sets NODE_OPTIONS itself, which drops the agent.\n');
    expect(ended.stderr).toContain('  Append to NODE_OPTIONS instead of setting it');
  });

  test('runs under --permission by an npm script: it is unharmed, and that is said', async () => {
    const PATH = `${path.dirname(NEWEST.binary)}${path.delimiter}${process.env['PATH'] ?? ''}`;
    const command = ['npm', 'run', '--silent', 'permission'];
    const ended = await slowcatch(['run', '--out', newFolder(), '--', ...command], {
      cwd: BAD,
      env: { PATH },
    });
    expect(ended.code).toBe(STATUS);
    expect(ended.stdout).toContain('finished\n');
    expect(ended.stderr).toContain('runs under --permission');
  });

  test.each(TOO_OLD_NODES)('runs on Node.js $major: it is unharmed, and that is said once', async node => {
    const ended = await record(newFolder(), [node.binary, WORK, '100']);
    expect(ended.code).toBe(STATUS);
    expect(ended.stdout).toContain('finished\n');
    expect(ended.stderr.match(/^slowcatch: .*/gm)).toEqual([
      expect.stringMatching(`^slowcatch: Process \\d+ runs Node ${node.version}\\.$`),
      expect.stringContaining('recording kept'),
    ]);
    expect(ended.stderr).toContain('  Slowcatch needs Node 20 or newer in the profiled program.\n');
  });
});

test('fifty children are all sampled', async () => {
  const out = newFolder();
  const ended = await record(out, [NEWEST.binary, path.join(BAD, 'fork-many.cjs')]);
  const { threads, problems } = await analyzed(out);
  expect(ended.stdout).toContain('sum 1225\n');
  expect(ended.code).toBe(0);
  expect(new Set(threads.map(({ pid }) => pid)).size).toBe(51);
  expect(problems).toEqual([]);
});

describe('a launch configuration', () => {
  function workspace(): string {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, '.vscode'));
    const configurations = [
      { name: 'server', type: 'node', request: 'launch', program: '${workspaceFolder}/server.js' },
      { name: 'worker', type: 'debugpy', request: 'launch', program: '${workspaceFolder}/worker.py' },
    ];
    writeFileSync(
      path.join(folder, '.vscode', 'launch.json'),
      JSON.stringify({ version: '0.2.0', configurations }),
    );
    return folder;
  }
  const launch = (cwd: string, name: string): Promise<Ended> =>
    slowcatch(['run', '--out', newFolder(), '--launch', name], { cwd });

  test('that does not exist is answered with those that do', async () => {
    expect(await launch(workspace(), 'serve')).toMatchObject(
      refusal('launch-name-unknown', {
        name: 'serve',
        suggestion: '; did you mean "server"?',
        names: '"server", "worker"',
      }),
    );
  });

  test('for Python is refused', async () => {
    expect(await launch(workspace(), 'worker')).toMatchObject(
      refusal('launch-type', {
        owner: 'configuration "worker"',
        type: 'debugpy',
      }),
    );
  });

  test('of a folder without any is refused', async () => {
    const folder = temporaryFolder();
    expect(await launch(folder, 'server')).toMatchObject(refusal('launch-file-missing', { folder }));
  });
});

describe('a folder that cannot hold the recording', () => {
  const begin = (out: string): Promise<Ended> => record(out, [NEWEST.binary, '-e', 'console.log("begun")']);

  test('is a file', async () => {
    const folder = path.join(temporaryFolder(), 'file');
    writeFileSync(folder, 'mine');
    expect(await begin(folder)).toMatchObject(refusal('folder-not-writable', { folder, reason: 'ENOTDIR' }));
    expect(readFileSync(folder, 'utf8')).toBe('mine');
  });

  test('lies below a file', async () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    const folder = path.join(file, 'recording');
    expect(await begin(folder)).toMatchObject(refusal('folder-not-writable', { folder, reason: 'ENOTDIR' }));
  });

  test('cannot be made', async () => {
    const folder = '/proc/slowcatch/recording';
    expect(await begin(folder)).toMatchObject(refusal('folder-not-writable', { folder, reason: 'ENOENT' }));
  });

  test('is read-only', async context => {
    const folder = path.join(smallDisk(context, temporaryFolder('disk-'), '1m', 'ro'), 'recording');
    expect(await begin(folder)).toMatchObject(refusal('folder-not-writable', { folder, reason: 'EROFS' }));
  });

  test('is on a full disk', async context => {
    const disk = smallDisk(context, temporaryFolder('disk-'), '16k');
    writeFileSync(path.join(disk, 'filling'), Buffer.alloc(16 * 1024));
    const folder = path.join(disk, 'recording');
    expect(await begin(folder)).toMatchObject(refusal('disk-full', { folder }));
    expect(readdirSync(disk)).toEqual(['filling']);
  });

  test('holds something already, which stays', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'mine.txt'), 'mine');
    expect(await begin(folder)).toMatchObject(refusal('folder-not-empty', { folder }));
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });
});

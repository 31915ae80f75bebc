/**
 * Whatever the user gets wrong or the machine refuses: one clear message with what to do, the exit status that the
 * help names, the program unharmed, and nothing lost that was recorded.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  MANIFEST_FILE,
  RUNTIME_FILE,
  SCRIPTS_FILE,
  SOURCES_FOLDER,
} from '../../src/contracts/recording-files.ts';
import { UserError, type UserErrorCode } from '../../src/contracts/user-error.ts';
import { documentOf, PROGRAMS, slowcatch, temporaryFolders, type Ended } from './cli.ts';
import { NODES, TOO_OLD_NODES, type MatrixNode } from './node-matrix.ts';
import { smallDisk } from './small-disk.ts';

const BAD = path.join(PROGRAMS, 'bad');
const WORK = path.join(BAD, 'work.cjs');
/** What `work.cjs` ends with. */
const STATUS = 5;
const USAGE = 2;
const NOT_RUN = 3;
const temporaryFolder = temporaryFolders();

/** V8 hands out profiles in two ways: by the inspector on the oldest Node.js, directly on the newest. */
const [OLDEST, , , NEWEST] = NODES as readonly [MatrixNode, MatrixNode, MatrixNode, MatrixNode];
const BOTH = [OLDEST, NEWEST];

const newFolder = (): string => path.join(temporaryFolder(), 'recording');

function record(out: string, command: readonly string[], cwd = BAD): Promise<Ended> {
  return slowcatch(['run', '--out', out, '--', ...command], { cwd });
}

/** The document of a recording or profile, from an `analyze` that must succeed. */
async function analyzed(input: string) {
  const ended = await slowcatch(['analyze', '--json', input]);
  expect(ended.code).toBe(0);
  return documentOf(ended);
}

/** All that the user gets for what could not be run: the catalogue's message with these values, and its advice. */
function refusal(code: UserErrorCode, values: Record<string, string | number> = {}) {
  const { message, advice } = new UserError(code, values);
  return { code: NOT_RUN, stdout: '', stderr: `slowcatch: ${message}\n  ${advice}\n` };
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

const TERMINAL_CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function expectHarmless(...outputs: readonly string[]): void {
  for (const output of outputs) expect(TERMINAL_CONTROLS.exec(output)).toBeNull();
}

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

describe('a damaged recording', () => {
  let whole = '';
  beforeAll(async () => {
    whole = newFolder();
    await record(whole, [NEWEST.binary, WORK, '1000']);
  });
  afterAll(() => rmSync(whole, { recursive: true }));

  /** A copy to damage, with its only thread's folder and segments. */
  function copy(): { folder: string; thread: string; segments: readonly [string, ...string[]] } {
    const folder = newFolder();
    cpSync(whole, folder, { recursive: true });
    const name = readdirSync(folder).find(entry => entry.endsWith('-t0')) ?? '';
    const thread = path.join(folder, name);
    const [first = '', ...others] = readdirSync(thread)
      .filter(file => file.endsWith('.gz'))
      .map(file => path.join(thread, file));
    return { folder, thread, segments: [first, ...others] };
  }

  const half = (file: string): void => truncateSync(file, Math.floor(readFileSync(file).length / 2));

  test('without a whole segment shows the others and names it', async () => {
    const { folder, segments } = copy();
    expect(segments.length).toBeGreaterThan(1);
    half(segments[0]);
    const { hotFunctions, problems } = await analyzed(folder);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'segment-damaged', message: expect.stringContaining(segments[0]) }),
    ]);
  });

  test('with a segment that is none shows the others and names it', async () => {
    const { folder, segments } = copy();
    writeFileSync(segments[0], 'no gzip');
    const { hotFunctions, problems } = await analyzed(folder);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
    expect(problems.map(({ code }) => code)).toEqual(['segment-damaged']);
  });

  test('whose records end in the middle of a line opens', async () => {
    const { folder, thread } = copy();
    for (const name of [RUNTIME_FILE, SCRIPTS_FILE]) {
      const file = path.join(thread, name);
      truncateSync(file, readFileSync(file).length - 20);
    }
    expect((await analyzed(folder)).hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
  });

  test('without the texts of its scripts opens', async () => {
    const { folder } = copy();
    rmSync(path.join(folder, SOURCES_FOLDER), { recursive: true });
    expect((await analyzed(folder)).hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
  });

  test.each([
    { damage: 'without a manifest', apply: (file: string) => rmSync(file) },
    { damage: 'with half a manifest', apply: half },
    { damage: 'of another version', apply: (file: string) => writeFileSync(file, '{"version":99}') },
    { damage: 'with an empty manifest', apply: (file: string) => writeFileSync(file, '') },
  ])('$damage is refused', async ({ apply }) => {
    const { folder } = copy();
    apply(path.join(folder, MANIFEST_FILE));
    const ended = await slowcatch(['analyze', folder]);
    expect(ended).toMatchObject({ code: NOT_RUN, stdout: '' });
    expect(ended.stderr).toMatch(/^slowcatch: This is not a readable recording: .*\n {2}Give the folder/);
  });
});

/** A profile as Chrome writes it: 100 samples in one function of a script that is not here. */
function foreignProfile(functionName: string, url: string): string {
  const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
  const hot = { functionName, scriptId: '7', url, lineNumber: 11, columnNumber: 4 };
  const ticks = [{ line: 13, ticks: 100 }];
  return JSON.stringify({
    nodes: [
      { id: 1, callFrame: root, hitCount: 0, children: [2] },
      { id: 2, callFrame: hot, hitCount: 100, positionTicks: ticks },
    ],
    startTime: 1000,
    endTime: 101_000,
    samples: Array.from({ length: 100 }, () => 2),
    timeDeltas: Array.from({ length: 100 }, () => 1000),
  });
}

describe('a .cpuprofile', () => {
  function profile(text: string): string {
    const file = path.join(temporaryFolder(), 'some.cpuprofile');
    writeFileSync(file, text);
    return file;
  }

  test.each([
    { what: 'is empty', text: '' },
    { what: 'is blank', text: ' \n' },
    { what: 'is no JSON', text: '<html>' },
    { what: 'is other JSON', text: '{"nodes":"none"}' },
    { what: 'is null', text: 'null' },
    {
      what: 'ends before its first node',
      text: foreignProfile('render', 'https://example.com/app.js').slice(0, 40),
    },
  ])('that $what is refused', async ({ text }) => {
    const ended = await slowcatch(['analyze', profile(text)]);
    expect(ended).toMatchObject({ code: NOT_RUN, stdout: '' });
    expect(ended.stderr).toMatch(
      /^slowcatch: (This is not a readable profile: |The profile holds no samples: |.* is a page or a picture)/,
    );
  });

  test('that is not there is refused', async () => {
    const file = path.join(temporaryFolder(), 'none.cpuprofile');
    expect(await slowcatch(['analyze', file])).toMatchObject(
      refusal('file-not-readable', { file, reason: 'ENOENT' }),
    );
  });

  test('of a browser is shown, marked as not repaired', async () => {
    const url = 'https://example.com/app.js';
    const { hotFunctions, hotLines, problems } = await analyzed(profile(foreignProfile('render', url)));
    expect(hotFunctions[0]).toMatchObject({ name: 'render', file: url, line: 12 });
    expect(hotLines[0]).toMatchObject({ file: url, line: 13 });
    expect(problems.map(({ code }) => code)).toContain('profile-not-repaired');
  });

  test('cut off among its samples is shown as far as it goes', async () => {
    const text = foreignProfile('render', 'https://example.com/app.js');
    const { hotFunctions, problems } = await analyzed(
      profile(text.slice(0, text.indexOf('"timeDeltas"') - 60)),
    );
    expect(hotFunctions[0]).toMatchObject({ name: 'render' });
    expect(problems.map(({ code }) => code)).toContain('profile-damaged');
  });

  test('with names that act on a terminal prints none of them', async () => {
    const evil = '\u001b[2J\u009b31m\u0007hot\u202e';
    const file = profile(foreignProfile(evil, `https://example.com/${evil}.js`));
    const report = path.join(temporaryFolder(), 'report.md');
    const text = await slowcatch(['analyze', '--md', report, file]);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('\\x1b[2J');
    expectHarmless(text.stdout, text.stderr, readFileSync(report, 'utf8'));
  });
});

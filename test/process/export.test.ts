/**
 * Exports of the command line as it ships, of real recordings on every Node.js: what is written is read again with the
 * same totals, and says nothing of the machine when paths are relative.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../src/contracts/document.ts';
import { documentOf, PROGRAMS, runCommand, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';

const HOT = path.join(PROGRAMS, 'hot');
const temporaryFolder = temporaryFolders();

const analyze = async (file: string): Promise<ProfileDocument> =>
  documentOf(await slowcatch(['analyze', file, '--json']));

/** Self time by name and line of the user's functions that burn at least 1 % of it all. */
function selfTimes({ hotFunctions }: ProfileDocument): Map<string, number> {
  const times = new Map<string, number>();
  for (const { name, file, line, selfMicroseconds } of hotFunctions) {
    const key = `${name} ${file}:${line}`;
    times.set(key, (times.get(key) ?? 0) + selfMicroseconds);
  }
  const whole = [...times.values()].reduce((sum, time) => sum + time, 0);
  return new Map([...times].filter(([, time]) => time >= 0.01 * whole));
}

function expectSame(before: ProfileDocument, after: ProfileDocument): void {
  const [times, expected] = [selfTimes(after), selfTimes(before)];
  expect(expected.size).toBeGreaterThan(0);
  const wrong = [...expected].filter(
    ([key, time]) => !(Math.abs((times.get(key) ?? 0) - time) <= 0.001 * time),
  );
  expect(wrong).toEqual([]);
}

const EXPORTS = [
  ['--speedscope', 'x.speedscope.json'],
  ['--pprof', 'x.pb.gz'],
  ['--cpuprofile', 'x.cpuprofile'],
] as const;

describe.each(EDGES)('Node $major', ({ binary }) => {
  test('a profile of --cpu-prof is exported and read again with the same totals', async () => {
    const folder = temporaryFolder();
    const run = [binary, '--cpu-prof', `--cpu-prof-dir=${folder}`, 'plain.cjs'];
    await runCommand(run, { cwd: HOT });
    const profile = readdirSync(folder).find(name => name.endsWith('.cpuprofile')) ?? '';
    const options = EXPORTS.flatMap(([option, name]) => [option, path.join(folder, name)]);
    const before = documentOf(await slowcatch(['analyze', path.join(folder, profile), '--json', ...options]));
    for (const [, name] of EXPORTS) expectSame(before, await analyze(path.join(folder, name)));
  });

  test('a recording is exported and read again with the same totals', async () => {
    const folder = temporaryFolder();
    const recording = path.join(folder, 'recording');
    const options = EXPORTS.flatMap(([option, name]) => [option, path.join(folder, name)]);
    const run = ['run', '--out', recording, '--json', ...options, '--', binary, 'plain.cjs'];
    const before = documentOf(await slowcatch(run, { cwd: HOT }));
    for (const [, name] of EXPORTS) expectSame(before, await analyze(path.join(folder, name)));
  });
});

describe('with relative paths', () => {
  test('nothing of the machine stands in any exported file', async () => {
    const folder = temporaryFolder();
    const secrets = {
      home: path.join(folder, 'home', 'ann-secret'),
      argument: 'argv-secret-4711',
      variable: 'variable-secret-42',
    };
    const files = [
      ...['--html', 'x.html', '--speedscope', 'x.json', '--pprof', 'x.pb.gz'],
      ...['--cpuprofile', 'x.cpuprofile', '--folded', 'x.txt', '--md', 'x.md'],
    ].map(word => (word.startsWith('--') ? word : path.join(folder, word)));
    const run = ['run', '--out', path.join(folder, 'recording'), '--relative-paths', ...files, '--'];
    const ended = await slowcatch([...run, process.execPath, 'worker.cjs', secrets.argument], {
      cwd: HOT,
      env: { HOME: secrets.home, SECRET: secrets.variable },
    });
    expect(ended.stderr).not.toMatch(/cannot be written/);
    const written = readdirSync(folder).filter(name => name.startsWith('x'));
    expect(written.length).toBeGreaterThanOrEqual(6);
    const told = [
      ...Object.values(secrets),
      ...['ann-secret', HOT, PROGRAMS, folder, os.homedir(), process.execPath],
      // A host that is called `vm` has its name in every program.
      ...(os.hostname().length > 5 ? [os.hostname()] : []),
    ];
    const texts = written.map(name => ({ name, text: plain(readFileSync(path.join(folder, name))) }));
    expect(
      texts.flatMap(({ name, text }) =>
        told.filter(each => text.includes(each)).map(each => `${name}: ${each}`),
      ),
    ).toEqual([]);
    const nameless = texts.filter(({ text }) => !text.includes('plain.cjs')).map(({ name }) => name);
    // The main thread only waits for its worker.
    expect(nameless.filter(name => !name.includes('-2-'))).toEqual([]);
  });
});

/** What is packed inside a page or a file as well. */
function plain(bytes: Buffer): string {
  if (bytes[0] === 0x1f) return gunzipSync(bytes).toString('latin1');
  const text = bytes.toString('utf8');
  const packed = [...text.matchAll(/H4sI[A-Za-z0-9+/=]+/g)].map(([base64]) =>
    gunzipSync(Buffer.from(base64, 'base64')).toString('utf8'),
  );
  return [text, ...packed].join('\n');
}

describe('files that are no profiles', () => {
  const refused = async (name: string, content: string | Buffer): Promise<string> => {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, content);
    const { code, stderr } = await slowcatch(['analyze', file]);
    expect(code).toBe(3);
    expect(stderr).not.toMatch(/defect|    at /);
    return stderr;
  };

  test.each([
    ['trace.json', '{"traceEvents":[{"ph":"X"}]}', /trace of Chrome.*\n.*Performance panel/],
    [
      'firefox.json',
      '{"meta":{"interval":1,"processType":0},"libs":[]}',
      /Firefox Profiler.*\n.*profiler\.firefox/,
    ],
    ['isolate-0x1-v8.log', 'v8-version,12,4,254,21,-node.33,0\n', /node --prof.*\n.*--cpu-prof/],
    ['perf.txt', 'node 4711 12.3456:  250000 cpu-clock:\n\tffff 0x1\n', /perf script/],
    ['out.folded', 'main;a;b 17\nmain;a 3\n', /folded stacks/],
    ['a.heapsnapshot', '{"snapshot":{"meta":{}},"nodes":[1]}', /heap snapshot/],
    ['a.cpuprofile', '', /it is empty/],
    ['a.zip', 'PK\u0003\u0004rest', /zip archive.*\n.*Unpack/],
    ['a.cpuprofile', '{"nodes":[', /not a readable profile/],
    ['a\u001b[31m.pb.gz', gzipSync('\u0000\u0001\u0002'), /not a readable profile/],
  ])('%s is refused by name, with what to do', async (name, content, expected) => {
    expect(await refused(name, content)).toMatch(expected);
  });

  test('what unpacks to far more than any profile is not unpacked', async () => {
    const zeros = gzipSync(Buffer.alloc(1 << 26, ' '));
    const bomb = Buffer.concat([gzipSync('{"nodes":['), ...Array.from({ length: 12 }, () => zeros)]);
    expect(await refused('bomb.cpuprofile.gz', bomb)).toMatch(/200 times its size/);
  });

  test('the members of a gzip file are read one after the other', async () => {
    const file = path.join(temporaryFolder(), 'two.cpuprofile');
    const text = JSON.stringify({
      nodes: [
        {
          id: 1,
          callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 },
        },
      ],
      ...{ startTime: 0, endTime: 9, samples: [1, 1], timeDeltas: [0, 5] },
    });
    writeFileSync(file, Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(text.slice(40))]));
    expect((await analyze(file)).threads).toHaveLength(1);
  });

  test('a file that cannot be written is named, and nothing is left of it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.json');
    writeFileSync(
      file,
      '{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","name":"","unit":"seconds","startValue":0,"endValue":1,"samples":[[0]],"weights":[1]}]}',
    );
    const { code, stderr } = await slowcatch([
      'analyze',
      file,
      '--pprof',
      path.join(folder, 'none', 'x.pb.gz'),
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/x\.pb\.gz cannot be written \(ENOENT/);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
});

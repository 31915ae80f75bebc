/** What was measured stays, whoever ends whom, and nobody is left hanging. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, PROGRAMS, slowcatch, startSlowcatch, temporaryFolders, type Run } from './cli.ts';
import { EDGES, NODES } from './node-matrix.ts';

const BURN = path.join(PROGRAMS, 'killed', 'burn.cjs');
const BLOCKED = path.join(PROGRAMS, 'killed', 'blocked.cjs');
const HOT_LINE = { file: BURN, line: 5 };
const temporaryFolder = temporaryFolders();

/** Ids of the processes that have reported so far, by the folders that they write into. */
async function sampledProcesses(recording: string): Promise<number[]> {
  if (!existsSync(recording)) return [];
  const folders = (await readdir(recording)).filter(name => /^p\d+-t0$/.test(name));
  return folders.map(name => Number(/\d+/.exec(name)?.[0]));
}

/** Resolves to the program's process id once it has left so many segments. */
async function segments(recording: string, count: number): Promise<number> {
  let pid = 0;
  await expect
    .poll(
      async () => {
        [pid = 0] = await sampledProcesses(recording);
        if (pid === 0) return 0;
        const names = await readdir(path.join(recording, `p${pid}-t0`));
        return names.filter(name => name.endsWith('.cpuprofile.gz')).length;
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBeGreaterThanOrEqual(count);
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const begin = (recording: string, ...program: string[]): Run =>
  startSlowcatch(['run', '--json', '--out', recording, '--', ...program], { ownGroup: true });

describe.each(EDGES)('Node $major', ({ binary }) => {
  test('killed by SIGKILL after three segments has left its hot line', async () => {
    const recording = path.join(temporaryFolder(), 'recording');
    const run = begin(recording, binary, BURN);
    process.kill(await segments(recording, 3), 'SIGKILL');
    const ended = await run.ended;
    expect(ended.code).toBe(128 + 9);
    const { hotFunctions, hotLines, durationMicroseconds } = documentOf(ended);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotBurn', file: BURN, line: 2 });
    expect(hotLines[0]).toMatchObject(HOT_LINE);
    expect(durationMicroseconds).toBeGreaterThan(500_000);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ended by %s at its default ends by it, and is kept',
    async signal => {
      const recording = path.join(temporaryFolder(), 'recording');
      const run = begin(recording, binary, BURN);
      process.kill(await segments(recording, 2), signal);
      const ended = await run.ended;
      expect(ended.code).toBe(128 + (signal === 'SIGTERM' ? 15 : 2));
      expect(ended.stderr).not.toMatch(/debugger|inspector/i);
      expect(documentOf(ended).hotLines[0]).toMatchObject(HOT_LINE);
    },
  );

  test('blocked in one synchronous loop is stopped in time, with the loop named', async () => {
    const began = Date.now();
    const ended = await slowcatch(['run', '--json', '--duration', '3s', '--', binary, BLOCKED]);
    // The loop alone would take 20 s.
    expect(Date.now() - began).toBeLessThan(18_000);
    expect(ended.code).toBe(0);
    expect(documentOf(ended).hotFunctions[0]).toMatchObject({ name: 'blockingLoop', file: BLOCKED });
  });
});

// What follows does not depend on the version: the oldest stands for all.
const [{ binary } = { binary: '' }] = NODES;

test('Ctrl-C ends the program as always; the report comes all the same', async () => {
  const recording = path.join(temporaryFolder(), 'recording');
  const run = begin(recording, binary, BURN);
  const pid = await segments(recording, 2);
  process.kill(-run.pid, 'SIGINT');
  const ended = await run.ended;
  expect(ended.code).toBe(0);
  expect(documentOf(ended).hotLines[0]).toMatchObject(HOT_LINE);
  expect(isRunning(pid)).toBe(false);
});

test('a program that ignores SIGTERM is let go of, and it is said', async () => {
  const run = startSlowcatch([
    'run',
    '--json',
    '--duration',
    '1s',
    '--',
    binary,
    BURN,
    '60',
    'ignore-sigterm',
  ]);
  await once(run.process, 'exit');
  const { problems, hotFunctions, threads } = documentOf({ ...run, code: 0, signal: null });
  expect(hotFunctions[0]?.name).toBe('hotBurn');
  expect(problems.map(problem => problem.code)).toContain('still-running');
  const [{ pid } = { pid: 0 }] = threads;
  expect(isRunning(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
});

test('the recorder killed: the program goes on unharmed, the agent leaves, and the recording opens', async () => {
  const recording = path.join(temporaryFolder(), 'recording');
  const run = begin(recording, binary, BURN, '6');
  const pid = await segments(recording, 2);
  run.process.kill('SIGKILL');
  await run.ended;
  const runtime = path.join(recording, `p${pid}-t0`, 'runtime.ndjson');
  await expect.poll(() => readFile(runtime, 'utf8'), { timeout: 20_000 }).toContain('"reason":"host-gone"');
  expect(isRunning(pid)).toBe(true);
  const analyzed = documentOf(await slowcatch(['analyze', '--json', recording]));
  expect(analyzed.hotLines[0]).toMatchObject(HOT_LINE);
  expect(analyzed.problems.map(problem => problem.code)).toContain('recording-not-closed');
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
});

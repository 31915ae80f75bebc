/**
 * Where memory is allocated and where it is held is found, on every Node.js, however the program is started and however
 * it ends. The truth is known from the program: see test/programs/allocations/work.cjs.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AllocationSummary, ProfileDocument } from '../../src/contracts/document.ts';
import type { AllocationMetric } from '../../src/contracts/profile-source.ts';
import { Program } from './attach-world.ts';
import {
  documentOf,
  PROGRAMS,
  runCommand,
  slowcatch,
  start,
  startSlowcatch,
  temporaryFolders,
  type Ended,
} from './cli.ts';
import { MIDDLE, NODES } from './node-matrix.ts';

const FOLDER = path.join(PROGRAMS, 'allocations');
const WORK = path.join(FOLDER, 'work.cjs');
const temporaryFolder = temporaryFolders();
const NEWEST = NODES.at(-1)!.binary;

const record = (...command: string[]): Promise<Ended> => {
  const out = path.join(temporaryFolder(), 'recording');
  return slowcatch(['run', '--json', '--allocations', '--out', out, '--', ...command], { cwd: FOLDER });
};

function summary(document: ProfileDocument, metric: AllocationMetric): AllocationSummary {
  const found = document.allocations?.[metric];
  if (!found) throw new Error(`nothing was recorded of "${metric}": ${JSON.stringify(document.problems)}`);
  return found;
}

/** Within ten points, of which V8's sampling takes about three. */
function expectTruth(document: ProfileDocument): void {
  const allocated = summary(document, 'allocated');
  const live = summary(document, 'live');
  const shareOf = (from: AllocationSummary, name: string): number =>
    from.hotFunctions.find(each => each.name === name)?.share ?? 0;
  expect(allocated.hotFunctions[0]).toMatchObject({ name: 'churn', file: WORK, line: 13 });
  expect(live.hotFunctions[0]).toMatchObject({ name: 'remember', file: WORK, line: 25 });
  expect(Math.abs(shareOf(allocated, 'churn') - 0.6)).toBeLessThan(0.1);
  expect(Math.abs(shareOf(allocated, 'tally') - 0.25)).toBeLessThan(0.1);
  expect(Math.abs(shareOf(live, 'remember') - 0.8)).toBeLessThan(0.1);
  expect(shareOf(live, 'churn')).toBeLessThan(0.02);
}

describe.each(MIDDLE)('on Node.js $major', ({ binary }) => {
  test.each(['plain.cjs', 'worker.cjs', 'child.cjs'])(
    '%s allocates and holds where it says',
    async program => {
      const document = documentOf(await record(binary, program, '2500'));
      expectTruth(document);
      expect(document.problems).toEqual([]);
    },
  );

  test('a program that never lets go of its thread, and calls process.exit, has left both', async () => {
    const ended = await record(binary, 'blocked.cjs', '2500');
    expect(ended.code).toBe(3);
    expectTruth(documentOf(ended));
  });

  test('an attached program does, and goes on', async () => {
    const code = `require(${JSON.stringify(WORK)}).work(60000)`;
    const program = await Program.start(binary, ['--inspect-port=0'], code);
    onTestFinished(() => program.kill());
    const before = await program.state();
    const out = path.join(temporaryFolder(), 'recording');
    const parameters = ['--json', '--allocations', '--duration', '3s', '--out', out];
    expectTruth(documentOf(await slowcatch(['attach', ...parameters, String(program.pid)])));
    expect(program.running).toBe(true);
    expect(await program.state()).toEqual(before);
  });

  test('a program that is killed has left both', async () => {
    const out = path.join(temporaryFolder(), 'recording');
    const run = startSlowcatch(
      ['run', '--json', '--allocations', '--out', out, '--', binary, path.join(FOLDER, 'plain.cjs'), '60000'],
      { ownGroup: true },
    );
    process.kill(await pidWith(out, /^live-/), 'SIGKILL');
    expectTruth(documentOf(await run.ended));
  });

  test('--heap-prof stays what it is, and the recording says that it was there first', async () => {
    const folder = temporaryFolder('heap-prof-');
    const options = ['--heap-prof', `--heap-prof-dir=${folder}`];
    const ended = await record(binary, ...options, 'plain.cjs', '1500');
    const document = documentOf(ended);
    expect(document.allocations).toBeUndefined();
    expect(document.problems.map(({ code }) => code)).toContain('heap-profiler-in-use');
    const file = readdirSync(folder).find(name => name.endsWith('.heapprofile')) ?? '';
    const own = documentOf(await slowcatch(['analyze', '--json', path.join(folder, file)]));
    expect(summary(own, 'live').hotFunctions[0]).toMatchObject({ name: 'remember', file: WORK, line: 25 });
  });

  test('a program that takes a heap profile itself gets its own', async () => {
    const alone = await runCommand([binary, 'own-profile.cjs'], { cwd: FOLDER });
    const ended = await record(binary, 'own-profile.cjs');
    const [, text = ''] = /(\{"error".*\})/.exec(ended.stderr) ?? [];
    const [own, recorded] = [alone.stdout, text].map(
      each => JSON.parse(each) as { error: unknown; samples: number },
    );
    expect(recorded!.error).toBeNull();
    // Ours would have 1/32 of them.
    expect(recorded!.samples / own!.samples).toBeGreaterThan(0.3);
    const document = documentOf(ended);
    expect(document.problems.map(({ code }) => code)).toContain('heap-profiler-in-use');
    expect(summary(document, 'allocated').hotFunctions[0]).toMatchObject({ name: 'churn' });
  });
});

/** Resolves to the process id of the program once a file of its main thread has such a name. */
async function pidWith(recording: string, name: RegExp): Promise<number> {
  let pid = 0;
  await expect
    .poll(
      () => {
        const [folder] = existsSync(recording)
          ? readdirSync(recording).filter(each => /^p\d+-t0$/.test(each))
          : [];
        pid = Number(/\d+/.exec(folder ?? '')?.[0]);
        return (
          folder !== undefined && readdirSync(path.join(recording, folder)).some(each => name.test(each))
        );
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBe(true);
  return pid;
}

describe('a heap profile in a file', () => {
  const analyze = async (file: string): Promise<Ended> => slowcatch(['analyze', file]);

  test('is reported in bytes, and nothing in it is called CPU', async () => {
    const folder = temporaryFolder();
    const options = ['--heap-prof', `--heap-prof-dir=${folder}`, '--heap-prof-name=shop.heapprofile'];
    await start([NEWEST, ...options, 'plain.cjs', '500'], { cwd: FOLDER }).ended;
    const { stdout } = await analyze(path.join(folder, 'shop.heapprofile'));
    expect(stdout).toMatch(/Still held: [\d.]+ MB, \d+ samples/);
    expect(stdout).toMatch(/remember +\d+ % +[\d.]+ MB +[\d.]+ MB +\S*work\.cjs:25/);
    expect(stdout).not.toMatch(/CPU|busy|idle|\bms\b/);
  });

  test('that holds nothing is refused and says what to do', async () => {
    const folder = temporaryFolder();
    const options = [
      '--heap-prof',
      `--heap-prof-dir=${folder}`,
      '--heap-prof-name=empty.heapprofile',
      '--heap-prof-interval=1000000000',
    ];
    await start([NEWEST, ...options, '-e', '0']).ended;
    const empty = await analyze(path.join(folder, 'empty.heapprofile'));
    expect([empty.code, empty.stderr]).toEqual([3, expect.stringContaining('holds no sampled object')]);
  });
});

/** What may grow is suspected while a program runs, by sampling; the stack of what leaks is named beside its verdict. */
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { suspicionsOf, type PlacedSuspicion } from '../../src/analysis/heap/held-thread.ts';
import { heldThread } from '../../src/backend/recorded-held.ts';
import { readThreads } from '../../src/backend/recorded-threads.ts';
import { launchPrograms } from '../../src/collect/launched-programs.ts';
import { Recorder } from '../../src/collect/recorder.ts';
import type { HeldRecord } from '../../src/contracts/held-records.ts';
import type { LeaksDocument } from '../../src/contracts/leaks.ts';
import type { RuntimeRecord } from '../../src/contracts/recording.ts';
import { microseconds } from '../../src/contracts/units.ts';
import { IdentityPlacement } from '../../src/model/source/placement.ts';
import { PROGRAMS, ROOT, slowcatch, temporaryFolders } from './cli.ts';
import { freePort, lineOfLeak } from './leak-corpus.ts';
import { EDGES, NODES } from './node-matrix.ts';

const SERVICE = path.join(PROGRAMS, 'leaks', 'service');
const KEEPS_ROWS = path.join(SERVICE, 'keeps-rows.cjs');
const LONGEST_MILLISECONDS = 100_000;
const newFolder = temporaryFolders();

/** Looks cost at most 0.5 % of the time: on a busy machine they come later. */
async function until<T>(
  folder: string,
  seen: (records: readonly RuntimeRecord[]) => T | undefined,
): Promise<T> {
  return await vi.waitFor(
    async () => {
      const [found] = (await readThreads(folder)).flatMap(({ runtime }) => seen(runtime) ?? []);
      if (found === undefined) throw new Error('it was not seen in time');
      return found;
    },
    { timeout: LONGEST_MILLISECONDS, interval: 200 },
  );
}

function firstSuspicion(records: readonly RuntimeRecord[]): PlacedSuspicion | undefined {
  const held = heldThread(records, new IdentityPlacement());
  return held && suspicionsOf(held)[0];
}

const FINE_BYTES = 32 * 1024;

const fineLook = (records: readonly RuntimeRecord[]): HeldRecord | undefined =>
  records.find(
    (record): record is HeldRecord => record.type === 'held' && record.intervalBytes === FINE_BYTES,
  );

test('a program that is tracked is suspected where it keeps rows', { timeout: 240_000 }, async () => {
  const { binary } = NODES.at(-2)!;
  const folder = path.join(newFolder(), 'recording');
  const recorder = new Recorder({
    ...{ id: 'growth', folder, agent: path.join(ROOT, 'dist', 'agent.cjs'), command: [], cwd: ROOT },
    ...{ name: 'keeps-rows', leaks: true, intervalMicroseconds: microseconds(10_000) },
  });
  onTestFinished(() => recorder.stop('user', 'terminate'));
  const program = { name: 'keeps-rows', file: binary, args: [KEEPS_ROWS], cwd: ROOT, env: {} };
  await recorder.start(launchPrograms([program], 'stderr'));
  const found = await until(folder, firstSuspicion);
  expect(found.stack).toContainEqual(expect.objectContaining({ name: 'keep', file: KEEPS_ROWS }));
  expect(found.liveBytes.at(-1)).toBeGreaterThan(found.liveBytes[0]!);
  // From then on it looks more closely.
  expect((await until(folder, fineLook)).objects).toBeGreaterThan(0);
});

test.each(EDGES)('the stack that has made what leaks, on Node $major', async ({ binary }) => {
  const port = await freePort();
  const load = `"${process.execPath}" "${path.join(SERVICE, 'load.mjs')}" ${port} 60`;
  const ended = await slowcatch(['leaks', '--json', '--load', load, '--', binary, KEEPS_ROWS, String(port)]);
  const { verdicts, suspicions } = JSON.parse(ended.stdout) as LeaksDocument;
  const [leak] = verdicts;
  expect(leak).toMatchObject({ verdict: 'leak', file: KEEPS_ROWS, line: lineOfLeak(KEEPS_ROWS) });
  expect(leak!.allocatedAt).toContainEqual({
    name: 'keep',
    file: KEEPS_ROWS,
    line: lineOfLeak(KEEPS_ROWS) - 1,
  });
  expect(suspicions).toBeDefined();
});

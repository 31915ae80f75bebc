/** The runtime view's data as the editor gets it from the server, while a recording goes on and afterwards. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RuntimeView } from '../../src/contracts/views/runtime.ts';
import { PROGRAMS, start, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';
import { startServer } from './server-client.ts';

const ALLOCATE = path.join(PROGRAMS, 'gc', 'allocate.cjs');
const temporaryFolder = temporaryFolders();
const { binary } = NODES.at(-2)!;

const read = (file: string): RuntimeView => JSON.parse(readFileSync(file, 'utf8')) as RuntimeView;

test('a recording is shown while it goes on, is added to once a second, and is whole in the end', async () => {
  const program = start([binary, '--expose-gc', ALLOCATE, 'forever']);
  const server = await startServer({
    recordingsFolder: temporaryFolder(),
    workspaceFolders: [],
    isTrusted: true,
  });
  try {
    const attach = { kind: 'attach', name: 'allocate', cwd: PROGRAMS, intervalMicroseconds: 1000 } as const;
    const { id } = await server.request('slowcatch/begin', { ...attach, target: String(program.pid) });
    const samples = (view: RuntimeView): number => view.threads[0]?.samples.at.length ?? 0;
    const live = async () => read((await server.request('slowcatch/runtime', { id })).file);
    await expect.poll(async () => samples(await live()), { timeout: 20_000 }).toBeGreaterThan(0);

    const shown = await live();
    expect(shown).toMatchObject({ version: 1, isLive: true, threads: [{ pid: program.pid, threadId: 0 }] });
    expect(server.runtimeUpdates).toEqual([]);
    await server.request('slowcatch/watchRuntime', { id, isOn: true });
    await expect.poll(() => server.runtimeUpdates.length, { timeout: 20_000 }).toBeGreaterThan(2);
    await server.request('slowcatch/stop', { id, endedBy: 'user' });

    const whole = read((await server.request('slowcatch/runtime', { id })).file);
    expect(whole.isLive).toBe(false);
    const [thread] = whole.threads;
    const added = server.runtimeUpdates;
    expect([...shown.threads[0]!.samples.at, ...added.flatMap(update => update.samples.at)]).toEqual(
      thread?.samples.at,
    );
    expect([...shown.threads[0]!.collections.at, ...added.flatMap(update => update.collections.at)]).toEqual(
      thread?.collections.at,
    );
    // Shares of the time are those of then: the recording has gone on a little.
    expect(added.at(-1)).toMatchObject({
      ...{ id, pid: program.pid, statistics: { all: thread?.statistics.all } },
      sentence: expect.stringMatching(/^GC took \d+ % of the time/) as string,
    });
    expect(thread?.samples.cpu.at(-1)).toBeGreaterThan(0.05);
    expect(thread?.samples.rssBytes.at(-1)).toBeGreaterThan(1e7);
  } finally {
    program.process.kill('SIGKILL');
    await server.close();
  }
});

test.each([NODES[0]!, NODES.at(-1)!])(
  'Node $major: a program that waits is not said to be busy, though it is sampled',
  async ({ binary: node }) => {
    const program = start([node, '-e', 'setInterval(() => {}, 1000)']);
    const server = await startServer({
      recordingsFolder: temporaryFolder(),
      workspaceFolders: [],
      isTrusted: true,
    });
    try {
      const attach = { kind: 'attach', name: 'waits', cwd: PROGRAMS, intervalMicroseconds: 1000 } as const;
      const { id } = await server.request('slowcatch/begin', { ...attach, target: String(program.pid) });
      const shares = async (): Promise<readonly (number | null)[]> => {
        const { threads } = read((await server.request('slowcatch/runtime', { id })).file);
        return threads[0]?.samples.threadCpu ?? [];
      };
      await expect.poll(async () => (await shares()).length, { timeout: 20_000 }).toBeGreaterThan(2);
      await server.request('slowcatch/stop', { id, endedBy: 'user' });
      const least = Math.min(...(await shares()).map(share => share ?? 1));
      expect(least).toBeGreaterThan(0);
      expect(least).toBeLessThan(0.3);
    } finally {
      program.process.kill('SIGKILL');
      await server.close();
    }
  },
);

test('a recording that is gone is said to be gone', async () => {
  const server = await startServer({
    recordingsFolder: temporaryFolder(),
    workspaceFolders: [],
    isTrusted: true,
  });
  try {
    await expect(server.request('slowcatch/runtime', { id: 'none' })).rejects.toMatchObject({
      data: { code: 'recording-gone' },
    });
    await expect(server.request('slowcatch/watchRuntime', { id: 'none', isOn: true })).rejects.toMatchObject({
      data: { code: 'recording-gone' },
    });
  } finally {
    await server.close();
  }
});

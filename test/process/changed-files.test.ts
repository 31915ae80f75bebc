/** Hints are of the text that ran: when files are edited while a recording goes on, or are run by several processes. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hashOfText } from '../../src/backend/text-hash.ts';
import type { RecordingView } from '../../src/contracts/views/recording.ts';
import { documentOf, PROGRAMS, runCommand, slowcatch, start, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';
import { given, recordedFor, startServer, type ServerClient } from './server-client.ts';

const { binary } = NODES.at(-2)!;
const FIVE_LINES = '// new\n'.repeat(5);
const temporaryFolder = temporaryFolders();
const servers: ServerClient[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const hintsOf = (view: RecordingView, file: string) => view.files.find(each => each.file === file);
const headOf = (view: RecordingView, file: string, name: string) =>
  hintsOf(view, file)?.hints.find(({ functions }) => functions.some(each => each.name === name));
const lineOf = (file: string, text: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .findIndex(line => line.includes(text)) + 1;

/** A copy of the hot programs, and a capture of it that has begun. */
async function begin() {
  const cwd = path.join(temporaryFolder(), 'app');
  cpSync(path.join(PROGRAMS, 'hot'), cwd, { recursive: true });
  const recordingsFolder = temporaryFolder();
  const server = await startServer({ recordingsFolder, workspaceFolders: [cwd], isTrusted: true });
  servers.push(server);
  const launch = { kind: 'launch', name: 'app', cwd, command: ['node'], intervalMicroseconds: 1000 } as const;
  const { id } = await server.request('slowcatch/begin', launch);
  const env = given(
    await server.request('slowcatch/environment', { id, env: {}, flags: [], isDebugged: false }),
  );
  const stop = async (): Promise<RecordingView> => {
    await server.request('slowcatch/stop', { id, endedBy: 'user' });
    return server.request('slowcatch/open', { id });
  };
  return { server, cwd, env, stop, folder: path.join(recordingsFolder, id) };
}

describe('a file that is edited while the program runs', () => {
  test.each(['at once', 'when it is recorded for a while'])(
    '%s has hints of the text that ran',
    async when => {
      const { server, cwd, env, stop } = await begin();
      const file = path.join(cwd, 'endless.cjs');
      const source = readFileSync(file, 'utf8');
      writeFileSync(file, `console.error('runs');\n${source}`);
      const ran = readFileSync(file, 'utf8');
      const line = lineOf(file, 'function mixDigits');
      const program = start([binary, file, 'Infinity'], { cwd, env });
      await program.says('runs');
      if (when !== 'at once') await recordedFor(server, 2500);
      writeFileSync(file, FIVE_LINES + ran);
      await recordedFor(server, 3500);
      const view = await stop();
      program.process.kill();
      expect(headOf(view, file, 'mixDigits')).toMatchObject({ line });
      expect(hintsOf(view, file)?.sha256).toBe(hashOfText(ran));
    },
  );

  test('and started again by its watcher has the hints of its newest text, and it is said', async () => {
    const { server, cwd, env, stop, folder } = await begin();
    const file = path.join(cwd, 'endless.cjs');
    const source = readFileSync(file, 'utf8').replace('alternate(', "console.error('run 1');\nalternate(");
    writeFileSync(file, source);
    const watcher = start([binary, '--watch', file, 'Infinity'], { cwd, env });
    await watcher.says('run 1');
    await recordedFor(server, 2500);
    // A watcher that is not looking yet misses a change.
    const change = () => writeFileSync(file, FIVE_LINES + source.replace('run 1', 'run 2'));
    const isAgain = () => (watcher.stderr.includes('run 2') ? true : change());
    await expect.poll(isAgain, { timeout: 20_000, interval: 1000 }).toBe(true);
    await recordedFor(server, 2000 + Math.max(...server.progress.map(each => each.elapsedMilliseconds)));
    const view = await stop();
    watcher.process.kill();
    await watcher.ended;

    const line = lineOf(file, 'function mixDigits');
    const heads = hintsOf(view, file)?.hints.filter(({ functions }) => functions.length > 0);
    expect(heads?.map(each => each.line)).toContain(line);
    expect(heads?.map(each => each.line)).not.toContain(line - 5);
    expect(hintsOf(view, file)?.sha256).toBe(hashOfText(readFileSync(file, 'utf8')));
    expect(view.problems).toContainEqual(
      expect.objectContaining({ code: 'text-changed', message: expect.stringContaining(file) }),
    );
    expect(view.hotPaths.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['mixDigits', 'mixDigits (before a change)']),
    );
    const hot = lineOf(file, '// the hot line');
    const { hotLines, problems } = documentOf(await slowcatch(['analyze', '--json', folder]));
    const linesOfFile = hotLines.filter(each => each.file === file).map(each => each.line);
    expect(linesOfFile).toContain(hot);
    expect(linesOfFile).not.toContain(hot - 5);
    expect(problems.map(({ code }) => code)).toContain('text-changed');
  });
});

test('a file that two processes of one recording run has the sum of both, as shares of all that was busy', async () => {
  const { cwd, env, stop, folder } = await begin();
  const file = path.join(cwd, 'plain.cjs');
  await Promise.all([0, 1].map(() => runCommand([binary, file], { cwd, env })));
  const view = await stop();
  const { threads } = documentOf(await slowcatch(['analyze', '--json', folder]));
  expect(threads.filter(({ cpuMicroseconds }) => cpuMicroseconds > 100_000)).toHaveLength(2);
  const samples = threads.reduce((sum, thread) => sum + thread.samples, 0);
  const functions = hintsOf(view, file)?.hints.flatMap(hint => hint.functions) ?? [];
  const of = (name: string) => functions.find(each => each.name === name);
  const selfOf = (name: string) => of(name)?.self.samples ?? 0;
  expect(selfOf('mixDigits') + selfOf('sumRoots')).toBeGreaterThan(0.8 * samples);
  const total = (of('mixDigits')?.total.ratio ?? 0) + (of('sumRoots')?.total.ratio ?? 0);
  expect(total).toBeGreaterThan(0.8);
  expect(total).toBeLessThanOrEqual(1);
});

test('of a recording that was not closed it is known what ran, and another project’s file is not taken for it', async () => {
  const { server, cwd, env, folder } = await begin();
  const file = path.join(cwd, 'endless.cjs');
  const program = start([binary, file, 'Infinity'], { cwd, env });
  await recordedFor(server, 2500);
  process.kill(server.pid, 'SIGKILL');
  servers.pop();
  program.process.kill();
  await program.ended;
  const ran = readFileSync(file, 'utf8');
  const other = temporaryFolder();
  writeFileSync(path.join(other, 'endless.cjs'), '// another program');
  const options = { recordingsFolder: path.dirname(folder), workspaceFolders: [other], isTrusted: true };
  const second = await startServer(options);
  servers.push(second);
  const id = path.basename(folder);
  expect(hintsOf(await second.request('slowcatch/open', { id }), file)?.sha256).toBe(hashOfText(ran));
  rmSync(file);
  const view = await second.request('slowcatch/open', { id });
  expect(hintsOf(view, file)?.sha256).toBe(hashOfText(ran));
  expect(hintsOf(view, path.join(other, 'endless.cjs'))).toBeUndefined();
  expect(view.missingFolder).toBeUndefined();
});

test('a thread that has lost its first record is shown as far as it can be read, and it is said', async () => {
  const { cwd, env, stop, folder } = await begin();
  const file = path.join(cwd, 'plain.cjs');
  const program = start([binary, file], { cwd, env });
  await program.ended;
  await stop();
  const runtime = path.join(folder, `p${program.pid}-t0`, 'runtime.ndjson');
  writeFileSync(runtime, readFileSync(runtime, 'utf8').split('\n').slice(1).join('\n'));
  const document = documentOf(await slowcatch(['analyze', '--json', folder]));
  expect(document.hotFunctions[0]?.name).toBe('mixDigits');
  expect(document.threads[0]?.pid).toBe(program.pid);
  expect(document.problems).toContainEqual(
    expect.objectContaining({
      code: 'records-damaged',
      message: expect.stringContaining(`p${program.pid}-t0`),
    }),
  );
});

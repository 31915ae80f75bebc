/** The server as the extension uses it, with real programs: captures, views, the recordings that are kept. */
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openRecording } from '../../src/backend/open-recording.ts';
import type { RecordingView } from '../../src/contracts/views/recording.ts';
import { PROGRAMS, runCommand, start, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';
import { given, recordedFor, startServer, type ServerClient } from './server-client.ts';

const HOT = path.join(PROGRAMS, 'hot');
const PHASES = path.join(PROGRAMS, 'phases', 'phases.cjs');
const PLAIN = path.join(HOT, 'plain.cjs');
const HOT_LINE =
  readFileSync(PLAIN, 'utf8')
    .split('\n')
    .findIndex(line => line.includes('// the hot line')) + 1;
const { binary } = NODES.at(-2)!;
const temporaryFolder = temporaryFolders();
const servers: ServerClient[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(isTrusted = true, recordingsFolder = temporaryFolder()): Promise<ServerClient> {
  const server = await startServer({ recordingsFolder, workspaceFolders: [HOT], isTrusted });
  servers.push(server);
  return server;
}

const LAUNCH = {
  kind: 'launch',
  name: 'plain',
  cwd: HOT,
  command: ['node', 'plain.cjs'],
  intervalMicroseconds: 1000,
} as const;

const hintsOf = (view: RecordingView, file: string) => view.files.find(each => each.file === file);

describe('a launch that the editor makes', () => {
  test('becomes a recording whose view names the hot line, and is told of while it goes on', async () => {
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', LAUNCH);
    const env = await server.request('slowcatch/environment', {
      id,
      env: { SHOP: 'yes' },
      flags: [],
      isDebugged: false,
    });
    expect(env['SHOP']).toBe('yes');
    await runCommand([binary, 'plain.cjs', '6'], { cwd: HOT, env: given(env) });
    const entry = await server.request('slowcatch/stop', { id, endedBy: 'program' });
    expect(entry).toMatchObject({ id, name: 'plain', state: 'saved', isPinned: false });

    const view = await server.request('slowcatch/open', { id });
    expect(view.findings[0]).toMatchObject({ severity: 'warning', place: { file: PLAIN } });
    const hints = hintsOf(view, PLAIN);
    expect(hints?.sha256).toMatch(/^[\da-f]{64}$/);
    const hottest = hints?.hints.find(({ heat }) => heat === 4);
    expect(hottest).toMatchObject({ line: HOT_LINE, self: { share: expect.stringMatching(/^\d\d %$/) } });
    const head = hints?.hints.flatMap(({ functions }) => functions).find(({ name }) => name === 'mixDigits');
    expect(head?.callers.length).toBeGreaterThan(0);

    const [path0] = view.hotPaths;
    expect(path0).toMatchObject({ name: 'mixDigits', hasCallers: true });
    const callers = await server.request('slowcatch/callers', { id, chain: path0!.chain });
    expect(callers[0]?.chain).toHaveLength(2);

    const states = [...new Set(server.progress.map(({ state }) => state))];
    expect(states).toEqual(['waiting', 'recording', 'stopping', 'saved']);
    expect(server.progress.some(({ overheadShare = 1 }) => overheadShare < 0.5)).toBe(true);
  });

  test('is shown by the memory that was recorded with it, with callers and a flamegraph of the same', async () => {
    const cwd = path.join(PROGRAMS, 'allocations');
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', { ...LAUNCH, cwd, allocations: true });
    const launch = { id, env: {}, flags: [], isDebugged: false };
    const env = given(await server.request('slowcatch/environment', launch));
    await runCommand([binary, 'plain.cjs', '2500'], { cwd, env });
    await server.request('slowcatch/stop', { id, endedBy: 'program' });

    const { metric, metrics } = await server.request('slowcatch/open', { id });
    expect([metric, ...metrics]).toEqual(['cpu', 'cpu', 'allocated', 'live']);
    const view = await server.request('slowcatch/open', { id, metric: 'live' });
    expect(view).toMatchObject({ metric: 'live', total: expect.stringMatching(/ MB$/) });
    const hints = hintsOf(view, path.join(cwd, 'work.cjs'))?.hints;
    expect(hints?.find(({ line }) => line === 25)?.text).toMatch(/^[\d.]+ MB still held · \d\d %$/);
    const [held] = view.hotPaths;
    expect(held).toMatchObject({ name: 'remember', hasCallers: true });
    const asked = { id, metric: 'live', chain: held!.chain } as const;
    expect((await server.request('slowcatch/callers', asked))[0]).toMatchObject({ name: 'round' });
    const source = { kind: 'recording', id } as const;
    const flame = await server.request('slowcatch/flame', { source, metric: 'allocated' });
    expect(flame).toMatchObject({ metric: 'allocated', metrics, total: expect.stringMatching(/ MB$/) });
  });

  test('keeps the NODE_OPTIONS of its environment file, which the debugger would lose', async () => {
    const envFile = path.join(temporaryFolder(), '.env');
    writeFileSync(envFile, 'NODE_OPTIONS="--max-old-space-size=321"\nOTHER=1\n');
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', LAUNCH);
    const env = await server.request('slowcatch/environment', {
      id,
      env: {},
      envFile,
      flags: [],
      isDebugged: false,
    });
    expect(env['NODE_OPTIONS']).toMatch(/^--max-old-space-size=321 --require /);
    expect(env['OTHER']).toBeUndefined();
    expect(await server.request('slowcatch/stop', { id, endedBy: 'user' })).toBeNull();
  });

  test('that never starts a program leaves no recording behind', async () => {
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', LAUNCH);
    expect(await server.request('slowcatch/stop', { id, endedBy: 'program' })).toBeNull();
    expect(await server.request('slowcatch/recordings', null)).toEqual([]);
  });

  test('in a workspace that is not trusted is refused, with the reason and what to do', async () => {
    const server = await serve(false);
    await expect(server.request('slowcatch/begin', LAUNCH)).rejects.toMatchObject({
      data: { code: 'not-trusted', advice: expect.stringContaining('Trust the workspace') },
    });
    expect(await server.request('slowcatch/recordings', null)).toEqual([]);
  });
});

describe('a stretch of a recording', () => {
  test('has hot paths, callers and hints of its own, and leaves the whole as it was', async () => {
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', LAUNCH);
    const env = await server.request('slowcatch/environment', { id, env: {}, flags: [], isDebugged: false });
    const { stdout } = await runCommand([binary, PHASES], { cwd: HOT, env: given(env) });
    const entry = await server.request('slowcatch/stop', { id, endedBy: 'program' });
    const whole = await server.request('slowcatch/open', { id });
    expect(whole).not.toHaveProperty('range');

    const { span } = await openRecording(entry!.folder);
    const [, json = ''] = /^phase (.*"sum".*)$/m.exec(stdout) ?? [];
    const { from, to } = JSON.parse(json) as { from: number; to: number };
    const border = 50_000 - span!.from;
    const range = { startMicroseconds: from + border, endMicroseconds: to + border - 100_000 };
    const part = await server.request('slowcatch/openRange', { id, range });
    expect(part.range).toMatchObject({ ...range, text: expect.stringMatching(/^\d\.\d+ – \d\.\d+ s of /) });
    expect(part.summary).toContain(part.range!.text);
    expect(part.hotPaths[0]).toMatchObject({ name: 'sumRoots' });
    expect(part.hotPaths.map(({ name }) => name)).not.toContain('mixDigits');
    const hinted = hintsOf(part, PHASES)?.hints.flatMap(({ functions }) => functions.map(({ name }) => name));
    expect(hinted).toContain('sumRoots');
    expect(hinted).not.toContain('mixDigits');
    const { chain } = part.hotPaths[0]!;
    const callers = await server.request('slowcatch/callers', { id, chain, range });
    expect(callers.map(({ name }) => name)).toEqual(['sumPhase']);
    const again = await server.request('slowcatch/callers', { id, chain: whole.hotPaths[0]!.chain });
    expect(again.map(({ name }) => name)).toEqual(['mixPhase']);

    const none = await server.request('slowcatch/openRange', {
      id,
      range: { startMicroseconds: 1e9, endMicroseconds: 2e9 },
    });
    expect(none.problems.map(({ code }) => code)).toContain('nothing-in-range');
    expect(none.hotPaths).toEqual([]);
    const whole2 = await server.request('slowcatch/open', { id });
    expect(whole2.hotPaths).toEqual(whole.hotPaths);
  });
});

describe('a server that is killed in mid-recording', () => {
  test('costs nothing that was recorded, and the program goes on', async () => {
    const recordingsFolder = temporaryFolder();
    const first = await startServer({ recordingsFolder, workspaceFolders: [HOT], isTrusted: true });
    const { id } = await first.request('slowcatch/begin', LAUNCH);
    const env = await first.request('slowcatch/environment', { id, env: {}, flags: [], isDebugged: false });
    const program = start([binary, 'endless.cjs', 'Infinity'], { cwd: HOT, env: given(env) });
    await recordedFor(first, 2500);
    process.kill(first.pid, 'SIGKILL');

    const second = await serve(true, recordingsFolder);
    const runtime = path.join(recordingsFolder, id, `p${program.pid}-t0`, 'runtime.ndjson');
    await expect.poll(() => readFileSync(runtime, 'utf8'), { timeout: 10_000 }).toContain('"host-gone"');
    expect(program.process.exitCode).toBeNull();
    program.process.kill();
    await program.ended;
    const [entry] = await second.request('slowcatch/recordings', null);
    expect(entry).toMatchObject({ id, state: 'unfinished' });
    const view = await second.request('slowcatch/open', { id });
    expect(view.hotPaths[0]?.name).toBe('mixDigits');
    expect(view.problems.map(({ code }) => code)).toContain('recording-not-closed');
  });
});

/** Records a copy of the program in a folder of its own; answers the folder and the recording. */
async function recordCopy(recordingsFolder: string): Promise<{ folder: string; id: string }> {
  const folder = path.join(temporaryFolder(), 'app');
  cpSync(HOT, folder, { recursive: true });
  const server = await serve(true, recordingsFolder);
  const { id } = await server.request('slowcatch/begin', { ...LAUNCH, cwd: folder });
  const env = await server.request('slowcatch/environment', { id, env: {}, flags: [], isDebugged: false });
  await runCommand([binary, 'plain.cjs'], { cwd: folder, env: given(env) });
  await server.request('slowcatch/stop', { id, endedBy: 'program' });
  return { folder, id };
}

describe('a recording whose files are elsewhere now', () => {
  test('is shown where the workspace has them', async () => {
    const recordingsFolder = temporaryFolder();
    const { folder, id } = await recordCopy(recordingsFolder);
    const moved = path.join(temporaryFolder(), 'checkout');
    renameSync(folder, moved);
    const server = await startServer({ recordingsFolder, workspaceFolders: [moved], isTrusted: true });
    servers.push(server);
    const view = await server.request('slowcatch/open', { id });
    expect(view.missingFolder).toBeUndefined();
    expect(hintsOf(view, path.join(moved, 'plain.cjs'))?.sha256).toMatch(/^[\da-f]{64}$/);
  });

  test('asks for their folder once, and keeps the answer', async () => {
    const recordingsFolder = temporaryFolder();
    const { folder, id } = await recordCopy(recordingsFolder);
    const moved = path.join(temporaryFolder(), 'elsewhere');
    renameSync(folder, moved);
    const server = await serve(true, recordingsFolder);
    // The other programs of the workspace have these names too.
    const asked = await startServer({ recordingsFolder, workspaceFolders: [], isTrusted: true });
    servers.push(asked);
    expect((await asked.request('slowcatch/open', { id })).missingFolder).toBe(folder);
    const mapped = await asked.request('slowcatch/mapFolder', { id, folder: moved });
    expect(mapped.missingFolder).toBeUndefined();
    const again = await server.request('slowcatch/open', { id });
    expect(hintsOf(again, path.join(moved, 'plain.cjs'))).toBeDefined();
  });

  test('and gone still tells what it knows', async () => {
    const recordingsFolder = temporaryFolder();
    const { folder, id } = await recordCopy(recordingsFolder);
    rmSync(folder, { recursive: true });
    const server = await startServer({ recordingsFolder, workspaceFolders: [], isTrusted: true });
    servers.push(server);
    const view = await server.request('slowcatch/open', { id });
    expect(view.hotPaths[0]?.name).toBe('mixDigits');
  });
});

describe('a program that is started again by its watcher', () => {
  test('continues the recording', async () => {
    const folder = temporaryFolder();
    const program = path.join(folder, 'app.cjs');
    const source = `console.error('run', process.pid); setInterval(() => {}, 1000);`;
    writeFileSync(program, source);
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', { ...LAUNCH, cwd: folder });
    const env = await server.request('slowcatch/environment', { id, env: {}, flags: [], isDebugged: false });
    const watcher = start([binary, '--watch', program], { cwd: folder, env: given(env) });
    await watcher.says('run');
    // A watcher that is not looking yet misses a change.
    const change = () => writeFileSync(program, `${source}\nconsole.error('again');`);
    const isAgain = () => (watcher.stderr.includes('again') ? true : change());
    await expect.poll(isAgain, { timeout: 20_000, interval: 1000 }).toBe(true);
    await expect.poll(() => server.progress.at(-1)?.processes, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    const entry = await server.request('slowcatch/stop', { id, endedBy: 'user' });
    watcher.process.kill();
    await watcher.ended;
    expect(readdirSync(entry!.folder).filter(name => /^p\d+-t0$/.test(name)).length).toBeGreaterThanOrEqual(
      2,
    );
  });
});

describe('two windows', () => {
  test('record at the same time, and leave each other’s recordings alone', async () => {
    const recordingsFolder = temporaryFolder();
    const [one, other] = [await serve(true, recordingsFolder), await serve(true, recordingsFolder)];
    const [first, second] = await Promise.all([
      one.request('slowcatch/begin', LAUNCH),
      other.request('slowcatch/begin', LAUNCH),
    ]);
    expect(first.id).not.toBe(second.id);
    const states = (await other.request('slowcatch/recordings', null)).map(({ state }) => state);
    expect(states).toEqual(['recording', 'recording']);
    await expect(other.request('slowcatch/delete', { id: first.id })).rejects.toMatchObject({
      data: { code: 'recording-runs' },
    });
    await one.request('slowcatch/stop', { id: first.id, endedBy: 'user' });
    expect((await other.request('slowcatch/recordings', null)).map(({ id }) => id)).toEqual([second.id]);
    await other.request('slowcatch/stop', { id: second.id, endedBy: 'user' });
  });
});

describe('a folder that cannot be written', () => {
  test('is told before anything is started', async () => {
    const file = path.join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    const server = await serve(true, path.join(file, 'recordings'));
    await expect(server.request('slowcatch/begin', LAUNCH)).rejects.toMatchObject({
      data: { code: 'folder-not-writable' },
    });
  });
});

describe('attaching', () => {
  test('lists the program, records it, and lets it go', async () => {
    const program = start([binary, 'endless.cjs', 'Infinity'], { cwd: HOT });
    const server = await serve();
    const processes = await server.request('slowcatch/processes', null);
    expect(processes.find(({ pid }) => pid === program.pid)).toMatchObject({
      command: [binary, 'endless.cjs', 'Infinity'],
      cwd: HOT,
    });
    const attach = { kind: 'attach', name: 'endless', cwd: HOT, target: String(program.pid) } as const;
    const { id, notes } = await server.request('slowcatch/begin', { ...attach, intervalMicroseconds: 1000 });
    expect(notes.join(' ')).toContain('Debugger listening');
    await recordedFor(server, 2000);
    await server.request('slowcatch/stop', { id, endedBy: 'user' });
    expect(program.process.exitCode).toBeNull();
    program.process.kill();
    const view = await server.request('slowcatch/open', { id });
    expect(view.hotPaths[0]?.name).toBe('mixDigits');
  });

  test('to nothing says so', async () => {
    const server = await serve();
    const attach = {
      kind: 'attach',
      name: 'x',
      cwd: HOT,
      target: '999999999',
      intervalMicroseconds: 1000,
    } as const;
    await expect(server.request('slowcatch/begin', attach)).rejects.toMatchObject({
      data: { code: 'attach-no-process' },
    });
  });
});

describe('kept recordings', () => {
  test('are renamed, pinned and deleted', async () => {
    const server = await serve();
    const { id } = await server.request('slowcatch/begin', LAUNCH);
    const env = await server.request('slowcatch/environment', { id, env: {}, flags: [], isDebugged: false });
    await runCommand([binary, '-e', '0'], { env: given(env) });
    const entry = await server.request('slowcatch/stop', { id, endedBy: 'program' });
    await server.request('slowcatch/change', { id, name: 'before the fix' });
    expect(await server.request('slowcatch/change', { id, isPinned: true })).toMatchObject({
      name: 'before the fix',
      isPinned: true,
    });
    await server.request('slowcatch/delete', { id });
    expect(await server.request('slowcatch/recordings', null)).toEqual([]);
    expect(existsSync(entry!.folder)).toBe(false);
    await expect(server.request('slowcatch/open', { id })).rejects.toMatchObject({
      data: { code: 'recording-gone' },
    });
    await expect(server.request('slowcatch/delete', { id: '../..' })).rejects.toMatchObject({
      data: { code: 'recording-gone' },
    });
  });
});

import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Recorder } from '../../../src/collect/recorder.ts';
import type { ProgramExit, RunningProgram } from '../../../src/collect/running-program.ts';
import type { AgentConfiguration } from '../../../src/contracts/agent.ts';
import type { Manifest } from '../../../src/contracts/recording.ts';
import { microseconds } from '../../../src/contracts/units.ts';

let root = '';
let folder = '';
let recorder: Recorder;
let configuration: AgentConfiguration;
const heard: string[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-recorder-'));
  folder = path.join(root, 'recording');
  heard.length = 0;
  recorder = new Recorder({
    ...{ id: 'a', folder, agent: '/agent.cjs', name: 'app', command: ['node', 'app.js'], cwd: root },
    intervalMicroseconds: microseconds(1000),
  });
  recorder.on('problem', ({ code }) => heard.push(code));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A program that runs until it is let go of; `release` is what letting go does. */
const program = (release: RunningProgram['release'] = () => Promise.resolve([])): RunningProgram => ({
  ended: new Promise<ProgramExit>(() => undefined),
  release,
});

const start = (running: RunningProgram): Promise<void> =>
  recorder.start(given => {
    configuration = given;
    return Promise.resolve(running);
  });

/** An agent of a process that stops when it is asked to. */
async function agent(pid: number, parentPid = 1): Promise<net.Socket> {
  const socket = net.connect(configuration.socket);
  const known = recorder.processes;
  const hello = { type: 'hello', version: 1, token: configuration.token, pid, parentPid };
  socket.write(`${JSON.stringify({ ...hello, argv: [], execPath: '', nodeVersion: 'v24.0.0' })}\n`);
  socket.once('data', () => socket.end());
  await vi.waitFor(() => expect(recorder.processes).toBe(known + 1));
  return socket;
}

const manifest = (): Manifest =>
  JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;

test('that no agent reports is no problem any more when one does in the end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await start(program());
  await vi.advanceTimersByTimeAsync(5000);
  await vi.waitFor(() => expect(heard).toEqual(['no-agent']));
  vi.useRealTimers();
  await agent(7);
  await recorder.stop('user');
  expect(manifest().problems).toEqual([]);
});

describe('a recording whose end goes wrong', () => {
  test('is saved with the problem, and leaves no socket, when the program cannot be let go of', async () => {
    await start(program(() => Promise.reject(new Error('kill EINVAL'))));
    await recorder.stop('duration');
    expect(await recorder.saved).toMatchObject({ state: 'saved', endedBy: 'duration' });
    expect(manifest().problems.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
      expect.stringContaining('internal Slowcatch failed: Error: kill EINVAL'),
    );
    expect(existsSync(configuration.socket)).toBe(false);
  });

  test('is saved when the program can no longer be watched', async () => {
    let fail: (error: Error) => void = () => undefined;
    await start({ ...program(), ended: new Promise((_, reject) => (fail = reject)) });
    fail(new Error('ps failed'));
    expect(await recorder.saved).toMatchObject({ state: 'saved', endedBy: 'program', exitCode: null });
    expect(heard).toContain('internal');
  });

  test('ends where somebody has removed its folder, and says so; nobody need listen', async () => {
    await start(program());
    rmSync(folder, { recursive: true });
    await recorder.stop('user');
    expect(recorder.state).toBe('saved');
    await expect(recorder.saved).rejects.toMatchObject({ code: 'folder-removed' });
    expect(existsSync(configuration.socket)).toBe(false);
  });
});

describe('processes that are ended', () => {
  test('are those that run: the id of one that has ended may be another process by now', async () => {
    const release = vi.fn(() => Promise.resolve([]));
    await start(program(release));
    const [gone] = [await agent(101), await agent(102), await agent(103, 102)];
    gone.end();
    await once(gone, 'close');
    await recorder.stop('duration');
    expect(release).toHaveBeenCalledWith('terminate', [102]);
  });
});

describe('a recording that is stopped before the program is ours', () => {
  test('lets go of it as soon as it is', async () => {
    const release = vi.fn(() => Promise.resolve([]));
    let attach: (attached: RunningProgram) => void = () => undefined;
    const begun = recorder.start(given => {
      configuration = given;
      return new Promise(resolve => (attach = resolve));
    });
    await vi.waitFor(() => expect(recorder.state === 'starting' && configuration.folder).toBe(folder));
    const stopped = recorder.stop('user', 'leaves');
    expect(release).not.toHaveBeenCalled();
    attach(program(release));
    await Promise.all([begun, stopped]);
    expect(release).toHaveBeenCalledWith('leaves', []);
    expect(manifest()).toMatchObject({ state: 'saved', endedBy: 'user' });
  });
});

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordingSession, type RecordRequest } from '../../../src/backend/record.ts';
import type { ProgramExit, RunningProgram } from '../../../src/collect/running-program.ts';
import type { AgentConfiguration } from '../../../src/contracts/agent.ts';
import { FILE_HASHES_FILE } from '../../../src/contracts/recording-files.ts';
import { microseconds, milliseconds } from '../../../src/contracts/units.ts';

let root = '';
const problems: string[] = [];
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-record-'));
  problems.length = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

const request = (
  begin: (configuration: AgentConfiguration) => Promise<RunningProgram>,
  limits: Pick<RecordRequest, 'durationMilliseconds' | 'load'> = {},
): RecordRequest => ({
  subject: { kind: 'given', name: 'app', command: ['node', 'app.js'], cwd: root, begin },
  environment: { PATH: process.env['PATH'] },
  intervalMicroseconds: microseconds(1000),
  folder: { below: root },
  output: 'stderr',
  agent: '/agent.cjs',
  onProblem: ({ code }) => problems.push(code),
  onNote: () => undefined,
  ...limits,
});

const program = () => ({
  ended: new Promise<ProgramExit>(() => undefined),
  release: vi.fn(() => Promise.resolve([])),
});

/** What an agent says first; answers once it has been heard. */
async function hello({ socket: address, token }: AgentConfiguration): Promise<void> {
  const socket = net.connect(address);
  await once(socket, 'connect');
  socket.once('data', () => socket.end());
  const first = { type: 'hello', version: 1, token, pid: 101, parentPid: 1, argv: [], execPath: '' };
  await new Promise(resolve =>
    socket.write(`${JSON.stringify({ ...first, nodeVersion: 'v24.0.0' })}\n`, resolve),
  );
}

test('a recording whose hashes cannot be written is kept, and that is said', async () => {
  const session = await RecordingSession.begin(request(() => Promise.resolve(program())));
  mkdirSync(path.join(session.folder, FILE_HASHES_FILE, 'in-the-way'), { recursive: true });
  void session.stop('user');
  expect(await session.saved()).toMatchObject({ state: 'saved', endedBy: 'user' });
  expect(problems).toContain('folder-not-writable');
});

test('a load that fails is said: the recording may be shorter than was meant', async () => {
  const session = await RecordingSession.begin(
    request(
      async configuration => {
        await hello(configuration);
        return program();
      },
      { load: 'exit 3' },
    ),
  );
  expect(await session.saved()).toMatchObject({ endedBy: 'load' });
  expect(problems).toContain('load-failed');
});

test.each([
  { endedBy: 'duration', limits: { durationMilliseconds: milliseconds(1) } },
  { endedBy: 'load', limits: { load: 'true' } },
] as const)('a $endedBy that is short counts from when the program is ours', async ({ endedBy, limits }) => {
  const attached = program();
  let attach: (attached: RunningProgram) => void = () => undefined;
  const session = await RecordingSession.prepare(
    request(async configuration => {
      await hello(configuration);
      return new Promise(resolve => (attach = resolve));
    }, limits),
  );
  const begun = session.start();
  await vi.waitFor(() => expect(session.processes).toBe(1));
  await vi.waitFor(() => expect(session.isStarting).toBe(true));
  attach(attached);
  await begun;
  expect(await session.saved()).toMatchObject({ endedBy });
  expect(attached.release).toHaveBeenCalledWith('terminate', [101]);
});

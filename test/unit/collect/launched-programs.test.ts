import { afterEach, expect, test, vi } from 'vitest';
import { launchPrograms } from '../../../src/collect/launched-programs.ts';
import type { RunningProgram } from '../../../src/collect/running-program.ts';
import type { AgentConfiguration } from '../../../src/contracts/agent.ts';
import { microseconds } from '../../../src/contracts/units.ts';

const CONFIGURATION: AgentConfiguration = {
  ...{ version: 1, agent: '/dev/null', socket: '/tmp/none', token: '', folder: '/tmp' },
  intervalMicroseconds: microseconds(1000),
};

afterEach(() => vi.restoreAllMocks());

const launched = (): Promise<RunningProgram> =>
  launchPrograms(
    [{ name: 'sleep', file: 'sleep', args: ['60'], cwd: '/', env: {} }],
    'inherit',
  )(CONFIGURATION);

/** Signals to these processes fail as those to processes of another user do. */
function deny(isDenied: (pid: number) => boolean): void {
  const kill = process.kill.bind(process);
  vi.spyOn(process, 'kill').mockImplementation((pid, signal) => {
    if (isDenied(pid)) throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    return kill(pid, signal);
  });
}

const OTHERS = process.ppid;

test('a program of another user is left running at once, which is a problem and no failure', async () => {
  const program = await launched();
  const denied: number[] = [];
  deny(pid => denied.push(pid) > 0);
  const problems = await program.release('terminate', []);
  vi.restoreAllMocks();
  process.kill(denied[0] ?? 0, 'SIGKILL');
  expect(problems).toMatchObject([{ code: 'not-allowed-to-end' }]);
  expect(problems[0]?.message).toContain(`Process ${denied[0]} runs as another user`);
  expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL' });
});

test('one process of another user keeps none of the others from being ended', async () => {
  const program = await launched();
  deny(pid => pid === OTHERS);
  const problems = await program.release('terminate', [OTHERS]);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining(`Process ${OTHERS} runs as another user`),
  ]);
  expect(await program.ended).toEqual({ code: null, signal: 'SIGTERM' });
});

/**
 * The agent is a guest: what a program prints, how it ends and what it can see of itself are the same with Slowcatch
 * and without, byte for byte, on every Node.js.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { THREAD_FOLDER_PATTERN } from '../../src/contracts/recording-files.ts';
import { PROGRAMS, runCommand, slowcatch, temporaryFolders, type Ended, type Surroundings } from './cli.ts';
import { EDGES, NODES } from './node-matrix.ts';

const GUEST = path.join(PROGRAMS, 'guest');
const SIGNAL_STATUS: Readonly<Record<string, number>> = {
  SIGABRT: 134,
  SIGINT: 130,
  SIGKILL: 137,
  SIGTERM: 143,
};
const temporaryFolder = temporaryFolders();

interface Behaviour {
  readonly name: string;
  /** What follows `node`. */
  readonly parameters: readonly string[];
  readonly surroundings?: Surroundings;
  /** It ends at once in a way that nothing can delay: the agent may not be up by then. */
  readonly mayEndUnseen?: boolean;
}

const PRINT_PROCESS = `console.log(process.argv.length, typeof require, process.execArgv.length)`;
const DEPRECATIONS = ['--pending-deprecation', '--throw-deprecation'];

const BEHAVIOURS: readonly Behaviour[] = [
  { name: 'ends', parameters: ['end.cjs'] },
  { name: 'exits with timers that still run', parameters: ['exit-with-timers.cjs'] },
  { name: 'does not catch an exception', parameters: ['uncaught-exception.cjs'] },
  { name: 'does not handle a rejection', parameters: ['unhandled-rejection.cjs'] },
  { name: 'throws in its exit handler', parameters: ['throw-at-exit.cjs'] },
  { name: 'sets its exit code', parameters: ['exit-code.cjs'] },
  { name: 'exits in its exit handler', parameters: ['exit-in-exit.cjs'] },
  { name: 'dies of SIGTERM', parameters: ['signal-default.cjs', 'SIGTERM'] },
  { name: 'dies of SIGINT', parameters: ['signal-default.cjs', 'SIGINT'] },
  { name: 'dies of SIGKILL', parameters: ['signal-default.cjs', 'SIGKILL'] },
  { name: 'handles SIGTERM', parameters: ['signal-handled.cjs', 'SIGTERM'] },
  { name: 'handles SIGINT', parameters: ['signal-handled.cjs', 'SIGINT'] },
  { name: 'aborts', parameters: ['abort.cjs'], mayEndUnseen: true },
  { name: 'removes all listeners and exits', parameters: ['remove-listeners.cjs'] },
  { name: "exits without an 'exit' event", parameters: ['really-exit.cjs'] },
  { name: 'reads its input', parameters: ['echo.cjs'], surroundings: { input: 'línea\n'.repeat(20_000) } },
  { name: 'closes its output', parameters: ['close-output.cjs'] },
  { name: 'prints 20 MB', parameters: ['print-much.cjs'] },
  { name: 'looks at itself', parameters: ['inspect-itself.cjs', 'one', 'two'] },
  {
    name: 'has NODE_OPTIONS of its own',
    parameters: ['-p', 'process.env.NODE_OPTIONS.split(" ")[0] + process.allowedNodeEnvironmentFlags.size'],
    surroundings: { env: { NODE_OPTIONS: '--stack-trace-limit=5' } },
  },
  { name: 'waits for its last timer', parameters: ['idle.cjs'] },
  { name: 'has worker threads', parameters: ['worker.cjs'] },
  { name: 'has children', parameters: ['children.cjs'] },
  { name: 'forbids deprecated calls', parameters: [...DEPRECATIONS, 'children.cjs'] },
  { name: 'forbids deprecated calls in worker threads', parameters: [...DEPRECATIONS, 'worker.cjs'] },
  { name: 'is a test run', parameters: ['--test', '--test-reporter=tap', 'test.cjs'] },
  { name: 'is given with -e', parameters: ['-e', PRINT_PROCESS] },
  {
    name: 'is a module given with -e',
    parameters: ['--input-type=module', '-e', `${PRINT_PROCESS}; await 1`],
  },
  { name: 'is read from the input', parameters: ['-'], surroundings: { input: PRINT_PROCESS } },
  { name: 'is a dialogue', parameters: ['-i'], surroundings: { input: '1 + 1\nrequire.main\n.exit\n' } },
];

/**
 * What differs from run to run: process ids, machine code on the stack, durations; and whether promises continue
 * from a tick of Node's that somebody had to do anyway.
 */
const steady = (output: string): string =>
  output
    .replaceAll(/\(node:\d+\)/g, '(node:PID)')
    .replaceAll(/^ *\d+: 0x[0-9a-f]+ .*\n/gm, '')
    .replaceAll(/^ *(?:at )?process\.processTicksAndRejections .*\n/gm, '')
    // Node calls back through it as long as anybody has hooks of async_hooks: that operations are followed shows here.
    .replaceAll(/^ *(?:at )?process\.callbackTrampoline .*\n/gm, '')
    .replaceAll(/duration_ms:? [\d.]+/g, 'duration_ms TIME');

/** Short enough for a message. */
const shown = (output: string): string =>
  output.length < 20_000
    ? output
    : `${output.length} characters, ${createHash('sha256').update(output).digest('hex')}`;

const REPORT = /\nnode [^\n]* · [\s\S]*$/;
const OWN_WORDS = /^slowcatch: .*\n(?: {2}.*\n)?/gm;
const PROBLEMS = 'Worth knowing';

/** Without them the program was only left alone because nothing was done. */
const sampledThreads = (recording: string): string[] =>
  readdirSync(recording).filter(name => THREAD_FOLDER_PATTERN.test(name));

/** As the user of the program sees it. */
const outcome = ({ code, signal, stdout, stderr }: Ended) => ({
  code: signal === null ? code : SIGNAL_STATUS[signal],
  stdout: shown(steady(stdout)),
  stderr: shown(steady(stderr)),
});

async function expectLeftAlone(binary: string, behaviour: Behaviour, options: string[] = []): Promise<void> {
  const { parameters, surroundings, mayEndUnseen } = behaviour;
  const around = { cwd: GUEST, ...surroundings };
  const alone = await runCommand([binary, ...parameters], around);
  const out = path.join(temporaryFolder(), 'recording');
  const ended = await slowcatch(['run', ...options, '--out', out, '--', binary, ...parameters], around);
  const recorded = {
    ...ended,
    stdout: ended.stdout.replace(REPORT, ''),
    stderr: ended.stderr.replace(OWN_WORDS, ''),
  };

  expect(outcome(recorded)).toEqual(outcome(alone));
  expect(ended.stderr).toContain(`slowcatch: recording kept in ${out}\n`);
  if (mayEndUnseen && sampledThreads(out).length === 0) return;
  expect(ended.stderr.match(OWN_WORDS)).toEqual([`slowcatch: recording kept in ${out}\n`]);
  expect(sampledThreads(out)).not.toEqual([]);
  const [report = ''] = REPORT.exec(ended.stdout) ?? [];
  expect(report).not.toContain(PROBLEMS);
}

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test.concurrent.each(BEHAVIOURS)('a program that $name is left alone', behaviour =>
    expectLeftAlone(binary, behaviour),
  );
});

describe.each([NODES[0]!, NODES.at(-1)!])(
  'with its allocations recorded, on Node.js $major',
  ({ binary }) => {
    test.concurrent.each(BEHAVIOURS)('a program that $name is left alone', behaviour =>
      expectLeftAlone(binary, behaviour, ['--allocations']),
    );
  },
);

import os from 'node:os';
import path from 'node:path';
import { analyze } from '../backend/analyze.ts';
import { RecordingSession, type Subject } from '../backend/record.ts';
import { Recordings } from '../backend/recordings.ts';
import { recordingsFolder } from '../backend/state-folder.ts';
import { asUserError } from '../contracts/recorded-problem.ts';
import type { Manifest } from '../contracts/recording.ts';
import type { UserError } from '../contracts/user-error.ts';
import { plainText } from '../format/untrusted.ts';
import type { Command } from './arguments.ts';
import { print } from './print.ts';

type RecordArguments = Extract<Command, { name: 'run' | 'attach' }>;

/** The bundle lies beside ours. */
const AGENT = path.join(__dirname, 'agent.cjs');

export async function recordCommand(command: RecordArguments): Promise<number> {
  const { capture, report } = command;
  const session = await RecordingSession.prepare({
    subject: subjectOf(command),
    environment: process.env,
    agent: AGENT,
    output: report.json ? 'stderr' : 'inherit',
    intervalMicroseconds: capture.intervalMicroseconds,
    allocations: capture.allocations ?? false,
    ...(capture.operations ? { operations: capture.operations } : {}),
    kind: capture.isWatch ? 'watch' : 'profile',
    watch: [{ functions: capture.watched, folder: process.cwd() }],
    folder:
      capture.out === undefined ? { below: recordingsFolder() } : { exactly: path.resolve(capture.out) },
    onProblem: sayOnce(),
    onNote: note => process.stderr.write(`slowcatch: ${plainText(note, 600)}\n`),
    ...(capture.durationMilliseconds === undefined
      ? {}
      : { durationMilliseconds: capture.durationMilliseconds }),
    ...(capture.load === undefined ? {} : { load: capture.load }),
  });
  const manifest = await recorded(session);
  process.stderr.write(`slowcatch: recording kept in ${plainText(session.folder, 600)}\n`);
  const status = await print(await analyze([session.folder]), report);
  if (capture.out === undefined) await removeOld(session.id);
  return report.failOnFindings ? status : statusOf(manifest);
}

/** A signal ends the recording from the first moment on: what has been opened in a program is closed again. */
async function recorded(session: RecordingSession): Promise<Manifest> {
  const release = endBySignal(session);
  try {
    await session.start();
    return await session.saved();
  } finally {
    release();
  }
}

/** The report has been printed: what goes wrong here is said, and changes nothing. */
async function removeOld(id: string): Promise<void> {
  try {
    await new Recordings(recordingsFolder()).removeOld(Date.now(), id);
  } catch (error) {
    say(asUserError(error));
  }
}

function subjectOf(command: RecordArguments): Subject {
  if (command.name === 'attach') return { kind: 'attach', target: command.target, cwd: process.cwd() };
  if (command.launch !== undefined)
    return { kind: 'launch', workspaceFolder: process.cwd(), name: command.launch };
  return { kind: 'command', command: command.command, cwd: process.cwd() };
}

/** A full disk is met more than once. */
function sayOnce(): (problem: UserError) => void {
  const said = new Set<string>();
  return problem => {
    if (!said.has(problem.message)) say(problem);
    said.add(problem.message);
  };
}

function say({ message, advice }: UserError): void {
  process.stderr.write(`slowcatch: ${plainText(message, 600)}\n  ${plainText(advice, 600)}\n`);
}

const STARTING = 'slowcatch: ending as soon as the program has answered, so that nothing stays open in it.\n';

/**
 * Ctrl-C reaches the program as well, which then ends as it always does; SIGTERM reaches only us, and is passed on.
 * Either way the recording is closed first.
 */
function endBySignal(session: RecordingSession): () => void {
  const stop = (how: 'leaves' | 'terminate'): void => {
    if (session.isStarting) process.stderr.write(STARTING);
    void session.stop('user', how);
  };
  const onInterrupt = (): void => stop('leaves');
  const onTerminate = (): void => stop('terminate');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  };
}

const SIGNAL_STATUS = 128;
const SIGNALS: Readonly<Record<string, number>> = os.constants.signals;

/** The program's own status, as a shell would give it; 0 for one that we ended ourselves. */
function statusOf({ endedBy, exitCode, exitSignal }: Manifest): number {
  if (endedBy !== 'program') return 0;
  if (exitSignal) return SIGNAL_STATUS + (SIGNALS[exitSignal] ?? 0);
  return exitCode ?? 0;
}

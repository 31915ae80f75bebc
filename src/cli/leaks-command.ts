import path from 'node:path';
import process from 'node:process';
import { compareSnapshots } from '../backend/leaks/compare-snapshots.ts';
import { renderLeaks } from '../backend/leaks/render-leaks.ts';
import { trackProgram } from '../backend/leaks/track-program.ts';
import type { LeaksDocument } from '../contracts/leaks.ts';
import { plainJson, plainText } from '../format/untrusted.ts';
import type { LeaksArguments } from './leaks-arguments.ts';

const LEAKS_STATUS = 1;

/** Answers 1 when there is a leak. */
export async function leaksCommand(command: LeaksArguments): Promise<number> {
  const document = await documentOf(command);
  process.stdout.write(command.json ? `${plainJson(document)}\n` : renderLeaks(document, process.cwd()));
  return document.verdicts.some(({ verdict }) => verdict === 'leak') ? LEAKS_STATUS : 0;
}

async function documentOf(command: LeaksArguments): Promise<LeaksDocument> {
  const { subject, out, json, isRedacted, ...epochs } = command;
  if (subject.kind === 'snapshots')
    return compareSnapshots(
      subject.files.map(file => path.resolve(file)),
      { dist: __dirname },
    );
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  try {
    return await trackProgram({
      ...epochs,
      command: subject.command,
      cwd: process.cwd(),
      environment: process.env,
      agent: path.join(__dirname, 'agent.cjs'),
      output: json ? 'stderr' : 'inherit',
      ...(out === undefined ? {} : { kept: { folder: path.resolve(out), isRedacted } }),
      onProblem: ({ message, advice }) => say(`${message}\n  ${advice}`),
      onNote: say,
      signal: stop.signal,
    });
  } finally {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  }
}

function say(text: string): void {
  const lines = text.split('\n').map(line => plainText(line, 600));
  process.stderr.write(`slowcatch: ${lines.join('\n')}\n`);
}

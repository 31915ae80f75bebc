/** The programs of test/programs/leaks, their truth, and what is said of snapshots of them. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { compareSnapshots } from '../../src/backend/leaks/compare-snapshots.ts';
import type { LeakVerdict } from '../../src/contracts/leaks.ts';

const run = promisify(execFile);
const corpusOf = (root: string): string => path.join(root, 'test', 'programs', 'leaks');
const EPOCHS = 3;

export interface LeakCase {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** Absent: it does not leak. */
  readonly truth?: { readonly line: number; readonly kind: string };
}

/** `root`: of the repository. */
export const leakCases = (root: string): LeakCase[] =>
  ['leaking', 'clean'].flatMap(set => casesIn(path.join(corpusOf(root), set)));

function casesIn(folder: string): LeakCase[] {
  return fs.readdirSync(folder).map(name => {
    const file = path.join(folder, name);
    const text = fs.readFileSync(file, 'utf8');
    const line = text.split('\n').findIndex(row => row.includes('// leaks here')) + 1;
    const [, kind = ''] = /truth = \{ kind: '([^']+)' \}/.exec(text) ?? [];
    return { name, file, ...(path.basename(folder) === 'leaking' ? { truth: { line, kind } } : {}) };
  });
}

/** Runs the program with the Node.js `binary`, and answers what is said to be a leak, the largest first. */
export async function leaksOf(root: string, { file }: LeakCase, binary: string): Promise<LeakVerdict[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'slowcatch-leaks-'));
  try {
    const out = path.join(folder, 'heap');
    await run(binary, [path.join(corpusOf(root), 'drive.mjs'), file, out, String(EPOCHS)]);
    const files = Array.from({ length: EPOCHS + 1 }, (_, at) => `${out}-${at}.heapsnapshot`);
    const { verdicts } = await compareSnapshots(files, { dist: path.join(root, 'dist') });
    return verdicts.filter(({ verdict }) => verdict === 'leak');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Marked in the text of a program. */
export const lineOfLeak = (file: string): number =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .findIndex(row => row.includes('// leaks here')) + 1;

/** One that nobody listens at just now. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

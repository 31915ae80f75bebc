/** Runs commands, and Slowcatch's own command line as it ships (`dist/cli.cjs`), to their end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { ProfileDocument } from '../../src/contracts/document.ts';

export const ROOT = path.join(import.meta.dirname, '..', '..');
export const PROGRAMS = path.join(ROOT, 'test', 'programs');
const CLI = path.join(ROOT, 'dist', 'cli.cjs');
if (!existsSync(CLI)) throw new Error('dist/ is missing: run `npm run build` first');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  /** Added to an environment that holds nothing of the test runner's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to the standard input, which is closed then. */
  readonly input?: string;
  /** In a process group of its own, as a shell starts a command. */
  readonly ownGroup?: boolean;
  /** What it writes goes into these files, read at its end: nobody wakes up at each line. */
  readonly files?: { readonly stdout?: string; readonly stderr?: string };
}

const inherited = (name: string): Record<string, string> => {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
};

const ENVIRONMENT = Object.assign({}, ...['PATH', 'HOME', 'LANG', 'TMPDIR'].map(inherited)) as Record<
  string,
  string
>;

/** A process with all of its output. */
export class Run {
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(
    readonly process: ChildProcess,
    input: string,
    files: NonNullable<Surroundings['files']>,
  ) {
    process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      process.once('error', reject);
      process.once('close', (code, signal) => {
        if (files.stdout !== undefined) this.stdout = readFileSync(files.stdout, 'utf8');
        if (files.stderr !== undefined) this.stderr = readFileSync(files.stderr, 'utf8');
        const { stdout, stderr } = this;
        resolve({ code, signal, stdout, stderr });
      });
    });
    // A program that does not read its input closes it.
    process.stdin?.on('error', () => process.stdin?.destroy());
    process.stdin?.end(input);
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Resolves as soon as the standard error holds `text`. */
  async says(text: string): Promise<void> {
    const { stderr } = this.process;
    while (!this.stderr.includes(text)) {
      const more = new Promise(resolve => stderr?.once('data', resolve));
      const end = await Promise.race([more.then(() => undefined), this.ended]);
      if (end && !this.stderr.includes(text)) throw new Error(`ended without "${text}":\n${this.stderr}`);
    }
  }
}

export function start(command: readonly string[], surroundings: Surroundings = {}): Run {
  const { cwd = ROOT, env = {}, input = '', ownGroup = false, files = {} } = surroundings;
  const [file = '', ...parameters] = command;
  const [stdout, stderr] = [files.stdout, files.stderr].map(name =>
    name === undefined ? 'pipe' : openSync(name, 'w'),
  );
  const child = spawn(file, parameters, {
    cwd,
    env: { ...ENVIRONMENT, ...env },
    detached: ownGroup,
    stdio: ['pipe', stdout, stderr],
  });
  for (const file of [stdout, stderr]) if (typeof file === 'number') closeSync(file);
  return new Run(child, input, files);
}

/** Runs a command to its end. */
export function runCommand(command: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return start(command, surroundings).ended;
}

/** Starts `slowcatch` with these arguments; it runs on the Node.js of the tests. */
export function startSlowcatch(parameters: readonly string[], surroundings?: Surroundings): Run {
  return start([process.execPath, CLI, ...parameters], surroundings);
}

/** Runs `slowcatch` to its end. */
export function slowcatch(parameters: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return startSlowcatch(parameters, surroundings).ended;
}

/** The document that `--json` printed. */
export function documentOf({ stdout, stderr, code }: Ended): ProfileDocument {
  try {
    return JSON.parse(stdout) as ProfileDocument;
  } catch (error) {
    throw new Error(`no document (status ${code}):\n${stdout.slice(0, 500)}\n${stderr}`, { cause: error });
  }
}

/** A function that makes empty folders, which are removed after all tests of the file. */
export function temporaryFolders(): (name?: string) => string {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return (name = '') => {
    const folder = mkdtempSync(path.join(os.tmpdir(), `slowcatch-test-${name}`));
    folders.push(folder);
    return folder;
  };
}

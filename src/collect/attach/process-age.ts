/** For how long processes have been running, as the system tells. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import { promisify } from 'node:util';

const PS_TIMEOUT_MILLISECONDS = 3000;

/** Milliseconds; undefined where the process is gone, or the system does not tell (Windows: only by a slow query). */
export async function processAge(pid: number): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    if (process.platform === 'linux') return ageOfStat(await fs.readFile(`/proc/${pid}/stat`, 'utf8'));
    const options = { timeout: PS_TIMEOUT_MILLISECONDS };
    const { stdout } = await promisify(execFile)('ps', ['-o', 'etime=', '-p', String(pid)], options);
    return parseElapsed(stdout.trim());
  } catch {
    // It has ended, or belongs to somebody whose processes are hidden from us.
    return undefined;
  }
}

/** Ticks of /proc/<pid>/stat are 1/100 s; the 22nd field is the start, counted from the machine's. */
const TICK_MILLISECONDS = 10;
const START_FIELD = 22;

/** Milliseconds, from the text of `/proc/<pid>/stat`. */
export function ageOfStat(stat: string): number {
  // The name in brackets may hold anything, also brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const started = Number(fields[START_FIELD - 3]) * TICK_MILLISECONDS;
  return Math.max(0, os.uptime() * 1000 - started);
}

/** `[[days-]hours:]minutes:seconds` of `ps`, in milliseconds; undefined for anything else. */
export function parseElapsed(text: string): number | undefined {
  const match = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)$/.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(digits => Number(digits ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

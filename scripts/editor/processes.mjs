// Ends the editor's server with all that it started: extension hosts, terminals, programs. Linux only.
import { readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';

const GRACE_MILLISECONDS = 5_000;

/**
 * SIGTERM, SIGKILL after 5 s. Resolves when the process has ended.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function endProcess(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MILLISECONDS);
  await ended;
  clearTimeout(timer);
}

/**
 * Kills every process that has `variable=value` in its environment: children inherit it, also those whose parent has gone.
 * @param {string} variable
 * @param {string} value
 */
export function killMarked(variable, value) {
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name)))
    if (Number(pid) !== process.pid && environment(pid).includes(`${variable}=${value}`)) kill(Number(pid));
}

function environment(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch (error) {
    // It has ended meanwhile, or belongs to someone else.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) return [];
    throw error;
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

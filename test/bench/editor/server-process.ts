/** The server as the system sees it: a child of this process, the extension host. Linux only, as the editor is. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ids of processes that run our server's bundle below this one. */
export function serverProcesses(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => parentOf(pid) === process.pid && read(pid, 'cmdline').includes('dist/server.cjs'));
}

/** Bytes that a process has in memory, pages that it shares with others too. */
export function residentBytes(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(read(pid, 'status'))?.[1]);
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]);

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    // It has ended meanwhile.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

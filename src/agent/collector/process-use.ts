/** Memory and CPU of the whole process: asked for here, so that it costs the program's thread nothing. */
import fs from 'node:fs';
import type { RuntimeRecord } from '../../contracts/recording.ts';

const RESIDENT = /^VmRSS:\s+(\d+) kB$/m;

export class ProcessUse {
  private last = process.cpuUsage();

  /** Completes the samples of the main thread. */
  complete(records: readonly RuntimeRecord[]): RuntimeRecord[] {
    return records.map(record => (record.type === 'sample' ? { ...record, ...this.since() } : record));
  }

  private since() {
    const { user, system } = process.cpuUsage(this.last);
    this.last = { user: this.last.user + user, system: this.last.system + system };
    return { rssBytes: residentBytes(), userMicroseconds: user, systemMicroseconds: system };
  }
}

/**
 * Not by Node on Linux: libuv reads a file for it, and before Node 22 ends the process when that gets the number of a
 * standard stream that the program has closed.
 */
function residentBytes(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss();
  const [, kilobytes = '0'] = RESIDENT.exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

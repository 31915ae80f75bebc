/** What a container's limit leaves: Linux' control groups, version 1 and 2. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Names {
  readonly folder: string;
  readonly limit: string;
  readonly used: string;
  /** In `memory.stat`: pages of files that are given back when memory is short. */
  readonly reclaimable: string;
}

const VERSION_1: Names = {
  folder: 'sys/fs/cgroup/memory',
  limit: 'memory.limit_in_bytes',
  used: 'memory.usage_in_bytes',
  reclaimable: 'total_inactive_file',
};
const VERSION_2: Names = {
  folder: 'sys/fs/cgroup',
  limit: 'memory.max',
  used: 'memory.current',
  reclaimable: 'inactive_file',
};

/**
 * Bytes that a process may still take before the control group that it is in, or one around it, is full; `undefined` where
 * none has a limit, and on other systems. As container runtimes do, pages of files that nobody uses do not count as taken.
 * `root` is that of the file system.
 */
export function containerFreeBytes(pid: number | 'self', root = '/'): number | undefined {
  const groups = textOf(path.join(root, 'proc', String(pid), 'cgroup')) ?? '';
  const free = groups.split('\n').flatMap(line => {
    const [, controllers, group] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || group === undefined) return [];
    const names = namesOf(controllers.split(','));
    return names ? around(group).flatMap(each => freeOf(path.join(root, names.folder, each), names)) : [];
  });
  return free.length === 0 ? undefined : Math.max(0, Math.min(...free));
}

function namesOf(controllers: readonly string[]): Names | undefined {
  if (controllers.includes('memory')) return VERSION_1;
  return controllers.length === 1 && controllers[0] === '' ? VERSION_2 : undefined;
}

/** `/a/b`: itself, `/a`, `/`. Inside of a container only the last one may be there. */
function around(group: string): string[] {
  const names = group.split('/').filter(name => name !== '' && name !== '..');
  return Array.from({ length: names.length + 1 }, (_, left) => names.slice(0, names.length - left).join('/'));
}

function freeOf(folder: string, { limit, used, reclaimable }: Names): number[] {
  const most = numberIn(path.join(folder, limit));
  const taken = numberIn(path.join(folder, used));
  if (most === undefined || taken === undefined) return [];
  const stat = textOf(path.join(folder, 'memory.stat')) ?? '';
  const [, idle = '0'] = new RegExp(`^${reclaimable} (\\d+)$`, 'm').exec(stat) ?? [];
  return [most - Math.max(0, taken - Number(idle))];
}

/** `max` is none. */
function numberIn(file: string): number | undefined {
  const text = textOf(file)?.trim() ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // There is none: another version, another system, a process that has gone.
    return undefined;
  }
}

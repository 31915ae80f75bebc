import type { ThreadRecord } from '../contracts/recording.ts';

/**
 * What a thread is called beside others: `shop.js · pid 4711`, `worker rank.js · pid 4711 thread 1`. Names of files
 * without their folders. Untrusted text.
 */
export function trackName({ pid, threadId, name, argv }: ThreadRecord): string {
  const process = `pid ${pid}`;
  if (threadId !== 0) return `worker ${baseName(name)} · ${process} thread ${threadId}`;
  const program = baseName(argv[1] ?? '');
  return program === '' ? process : `${program} · ${process}`;
}

const baseName = (file: string): string => file.replace(/^.*[\\/]/, '');

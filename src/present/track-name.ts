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

/** `shop.js`, `rank.js`: the file that a thread runs. Untrusted text; empty where it runs none. */
export const fileOfThread = ({ name, argv }: Pick<ThreadRecord, 'name' | 'argv'>): string =>
  baseName(name || (argv[1] ?? ''));

const baseName = (file: string): string => file.replace(/^.*[\\/]/, '');

import fs from 'node:fs';

/** What Linux tells of a thread, in microseconds: how long it ran, and how long it could have but had no processor. */
export interface Scheduled {
  readonly onProcessor: number;
  readonly waiting: number;
}

/** `thread`: `/proc/thread-self`, or `/proc/self/task/<id>`. Undefined where the system does not tell. */
export function scheduled(thread: string): Scheduled | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const [onProcessor, waiting] = fs.readFileSync(`${thread}/schedstat`, 'utf8').split(' ').map(Number);
    if (onProcessor === undefined || waiting === undefined) return undefined;
    return { onProcessor: Math.round(onProcessor / 1000), waiting: Math.round(waiting / 1000) };
  } catch (error) {
    // Kernels may be built without it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

import fs from 'node:fs';

/** Kept: a program may put its own in its place. */
const { readFileSync } = fs;

/** What Linux tells of a thread, in microseconds: how long it ran, and how long it could have but had no processor. */
export interface Scheduled {
  readonly onProcessor: number;
  readonly waiting: number;
}

/** CPU time of the thread that this runs in, in microseconds: on Linux, and from Node 22.19 on; else undefined. */
export function threadMicroseconds(): number | undefined {
  const told = scheduled('/proc/thread-self')?.onProcessor;
  if (told !== undefined) return told;
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage };
  if (!threadCpuUsage) return undefined;
  const { user, system } = Reflect.apply(threadCpuUsage, process, []);
  return user + system;
}

/** `thread`: `/proc/thread-self`, or `/proc/self/task/<id>`. Undefined where the system does not tell. */
export function scheduled(thread: string): Scheduled | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const [onProcessor, waiting] = readFileSync(`${thread}/schedstat`, 'utf8').split(' ').map(Number);
    if (onProcessor === undefined || waiting === undefined) return undefined;
    return { onProcessor: Math.round(onProcessor / 1000), waiting: Math.round(waiting / 1000) };
  } catch (error) {
    // Kernels may be built without it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

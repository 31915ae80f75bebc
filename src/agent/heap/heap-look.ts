/** How large this thread's heap is, and snapshots of it. */
import os from 'node:os';
import v8 from 'node:v8';
import type { HeapLook } from '../../contracts/agent.ts';
import { now } from '../clock.ts';

/** The program may replace them. */
const { writeHeapSnapshot, getHeapStatistics, getHeapSpaceStatistics } = v8;
const memoryUsage = process.memoryUsage.bind(process);
const resourceUsage = process.resourceUsage.bind(process);
const constrainedMemory = process.constrainedMemory?.bind(process);

const KILOBYTE = 1024;

/**
 * With a file the heap is written there: V8 collects garbage first, and the thread stands still meanwhile. Numbers are
 * written too, since they tell of limits. Throws what Node throws when the file cannot be written.
 */
export function lookAtHeap(file: string, requests: number): HeapLook {
  const { rss } = memoryUsage();
  const before = {
    usedBytes: getHeapStatistics().used_heap_size,
    largeBytes: largeBytes(),
    rssBytes: rss,
    freeBytes: freeBytes(rss),
    requests,
  };
  if (file === '') return { ...before, pauseMicroseconds: 0, extraBytes: 0 };
  const start = now();
  writeHeapSnapshot(file, { exposeNumericValues: true });
  const peak = resourceUsage().maxRSS * KILOBYTE;
  return { ...before, pauseMicroseconds: now() - start, extraBytes: Math.max(0, peak - rss) };
}

function largeBytes(): number {
  let sum = 0;
  for (const { space_name: name, space_used_size: used } of getHeapSpaceStatistics())
    if (name === 'large_object_space' || name === 'new_large_object_space') sum += used;
  return sum;
}

/** Without a limit some systems answer 0, and others a number beyond all machines. */
function freeBytes(rss: number): number {
  const limit = constrainedMemory?.() ?? 0;
  const isLimited = limit > 0 && limit < os.totalmem();
  return isLimited ? Math.min(os.freemem(), limit - rss) : os.freemem();
}

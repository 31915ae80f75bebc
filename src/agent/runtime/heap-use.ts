import v8 from 'node:v8';
import type { SampleRecord } from '../../contracts/runtime-records.ts';

type HeapUse = Pick<
  SampleRecord,
  'heapUsedBytes' | 'heapTotalBytes' | 'externalBytes' | 'arrayBuffersBytes' | 'spaces'
>;

/** `process.memoryUsage` ends the process there when the program has closed its standard output (libuv's uv__close). */
const isMemoryUsageSafe = Number.parseInt(process.versions.node, 10) >= 22;

/** The heap of the thread this code runs in. */
export function heapUse(): HeapUse {
  const { used_heap_size, total_heap_size, external_memory } = v8.getHeapStatistics();
  const spaces: Record<string, number> = {};
  for (const { space_name: name, space_used_size: used } of v8.getHeapSpaceStatistics())
    if (used > 0) spaces[name] = used;
  return {
    heapUsedBytes: used_heap_size,
    heapTotalBytes: total_heap_size,
    externalBytes: external_memory,
    arrayBuffersBytes: isMemoryUsageSafe ? process.memoryUsage().arrayBuffers : null,
    spaces,
  };
}

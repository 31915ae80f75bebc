import os from 'node:os';

/** What is left for everything else. */
const SHARE = 0.9;

/** Bytes that a heap may take here: of what the machine has free, and of the container's limit what is not used yet. */
export function mostHeapBytes(): number {
  const limit = process.constrainedMemory() ?? 0;
  // Without a limit some systems answer 0 and others a number beyond all machines.
  const isLimited = limit > 0 && limit < os.totalmem();
  const inContainer = isLimited ? limit - process.memoryUsage.rss() : Number.POSITIVE_INFINITY;
  return SHARE * Math.min(os.freemem(), inContainer);
}

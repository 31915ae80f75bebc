import os from 'node:os';
import { containerFreeBytes } from '../memory/container-memory.ts';

/** What is left for everything else. */
const SHARE = 0.9;

/** Bytes that a heap may take here: of what the machine has free, and of the container's limit what is not used yet. */
export const mostHeapBytes = (): number =>
  SHARE * Math.min(os.freemem(), containerFreeBytes('self') ?? Number.POSITIVE_INFINITY);

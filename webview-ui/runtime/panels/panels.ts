import { cpuPanel } from './cpu.ts';
import { heapPanel } from './heap.ts';
import { loopPanel } from './loop.ts';
import { memoryPanel } from './memory.ts';
import type { Panel } from './panel.ts';

/**
 * All panels, from top to bottom. A new one (connections of a pool, hits of a cache, requests of a route) is a file
 * beside this one that says where its series are in `ThreadData`, and an entry here; axis, brush, table, text, theme
 * and live rows come by themselves.
 */
export const PANELS: readonly Panel[] = [heapPanel, loopPanel, cpuPanel, memoryPanel];

import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The module `name` beside the caller: `name.js` in the build, `name.ts` under tsx. */
export const entryPoint = (name: string, callerUrl: string): URL =>
  new URL(`${name}${extname(callerUrl)}`, callerUrl);

/** Runs `entryPoint` in a worker thread. */
export function startWorker(name: string, callerUrl: string): Worker {
  const entry = entryPoint(name, callerUrl);
  const node20 = process.version.startsWith('v20.');
  if (!node20 || extname(entry.pathname) === '.js') return new Worker(entry);
  // There tsx does not reach worker threads by itself (privatenumber/tsx#354).
  const tsx = import.meta.resolve('tsx/esm/api');
  return new Worker(`import('${tsx}').then(({ register }) => (register(), import('${entry.href}')))`, {
    eval: true,
  });
}

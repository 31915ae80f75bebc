/** What may grow, in words: never more than the sample tells. */
import {
  suspicionsOf,
  type HeldThread,
  type PlacedFrame,
  type PlacedSuspicion,
} from '../../analysis/heap/held-thread.ts';
import type { OperationRoute } from '../../contracts/document.ts';
import type { AllocationFrame, LeakSuspicion } from '../../contracts/leaks.ts';
import { bytes } from '../../contracts/units.ts';
import { formatBytes } from '../../format/numbers.ts';

const ADVICE =
  'Track leaks to be sure: snapshots of the heap tell what holds it (slowcatch leaks, or "Track Memory Leaks" in the editor).';
const MOST = 5;

/** Of all threads, the fastest first. `operation`: what one is called. */
export function leakSuspicions(threads: readonly HeldThread[], operation: string): LeakSuspicion[] {
  return threads
    .flatMap(suspicionsOf)
    .map(each => told(each, operation))
    .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond)
    .slice(0, MOST);
}

/** Nearly all requests are of one route: then it is named. */
const MAIN_SHARE = 0.9;

/** What the requests of a recording are called: "GET /cart", or "request". */
export function requestName(operations: readonly OperationRoute[]): string {
  const requests = operations.filter(({ kind }) => kind === 'http' || kind === 'http2');
  const all = requests.reduce((sum, { count }) => sum + count, 0);
  return requests.find(({ count }) => count > 0 && count >= MAIN_SHARE * all)?.name ?? 'request';
}

function told(suspicion: PlacedSuspicion, operation: string): LeakSuspicion {
  const { liveBytes, operations, microseconds, samples, stack } = suspicion;
  const [first = 0] = liveBytes;
  const last = liveBytes.at(-1) ?? 0;
  const gained = last - first;
  const bytesPerSecond = (gained / microseconds) * 1e6;
  const perOperation = operations > 0 ? { of: operation, bytes: gained / operations } : undefined;
  const [site] = stack;
  const rate = perOperation
    ? `${sizeOf(perOperation.bytes)} per ${perOperation.of}`
    : `${sizeOf(bytesPerSecond)} per second`;
  const name = nameOf(site);
  return {
    name,
    ...(site ? placeOf(site) : {}),
    ...{ liveBytes, bytesPerSecond, samples },
    ...(perOperation ? { perOperation } : {}),
    allocatedAt: framesOf(stack),
    message: `${name} may grow: ${rate}, live bytes ${sizeOf(first)} → ${sizeOf(last)} in ${liveBytes.length - 1} windows, not yet sure`,
    advice: ADVICE,
  };
}

/** V8 counts what it has inlined for the caller: where that is Node, the function itself is not known. */
const nameOf = (site: PlacedFrame | undefined): string =>
  site && isFile(site.file) ? site.name : `(called by ${site?.name ?? 'native code'})`;

const sizeOf = (size: number): string => formatBytes(bytes(Math.round(size)));

/** A stack without what is Node's own. */
export const framesOf = (stack: readonly PlacedFrame[]): AllocationFrame[] =>
  stack.filter(({ file }) => isFile(file)).map(frame => ({ name: frame.name, ...placeOf(frame) }));

const placeOf = ({ file, line }: PlacedFrame): Pick<AllocationFrame, 'file' | 'line'> =>
  isFile(file) ? { file, ...(line > 0 ? { line } : {}) } : {};

const isFile = (file: string): boolean => file !== '' && !/^(?:node|wasm):/.test(file);

/**
 * Calls in which a thread itself stands still for the disk, a child process or Node's slow computations: those of Node's
 * own that end in `Sync`. What runs in them, native code and Node's, is what the program waits for there.
 */
import type { WaitKind } from '../../contracts/operation-kinds.ts';
import type { CallTree } from '../cpu/call-tree.ts';
import type { Frame } from '../cpu/profile.ts';

export interface BlockingCall {
  readonly kind: WaitKind;
  /** `node:fs`. */
  readonly library: string;
  /** `readFileSync`. */
  readonly name: string;
  /** Frame of the function outside of Node that calls it; -1 where there is none. */
  readonly caller: number;
}

export interface BlockingCalls {
  readonly calls: readonly BlockingCall[];
  /** By node: index of the outermost call that it is in; -1 for all others. */
  readonly callOf: Int32Array;
}

/** By script of Node; `crypto` also stands for compression. */
const KINDS: readonly (readonly [RegExp, WaitKind, string])[] = [
  [/^node:(?:internal\/)?fs(?:\/|$)/, 'fs', 'node:fs'],
  [/^node:(?:internal\/)?child_process(?:\/|$)/, 'child', 'node:child_process'],
  [/^node:(?:internal\/)?crypto(?:\/|$)/, 'crypto', 'node:crypto'],
  [/^node:(?:internal\/)?zlib(?:\/|$)/, 'crypto', 'node:zlib'],
];
const BLOCKING = /^[A-Za-z]\w*Sync$/;

export function blockingCalls({ frames, frame, parent, nodeCount }: CallTree): BlockingCalls {
  const kinds = frames.map(kindOf);
  const calls: BlockingCall[] = [];
  const known = new Map<string, number>();
  const callOf = new Int32Array(nodeCount).fill(-1);
  for (let node = 1; node < nodeCount; node++) {
    const outer = callOf[parent[node]!]!;
    const found = kinds[frame[node]!];
    if (outer >= 0 || !found) {
      callOf[node] = outer;
      continue;
    }
    const caller = callerOf(node);
    const { functionName: name } = frames[frame[node]!]!;
    const key = `${caller} ${found.library} ${name}`;
    const call = known.get(key) ?? calls.push({ ...found, name, caller }) - 1;
    known.set(key, call);
    callOf[node] = call;
  }
  return { calls, callOf };

  function callerOf(node: number): number {
    for (let above = parent[node]!; above > 0; above = parent[above]!)
      if (isProgram(frames[frame[above]!]!)) return frame[above]!;
    return -1;
  }
}

function kindOf({ url, functionName }: Frame): Pick<BlockingCall, 'kind' | 'library'> | undefined {
  if (!url.startsWith('node:') || !BLOCKING.test(functionName)) return undefined;
  const found = KINDS.find(([pattern]) => pattern.test(url));
  return found && { kind: found[1], library: found[2] };
}

const isProgram = ({ url }: Frame): boolean => url !== '' && !url.startsWith('node:');

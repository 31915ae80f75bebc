import type { Frame } from '../../model/cpu/profile.ts';
import { isAgentWork, isPackage, ownerOf, type Owner } from './owner.ts';
import type { SampledThread } from './sampled-thread.ts';

/** A function of the original source; the same one of several threads and processes is one. */
export interface OriginalFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly owner: Owner;
}

/** Numbers the original functions of all threads. */
export class FunctionTable {
  readonly functions: OriginalFunction[] = [];
  private readonly ids = new Map<string, number>();

  /** Function of each frame of a thread. */
  idsOf({ tree, place, agent }: SampledThread): Int32Array {
    return Int32Array.from(tree.frames, frame => this.intern(frame, place.functionAt(frame), agent));
  }

  private intern(frame: Frame, at: Omit<OriginalFunction, 'owner'>, agent: string | undefined): number {
    const key = `${at.file}:${at.line}:${at.column}:${at.name}`;
    const existing = this.ids.get(key);
    if (existing !== undefined) return existing;
    const ran = ownerOf(frame, agent);
    // A bundle of the user's own holds packages too.
    const owner = ran === 'own' && isPackage(at.file) ? 'packages' : ran;
    const { name, file, line, column } = at;
    const id = this.functions.push({ name, file, line, column, owner }) - 1;
    this.ids.set(key, id);
    return id;
  }
}

/**
 * Owner of every node's self time: its function's, but all that the agent calls for its own work is Slowcatch's.
 */
export function nodeOwners({ tree, agent }: SampledThread, owners: readonly Owner[]): readonly Owner[] {
  const byNode: Owner[] = [];
  const agentWork = new Uint8Array(tree.nodeCount);
  for (let node = 0; node < tree.nodeCount; node++) {
    const frame = tree.frames[tree.frame[node]!]!;
    const above = tree.parent[node]!;
    const isAgent = agent !== undefined && ownerOf(frame, agent) === 'slowcatch';
    if (isAgent ? isAgentWork(frame) : above >= 0 && agentWork[above] === 1) agentWork[node] = 1;
    byNode.push(agentWork[node] === 1 || isAgent ? 'slowcatch' : owners[tree.frame[node]!]!);
  }
  return byNode;
}

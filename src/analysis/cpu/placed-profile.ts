import type { CallTree } from '../../model/cpu/call-tree.ts';
import { frameKind } from '../../model/cpu/frame-kind.ts';
import type { Frame } from '../../model/cpu/profile.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import { TextNumbers } from '../../model/cpu/text-numbers.ts';
import type { Placement } from '../../model/source/placement.ts';
import { FrameOwners, isAgentWork, type Owner } from './owner.ts';

/** The call tree of one thread with the way to its sources. */
export interface PlacedTree {
  readonly tree: CallTree;
  readonly place: Placement;
  /** Path of Slowcatch's agent in that process: its cost is counted apart. */
  readonly agent?: string;
}

/** A function in terms of its source. */
export type PlacedFunction = ReturnType<Placement['functionAt']> & {
  readonly owner: Owner;
  /** It ran from an earlier text of its file: `line` is one of that text, and its name says so. */
  readonly isEarlierText: boolean;
};

/** Behind the name of a function of an earlier text: it is another one than that of the newest. */
const EARLIER_TEXT = '(before a change)';

export interface PlacedThread {
  readonly tree: CallTree;
  readonly place: Placement;
  /** By frame of the tree: index into `functions`; -1 for V8's states (root, idle, program, gc). */
  readonly functionOf: Int32Array;
  /** By node of the tree: whose time its self time is. */
  readonly ownerOf: readonly Owner[];
}

/** Threads and processes over one list of functions: frames that stand at one place in the sources are one function. */
export interface PlacedProfile {
  readonly functions: readonly PlacedFunction[];
  readonly threads: readonly PlacedThread[];
}

export function placeFunctions(trees: readonly PlacedTree[]): PlacedProfile {
  const functions = new FunctionSet();
  const threads = trees.map(({ tree, place, agent }) => {
    const owners = new FrameOwners(agent);
    const functionOf = new Int32Array(tree.frames.length).fill(-1);
    const ownerOfFrame = tree.frames.map((frame, index) => {
      if (frameKind(frame) !== 'function') return owners.of(frame, '');
      // One by one: a spread would cost as much again as all the rest of a big profile's functions.
      const { name, file, line, column } = place.functionAt(frame);
      const isEarlierText = place.isEarlierText(frame);
      const owner = owners.of(frame, file);
      const told = isEarlierText ? `${name} ${EARLIER_TEXT}` : name;
      functionOf[index] = functions.intern({ name: told, file, line, column, owner, isEarlierText });
      return owner;
    });
    return { tree, place, functionOf, ownerOf: nodeOwners(tree, ownerOfFrame) };
  });
  return { functions: functions.list, threads };
}

/**
 * A node's owner is its frame's, but all that the agent calls for its own work is Slowcatch's, and so is the code that
 * an inspector is given to call the agent: it has neither name nor file.
 */
function nodeOwners({ nodeCount, frames, frame, parent }: CallTree, ownerOfFrame: readonly Owner[]): Owner[] {
  const owners: Owner[] = [];
  for (let node = 0; node < nodeCount; node++) owners.push(ownerOfFrame[frame[node]!]!);
  if (!ownerOfFrame.includes('slowcatch')) return owners;
  const isWork = new Uint8Array(nodeCount);
  for (let node = 1; node < nodeCount; node++) {
    const above = parent[node]!;
    const isAgent = owners[node] === 'slowcatch';
    isWork[node] = isAgent ? Number(isAgentWork(frames[frame[node]!]!)) : isWork[above]!;
    if (isWork[node] === 1) owners[node] = 'slowcatch';
    if (isAgent && isWork[node] === 1 && isNameless(frames[frame[above]!]!)) owners[above] = 'slowcatch';
  }
  return owners;
}

const isNameless = ({ functionName, url }: Frame): boolean => functionName === '' && url === '';

/** One function per place and name. */
class FunctionSet {
  readonly list: PlacedFunction[] = [];
  readonly #files = new TextNumbers();
  readonly #lines = new PairTable();
  readonly #columns = new PairTable();
  /** By index in `#columns`: the function first met at that place, in most cases the only one. */
  readonly #firstAt: number[] = [];
  readonly #names = new TextNumbers();
  /** (place, name) of the other functions. */
  readonly #others = new PairTable();
  readonly #otherFunctions: number[] = [];

  intern(placed: PlacedFunction): number {
    const { name, file, line, column } = placed;
    const place = this.#columns.intern(this.#lines.intern(this.#files.numberOf(file), line), column);
    const first = (this.#firstAt[place] ??= this.#add(placed));
    if (this.list[first]!.name === name) return first;
    const other = this.#others.intern(place, this.#names.numberOf(name));
    return (this.#otherFunctions[other] ??= this.#add(placed));
  }

  #add(placed: PlacedFunction): number {
    return this.list.push(placed) - 1;
  }
}

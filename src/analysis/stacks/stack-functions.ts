import { frameKind } from '../../model/cpu/frame-kind.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import type { StackFunction, StackKind } from '../../model/stacks/stack-profile.ts';
import type { Owner } from '../cpu/owner.ts';
import type { PlacedProfile, PlacedThread } from '../cpu/placed-profile.ts';

const KINDS: Readonly<Record<Owner, StackKind>> = {
  own: 'own',
  packages: 'package',
  node: 'node',
  native: 'native',
  slowcatch: 'slowcatch',
  gc: 'state',
  program: 'state',
  idle: 'state',
  notSampled: 'state',
};

/** The functions of the profile under their own numbers, V8's states behind them. */
export class StackFunctions {
  readonly list: StackFunction[];
  readonly #states = new Map<string, number>();

  constructor({ functions }: PlacedProfile) {
    this.list = functions.map(({ name, file, line, column, owner }) => ({
      ...{ name, file, line, column },
      kind: KINDS[owner],
    }));
  }

  /** Number of one of V8's states. */
  state(name: string): number {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const number = this.list.push({ name, file: '', line: 0, column: 0, kind: 'state' }) - 1;
    this.#states.set(name, number);
    return number;
  }
}

/**
 * The nodes of a thread as stacks of functions. Nodes that are one function below one parent are one stack: V8 has
 * several where a function has several frames.
 */
export class StackNodes {
  /** (parent, function) by stack; 0 is the root, which is no function. */
  readonly stacks = new PairTable();
  /** Stack by node of the thread's tree. */
  readonly ofNode: Int32Array;
  /** Function by frame; -1 for the root. */
  readonly #functionOf: readonly number[];

  constructor({ tree, functionOf }: Pick<PlacedThread, 'tree' | 'functionOf'>, functions: StackFunctions) {
    const { frames, frame, parent, nodeCount } = tree;
    this.#functionOf = frames.map((each, index) =>
      functionOf[index]! >= 0 || frameKind(each) === 'root'
        ? functionOf[index]!
        : functions.state(each.functionName),
    );
    this.stacks.intern(-1, 0);
    this.ofNode = new Int32Array(nodeCount);
    for (let node = 1; node < nodeCount; node++)
      this.ofNode[node] = this.below(this.ofNode[parent[node]!]!, frame[node]!);
    // Samples without a known stack end in the root, which is no function.
    if (tree.self[0]! > 0) this.ofNode[0] = this.stacks.intern(0, functions.state('(program)'));
  }

  /** The stack of a frame below another one. */
  below(stack: number, frame: number): number {
    const number = this.#functionOf[frame]!;
    return number < 0 ? stack : this.stacks.intern(stack, number);
  }

  /** By stack, -1 for the root. */
  functions(): Int32Array {
    const functions = this.stacks.second().slice();
    functions[0] = -1;
    return functions;
  }
}

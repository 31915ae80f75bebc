/** Placed call trees as weighted stacks: what flamegraphs and exports are made of. */
import { frameKind } from '../../model/cpu/frame-kind.ts';
import { TimeColumn } from '../../model/cpu/growing-column.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import type {
  StackFunction,
  StackKind,
  StackProfile,
  StackTrack,
  StackUnit,
} from '../../model/stacks/stack-profile.ts';
import type { Owner } from '../cpu/owner.ts';
import type { PlacedProfile, PlacedThread } from '../cpu/placed-profile.ts';

export interface NamedStacks {
  /** Of the program or the file. */
  readonly name: string;
  readonly unit: StackUnit;
  readonly profile: PlacedProfile;
  /** By thread of the profile. */
  readonly trackNames: readonly string[];
}

/** Nodes that are one function below one parent become one node: V8 has several where a function has several frames. */
export function stackProfileOf({ name, unit, profile, trackNames }: NamedStacks): StackProfile {
  const functions = new StackFunctions(profile);
  const tracks = profile.threads.map((thread, index) => track(trackNames[index] ?? '', thread, functions));
  return { name, unit, functions: functions.list, tracks };
}

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
class StackFunctions {
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

function track(
  name: string,
  { tree, place, functionOf }: PlacedThread,
  functions: StackFunctions,
): StackTrack {
  const { frames, frame, parent, nodeCount } = tree;
  const numberOf = frames.map((each, index) =>
    functionOf[index]! >= 0 || frameKind(each) === 'root'
      ? functionOf[index]!
      : functions.state(each.functionName),
  );
  /** (parent, function) of each node here. */
  const nodes = new PairTable();
  nodes.intern(-1, 0);
  const nodeOf = new Int32Array(nodeCount);
  for (let node = 1; node < nodeCount; node++) {
    const number = numberOf[frame[node]!]!;
    const above = nodeOf[parent[node]!]!;
    nodeOf[node] = number < 0 ? above : nodes.intern(above, number);
  }
  // Samples without a known stack end in the root, which is no function.
  if (tree.self[0]! > 0) nodeOf[0] = nodes.intern(0, functions.state('(program)'));
  const kept = nodes.second().slice();
  kept[0] = -1;
  return {
    name,
    nodeCount: nodes.count,
    parent: nodes.first().slice(),
    function: kept,
    self: summed(nodes.count, nodeOf, tree.self),
    samples: summed(nodes.count, nodeOf, tree.samples),
    ...linesOf({ tree, place }, nodeOf, node => functions.list[kept[node]!]),
  };
}

function summed(count: number, nodeOf: Int32Array, values: Float64Array): Float64Array {
  const sums = new Float64Array(count);
  for (let node = 0; node < values.length; node++) sums[nodeOf[node]!]! += values[node]!;
  return sums;
}

/** Lines that stand in the file of their node's function; others could not be told apart from a wrong file's. */
function linesOf(
  { tree, place }: Pick<PlacedThread, 'tree' | 'place'>,
  nodeOf: Int32Array,
  functionAt: (node: number) => StackFunction | undefined,
): Pick<StackTrack, 'lineNode' | 'lineNumber' | 'lineSelf'> {
  const { frames, frame, lineNode, lineNumber, lineMicroseconds } = tree;
  const rows = new PairTable();
  const self = new TimeColumn();
  for (let row = 0; row < lineNode.length; row++) {
    const node = nodeOf[lineNode[row]!]!;
    const placed = place.lineAt(frames[frame[lineNode[row]!]!]!, lineNumber[row]!);
    if (!placed || placed.file === '' || placed.file !== functionAt(node)?.file) continue;
    const index = rows.intern(node, placed.line);
    self.upTo(rows.count)[index]! += lineMicroseconds[row]!;
  }
  const order = Array.from({ length: rows.count }, (_, row) => row);
  const [first, second, weights] = [rows.first(), rows.second(), self.upTo(rows.count)];
  order.sort((a, b) => first[a]! - first[b]! || second[a]! - second[b]!);
  return {
    lineNode: Int32Array.from(order, row => first[row]!),
    lineNumber: Int32Array.from(order, row => second[row]!),
    lineSelf: Float64Array.from(order, row => weights[row]!),
  };
}

/** Placed call trees as weighted stacks: what flamegraphs and exports are made of. */
import { TimeColumn } from '../../model/cpu/growing-column.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import type { StackFunction, StackProfile, StackTrack, StackUnit } from '../../model/stacks/stack-profile.ts';
import type { PlacedProfile, PlacedThread } from '../cpu/placed-profile.ts';
import { StackFunctions, StackNodes } from './stack-functions.ts';

export interface NamedStacks {
  /** Of the program or the file. */
  readonly name: string;
  readonly unit: StackUnit;
  readonly profile: PlacedProfile;
  /** By thread of the profile. */
  readonly trackNames: readonly string[];
}

export function stackProfileOf({ name, unit, profile, trackNames }: NamedStacks): StackProfile {
  const functions = new StackFunctions(profile);
  const tracks = profile.threads.map((thread, index) => track(trackNames[index] ?? '', thread, functions));
  return { name, unit, functions: functions.list, tracks };
}

function track(name: string, thread: PlacedThread, functions: StackFunctions): StackTrack {
  const { tree } = thread;
  const nodes = new StackNodes(thread, functions);
  const nodeCount = nodes.stacks.count;
  const functionOf = nodes.functions();
  return {
    name,
    nodeCount,
    parent: nodes.stacks.first().slice(),
    function: functionOf,
    self: summed(nodeCount, nodes.ofNode, tree.self),
    samples: summed(nodeCount, nodes.ofNode, tree.samples),
    ...linesOf(thread, nodes.ofNode, node => functions.list[functionOf[node]!]),
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

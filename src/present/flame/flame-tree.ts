/** What of a track can be seen in a flamegraph: its live nodes, heaviest first, the lightest merged. */
import { childrenByWeight, nodeTotals } from '../../analysis/stacks/node-order.ts';
import type { StackTrack } from '../../model/stacks/stack-profile.ts';

/** A bar below a quarter of a pixel, on a screen of 1000 pixels. */
const LEAST_SHARE = 1 / 4000;

/** Stands for the lightest nodes below one node. */
export const SMALLER = -2;

/** Goes through a tree as a flamegraph is drawn; the numbers are positions on its axis, in the profile's unit. */
export interface FlameVisitor {
  /** `index` is a function's of the profile, or SMALLER. */
  readonly open: (index: number, at: number) => void;
  readonly close: (index: number, at: number) => void;
}

export interface DrawnTrack {
  readonly total: number;
  /** Weight of the nodes that are too light to be drawn. */
  readonly merged: number;
}

/**
 * Visits the nodes that weigh at least a 4000th of the track, siblings by weight. Lighter siblings become one node
 * SMALLER when they weigh that much together, else they count as the self weight of the node above: every node that is
 * visited has its exact total.
 */
export function drawTrack(track: StackTrack, visitor: FlameVisitor): DrawnTrack {
  const total = nodeTotals(track);
  const { start, order } = childrenByWeight(track, total);
  const least = total[0]! * LEAST_SHARE;
  let merged = 0;
  const isDrawn = (node: number): boolean => total[node]! > 0 && total[node]! >= least;
  const path: OpenNode[] = [{ node: 0, next: start[0]!, begin: 0, cursor: 0 }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const end = start[top.node + 1]!;
    const child = top.next < end ? order[top.next]! : -1;
    if (child >= 0 && isDrawn(child)) {
      top.next++;
      visitor.open(track.function[child]!, top.cursor);
      path.push({ node: child, next: start[child]!, begin: top.cursor, cursor: top.cursor });
      continue;
    }
    // Children come by weight: this one and all behind it are too light.
    let light = 0;
    for (let index = top.next; index < end; index++) light += total[order[index]!]!;
    merged += light;
    if (light > 0 && light >= least) {
      visitor.open(SMALLER, top.cursor);
      visitor.close(SMALLER, top.cursor + light);
    }
    path.pop();
    const above = path.at(-1);
    if (!above) break;
    above.cursor = top.begin + total[top.node]!;
    visitor.close(track.function[top.node]!, above.cursor);
  }
  return { total: total[0]!, merged };
}

/** A node of which some children are still to be visited. */
interface OpenNode {
  readonly node: number;
  /** Index of the next child in the order. */
  next: number;
  /** Where it begins on the axis, and where its next child does. */
  readonly begin: number;
  cursor: number;
}

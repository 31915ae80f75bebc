/** What a single sample of a node most likely was, in one segment: V8 tells lines by segment, not by sample. */
import type { CpuProfile } from '../profile.ts';
import type { Explanation } from './explain.ts';

/** A function that a sample may have been in: frames below its node, none for the node's own; and how likely, 0 … 1. */
export interface Leaf {
  readonly path: readonly number[];
  readonly share: number;
}

const OWN: Leaf = { path: [], share: 1 };

/** Ambiguous lines count for `inlinedCode` of the frame. `explain` is asked by node of the segment and line. */
export function likelyLeaves(
  { nodeCount, tickNode, tickLine, tickCount }: CpuProfile,
  explain: (node: number, line: number) => Explanation | undefined,
  inlinedCode: (node: number) => number,
): Leaf[] {
  const leaves: Leaf[] = Array.from({ length: nodeCount }, () => OWN);
  for (let start = 0, end = 0; start < tickNode.length; start = end) {
    const node = tickNode[start]!;
    const claims = new Claims();
    for (end = start; end < tickNode.length && tickNode[end] === node; end++) {
      const ticks = tickCount[end]!;
      const explanation = explain(node, tickLine[end]!);
      let left = ticks;
      for (const { path, share } of movesOf(explanation, () => inlinedCode(node))) {
        claims.add(path, share * ticks);
        left -= share * ticks;
      }
      claims.add(OWN.path, left);
    }
    leaves[node] = claims.likeliest();
  }
  return leaves;
}

const movesOf = (explanation: Explanation | undefined, inlinedCode: () => number): Explanation['moves'] =>
  explanation?.kind === 'ambiguous' ? [{ path: [inlinedCode()], share: 1 }] : (explanation?.moves ?? []);

class Claims {
  readonly #ticks = new Map<string, { readonly path: readonly number[]; ticks: number }>();

  add(path: readonly number[], ticks: number): void {
    const key = path.join(' ');
    const known = this.#ticks.get(key);
    if (known) known.ticks += ticks;
    else this.#ticks.set(key, { path, ticks });
  }

  likeliest(): Leaf {
    let all = 0;
    let most = { path: OWN.path, ticks: 0 };
    for (const claim of this.#ticks.values()) {
      all += claim.ticks;
      if (claim.ticks > most.ticks) most = claim;
    }
    return all > 0 ? { path: most.path, share: most.ticks / all } : OWN;
  }
}

/** Who holds a thread when: of an operation and those inside it, the innermost. */
import type { OperationRecord } from '../../contracts/operations.ts';
import { joinedSpans, type TimeSpan } from '../cpu/time-span.ts';
import type { OwnedSpan } from '../cpu/owned-cells.ts';

type Sliced = Pick<OperationRecord, 'id' | 'parent' | 'inner' | 'kind' | 'startMicroseconds' | 'slices'>;

/** By index of each operation: those that began inside it, and inside those; itself first. */
export function withInner(operations: readonly Sliced[]): readonly (readonly number[])[] {
  const children = new Map<number, number[]>();
  const add = (parent: number, child: number): void => {
    const siblings = children.get(parent);
    if (siblings) siblings.push(child);
    else children.set(parent, [child]);
  };
  const byId = new Map(operations.map(({ id }, index) => [id, index]));
  for (const [index, { id, parent, inner = [] }] of operations.entries()) {
    if (parent !== undefined) add(parent, index);
    for (const each of inner) if (byId.has(each)) add(id, byId.get(each)!);
  }
  return operations.map((_, index) => {
    const found = [index];
    const seen = new Set(found);
    for (const each of found)
      for (const child of children.get(operations[each]!.id) ?? [])
        if (!seen.has(child)) {
          seen.add(child);
          found.push(child);
        }
    return found;
  });
}

/**
 * The slices of the kept operations of one thread, by start; the owner is the operation's index. What an operation inside
 * another one has is not the outer one's. A stall is what an operation did: it has its time beside that operation.
 */
export function ownSpans(operations: readonly Sliced[]): OwnedSpan[] {
  const spans = operations.map(spansOf);
  const inner = withInner(operations);
  const owned = spans.flatMap((own, owner) => {
    const others = inner[owner]!.slice(1).flatMap(each => spans[each]!);
    return without(own, others.toSorted(byStart)).map(span => ({ ...span, owner }));
  });
  return owned.sort(byStart);
}

/** When any of them held the thread: ascending and apart. */
export const spansOfAll = (operations: readonly Sliced[]): TimeSpan[] =>
  joinedSpans(operations.flatMap(spansOf));

function spansOf({ startMicroseconds, slices }: Sliced): TimeSpan[] {
  const spans: TimeSpan[] = [];
  for (let index = 0; index + 1 < slices.length; index += 2) {
    const from = startMicroseconds + slices[index]!;
    spans.push({ from, to: from + slices[index + 1]! });
  }
  return spans;
}

const byStart = (a: TimeSpan, b: TimeSpan): number => a.from - b.from;

/** Both by start; `spans` do not overlap each other. */
function without(spans: readonly TimeSpan[], taken: readonly TimeSpan[]): TimeSpan[] {
  if (taken.length === 0) return [...spans];
  const left: TimeSpan[] = [];
  let next = 0;
  for (const { from, to } of spans) {
    let start = from;
    while (next < taken.length && taken[next]!.to <= from) next++;
    for (let at = next; at < taken.length && taken[at]!.from < to; at++) {
      if (taken[at]!.from > start) left.push({ from: start, to: taken[at]!.from });
      start = Math.max(start, taken[at]!.to);
    }
    if (start < to) left.push({ from: start, to });
  }
  return left;
}

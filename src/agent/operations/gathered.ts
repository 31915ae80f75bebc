/**
 * What the record of an operation is made of: its own slices, waits and await sites, and those of operations inside it
 * that have no record of their own for good.
 *
 *   outer       |─ own ─|               |─ own ─|
 *   inner fast          |─|  wait   |─|
 *   gathered    |─ own ─|─|  wait   |─|─ own ─|
 */
import type { FollowedOperation, Wait } from './followed-operation.ts';
import type { Site } from './sites.ts';
import type { SliceRing, Slices } from './slice-ring.ts';

/** Further ones are only counted. */
const MOST_INNER = 5000;
/** Of an operation with more slices, the first ones are left out. */
const MOST_SLICES = 20_000;
const MOST_WAITS = 2000;

export interface Gathered {
  readonly slices: Slices;
  readonly waits: readonly Wait[];
  /** By beginning. */
  readonly sites: readonly Site[];
  readonly dropped: number;
  /** Ids of operations inside that all this is of too, and that may have a record. */
  readonly inner: number[];
}

/** An operation has ended: what it did is told of the one around it too, unless both have a record. */
export function handOn(operation: FollowedOperation, outer: FollowedOperation | undefined): void {
  const hasOwn = operation.lastSlice !== 0 || operation.waits !== undefined;
  let left: readonly FollowedOperation[] = [];
  if (!operation.isKept) {
    left = operation.inner ?? left;
    operation.inner = undefined;
  }
  if (outer === undefined || (!hasOwn && left.length === 0)) return;
  outer.inner ??= [];
  for (const each of hasOwn ? [...left, operation] : left)
    if (outer.inner.length < MOST_INNER) outer.inner.push(each);
    else outer.dropped += 1 + each.dropped;
}

/** `open`: operations that go on, some of them perhaps inside of it: nobody knows yet whether they will have a record. */
export function gathered(
  operation: FollowedOperation,
  open: Iterable<FollowedOperation>,
  ring: SliceRing,
): Gathered {
  const ended = operation.inner?.filter(({ isKept, parent }) => !isKept || parent !== operation) ?? [];
  const goingOn = [...open].filter(each => isInside(each, operation));
  const inner = [...ended, ...goingOn].flatMap(withInner);
  const all = [operation, ...inner];
  const waits = all.flatMap(each => each.waits ?? []);
  return {
    slices: inner.length === 0 ? ring.of(operation, MOST_SLICES) : merged(all, ring),
    waits: (inner.length === 0 ? waits : waits.sort(byBeginning)).slice(0, MOST_WAITS),
    sites: all.flatMap(each => each.sites?.list ?? []).sort(byBeginning),
    dropped:
      Math.max(0, waits.length - MOST_WAITS) +
      all.reduce((sum, each) => sum + each.dropped + (each.sites?.dropped ?? 0), 0),
    inner: inner.filter(each => !each.hasEnded || each.isKept || each.isCandidate).map(({ id }) => id),
  };
}

const withInner = (operation: FollowedOperation): FollowedOperation[] => [
  operation,
  ...(operation.inner ?? []).flatMap(withInner),
];

const byBeginning = (a: { readonly from: number }, b: { readonly from: number }): number => a.from - b.from;

function isInside(operation: FollowedOperation, outer: FollowedOperation): boolean {
  let { parent } = operation;
  while (parent !== undefined && parent !== outer) parent = parent.parent;
  return parent === outer;
}

/** Slices of one thread never overlap. */
function merged(operations: readonly FollowedOperation[], ring: SliceRing): Slices {
  const parts = operations.map(each => ring.of(each, MOST_SLICES));
  const order = parts
    .flatMap(({ causes, times }, part) =>
      causes.map((_, index) => ({ part, index, start: times[2 * index] as number })),
    )
    .sort((a, b) => a.start - b.start);
  const newest = order.slice(-MOST_SLICES);
  const lost = Math.max(...parts.map(({ isCut, times }) => (isCut ? (times[0] ?? 0) : 0)));
  const known = newest.filter(({ start }) => start >= lost);
  const column = (name: 'causes' | 'ready' | 'atMost'): number[] =>
    known.map(({ part, index }) => parts[part]?.[name][index] ?? 0);
  return {
    times: known.flatMap(({ part, index, start }) => [start, parts[part]?.times[2 * index + 1] ?? 0]),
    ...{ causes: column('causes'), ready: column('ready'), atMost: column('atMost') },
    isCut: known.length < order.length || lost > 0,
  };
}

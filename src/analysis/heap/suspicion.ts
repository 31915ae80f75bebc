/**
 * What may grow, from samples of what is still held: cheap, and never sure. A site is suspected while its sampled objects
 *
 *     looks      0 ────── 1 ── 2 ── 3 ──── 4 ──── 5        of one turn of V8's sampler
 *     windows             │    1    │  2   │   3   │        the last two thirds of the work
 *
 * have become more in each of three windows or more, in proportion to the work done in them (operations that ended; where there
 * are none, time), and most of those that came have stayed; while all other sites together have settled, and the heap after
 * garbage was collected has grown with them. A look at which any of this is not so withdraws it: a cache that is full, a pool
 * that has its size, a warm-up that is over.
 *
 * Counts of sampled objects are Poisson distributed (V8 samples by bytes allocated, see sampling-heap-profiler.cc), so what a
 * count may deviate by chance is its square root.
 */
import { sum } from './sum.ts';

/** From a start of V8's sampler on: what was allocated before is not known to it. */
export interface HeldTurn {
  readonly from: Pick<HeldLook, 'atMicroseconds' | 'operations'>;
  /** Oldest first. */
  readonly looks: readonly HeldLook[];
}

export interface HeldLook {
  readonly atMicroseconds: number;
  /** That have ended since the recording began. */
  readonly operations: number;
  /** V8's heap right after garbage was collected. */
  readonly floorBytes: number;
  /** All sampled objects, those of sites that are not listed too. */
  readonly objects: number;
  /** By site; one that is not listed holds little or nothing. */
  readonly sites: ReadonlyMap<string, HeldCount>;
}

export interface HeldCount {
  readonly bytes: number;
  /** Sampled objects, and those of them that were not there at the look before. */
  readonly objects: number;
  readonly fresh: number;
}

export interface Suspicion {
  readonly site: string;
  /** At the ends of the windows, oldest first. */
  readonly liveBytes: readonly number[];
  /** Sampled objects that have come. */
  readonly samples: number;
  /** Of all windows; 0 where no operations were counted. */
  readonly operations: number;
  readonly microseconds: number;
}

const FEWEST_WINDOWS = 3;
const MOST_WINDOWS = 6;
/** Of the work since the sampler began: what comes before is warm-up. */
const WARM_UP = 1 / 3;
/** Fewer operations in all windows are no measure of the work. */
const FEWEST_OPERATIONS = 10;
/** Sampled objects that must have come: with fewer, chance alone makes half of it. */
const FEWEST_OBJECTS = 12;
/** Of the fresh objects so many have stayed. */
const LASTING = 0.5;
/**
 * What has come in the windows, as a part of all that is held. The sampler knows nothing from before its beginning: of what grows
 * with the work it is `1 - WARM_UP`, of a cache that is nearly full much less.
 */
const LEAST_GAIN = 0.4;
/** What a window must have, and may have, of what its work lets expect; beside what chance may do. */
const LEAST_SHARE = 0.65;
const MOST_SHARE = 1.5;
const STANDARD_ERRORS = 2;
/** Its rate falls by that part of its mean over the work: it is filling up. */
const SLOWING = 0.5;
/** The floor of the heap has grown by that part of what the sites seem to have gained. */
const FLOOR = 0.4;

/** As of the last look, the one that has gained most first; undefined while there is too little to judge by. */
export function suspicions(turn: HeldTurn): Suspicion[] | undefined {
  const windows = windowsOf(turn);
  if (windows.length < FEWEST_WINDOWS) return undefined;
  const growing = [...windows.at(-1)!.to.sites.keys()]
    .map(site => growthOf(site, windows))
    .filter(growth => isGrowing(growth, windows));
  if (!haveOthersSettled(growing, windows) || !hasFloorGrown(growing, windows)) return [];
  return growing.sort((a, b) => b.bytes - a.bytes).map(growth => suspicionOf(growth, windows));
}

interface Window {
  readonly from: HeldLook;
  readonly to: HeldLook;
  /** Looks that end in it. */
  readonly looks: readonly HeldLook[];
  /** Of the work of all windows, 0 … 1. */
  readonly share: number;
}

interface Growth {
  readonly site: string;
  /** Sampled objects gained, by window. */
  readonly gained: readonly number[];
  readonly fresh: number;
  readonly bytes: number;
  /** Sampled objects at the end. */
  readonly held: number;
}

/** Each has about its part of the work; a window without work is none. */
function windowsOf(turn: HeldTurn): Window[] {
  const { looks } = turn;
  const work = workOf(turn);
  const last = looks.length - 1;
  const first = work.findIndex(done => done >= work[last]! * WARM_UP);
  const total = work[last]! - work[first]!;
  if (!(total > 0)) return [];
  const windows: Window[] = [];
  for (let at = first + 1, from = first; at <= last; at++) {
    const share = (work[at]! - work[from]!) / total;
    // What is left at the end belongs to the last one.
    const left = (work[last]! - work[at]!) / total;
    if (share < 1 / MOST_WINDOWS || (at < last && left < 1 / (2 * MOST_WINDOWS))) continue;
    windows.push({ from: looks[from]!, to: looks[at]!, looks: looks.slice(from + 1, at + 1), share });
    from = at;
  }
  return windows;
}

/** Done at each look since the sampler began; a turn that has counted no operations has time alone. */
function workOf({ from, looks }: HeldTurn): number[] {
  const operations = looks.map(look => look.operations - from.operations);
  if ((operations.at(-1) ?? 0) >= FEWEST_OPERATIONS) return operations;
  return looks.map(({ atMicroseconds }) => atMicroseconds - from.atMicroseconds);
}

const heldAt = (look: HeldLook, site: string): HeldCount =>
  look.sites.get(site) ?? { bytes: 0, objects: 0, fresh: 0 };

function growthOf(site: string, windows: readonly Window[]): Growth {
  const gained = windows.map(({ from, to }) => heldAt(to, site).objects - heldAt(from, site).objects);
  const all = windows.flatMap(({ looks }) => looks);
  const last = heldAt(windows.at(-1)!.to, site);
  return {
    ...{ site, gained },
    fresh: sum(all.map(look => heldAt(look, site).fresh)),
    bytes: last.bytes - heldAt(windows[0]!.from, site).bytes,
    held: last.objects,
  };
}

function isGrowing({ gained, fresh, held }: Growth, windows: readonly Window[]): boolean {
  const total = sum(gained);
  if (total < FEWEST_OBJECTS || gained.some(each => each <= 0)) return false;
  if (total < LASTING * fresh || total < LEAST_GAIN * held) return false;
  return (
    gained.every((each, at) => isExpected(each, total * windows[at]!.share)) && !isSlowing(gained, windows)
  );
}

function isExpected(gained: number, expected: number): boolean {
  const chance = STANDARD_ERRORS * Math.sqrt(expected);
  return gained >= LEAST_SHARE * expected - chance && gained <= MOST_SHARE * expected + chance;
}

/** The trend of the rate over the work, and what of it chance may do: a score test of Poisson counts for a linear trend. */
function isSlowing(gained: readonly number[], windows: readonly Window[]): boolean {
  const total = sum(gained);
  const middles = windows.map(
    ({ share }, at) => sum(windows.slice(0, at).map(each => each.share)) + share / 2,
  );
  const mean = sum(windows.map(({ share }, at) => share * middles[at]!));
  const variance = sum(windows.map(({ share }, at) => share * (middles[at]! - mean) ** 2));
  const shift = sum(gained.map((each, at) => (each * middles[at]!) / total)) - mean;
  // Of the mean rate, from the beginning of the work to its end.
  const trend = shift / variance;
  return trend < -SLOWING && shift < -STANDARD_ERRORS * Math.sqrt(variance / total);
}

/** In the last window they have brought no more than those that grow, but for what chance may do. */
function haveOthersSettled(growing: readonly Growth[], windows: readonly Window[]): boolean {
  const { from, to } = windows.at(-1)!;
  const own = sum(growing.map(({ gained }) => gained.at(-1)!));
  const others = to.objects - from.objects - own;
  return others <= own + STANDARD_ERRORS * Math.sqrt(own);
}

/** Else new objects take the place of some that the sampler has never seen. */
function hasFloorGrown(growing: readonly Growth[], windows: readonly Window[]): boolean {
  const grown = windows.at(-1)!.to.floorBytes - windows[0]!.from.floorBytes;
  return grown >= FLOOR * sum(growing.map(({ bytes }) => bytes));
}

function suspicionOf({ site, gained }: Growth, windows: readonly Window[]): Suspicion {
  const ends = [windows[0]!.from, ...windows.map(({ to }) => to)];
  const [first, last] = [ends[0]!, ends.at(-1)!];
  const operations = last.operations - first.operations;
  return {
    site,
    liveBytes: ends.map(look => heldAt(look, site).bytes),
    samples: sum(gained),
    operations: operations >= FEWEST_OPERATIONS ? operations : 0,
    microseconds: last.atMicroseconds - first.atMicroseconds,
  };
}

import type { TimeBreakdown } from '../../contracts/document.ts';
import type { Owner } from './owner.ts';
import type { PlacedProfile } from './placed-profile.ts';

/** Sums are kept by number: as members of an object each would be a new object of its own with every node. */
const NUMBER: Readonly<Record<Owner, number>> = {
  own: 0,
  packages: 1,
  node: 2,
  native: 3,
  gc: 4,
  program: 5,
  idle: 6,
  notSampled: 7,
  slowcatch: 8,
};

/** Where all sampled time went. */
export function breakdown({ threads }: Pick<PlacedProfile, 'threads'>): TimeBreakdown {
  const sums = new Float64Array(Object.keys(NUMBER).length);
  for (const { tree, ownerOf } of threads) {
    for (let node = 0; node < tree.nodeCount; node++) sums[NUMBER[ownerOf[node]!]]! += tree.self[node]!;
  }
  const of = (owner: Owner): number => sums[NUMBER[owner]]!;
  return {
    sampledMicroseconds: sums.reduce((sum, part) => sum + part, 0),
    idleMicroseconds: of('idle'),
    notSampledMicroseconds: of('notSampled'),
    garbageCollectionMicroseconds: of('gc'),
    programMicroseconds: of('program'),
    nativeMicroseconds: of('native'),
    nodeMicroseconds: of('node'),
    packagesMicroseconds: of('packages'),
    ownMicroseconds: of('own'),
    slowcatchMicroseconds: of('slowcatch'),
  };
}

/** What the program burnt: neither idle time nor Slowcatch's own cost, nor what no sample has seen. */
export const burntMicroseconds = (time: TimeBreakdown): number =>
  time.sampledMicroseconds - time.idleMicroseconds - time.notSampledMicroseconds - time.slowcatchMicroseconds;

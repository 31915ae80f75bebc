import type { TimeBreakdown } from '../../contracts/document.ts';
import type { Owner } from './owner.ts';
import type { PlacedProfile } from './placed-profile.ts';

/** Where all sampled time went. */
export function breakdown({ threads }: Pick<PlacedProfile, 'threads'>): TimeBreakdown {
  const time: Record<Owner, number> = {
    own: 0,
    packages: 0,
    node: 0,
    native: 0,
    gc: 0,
    program: 0,
    idle: 0,
    notSampled: 0,
    slowcatch: 0,
  };
  for (const { tree, ownerOf } of threads) {
    for (let node = 0; node < tree.nodeCount; node++) time[ownerOf[node]!] += tree.self[node]!;
  }
  return {
    sampledMicroseconds: Object.values(time).reduce((sum, part) => sum + part, 0),
    idleMicroseconds: time.idle,
    notSampledMicroseconds: time.notSampled,
    garbageCollectionMicroseconds: time.gc,
    programMicroseconds: time.program,
    nativeMicroseconds: time.native,
    nodeMicroseconds: time.node,
    packagesMicroseconds: time.packages,
    ownMicroseconds: time.own,
    slowcatchMicroseconds: time.slowcatch,
  };
}

/** What the program burnt: neither idle time nor Slowcatch's own cost, nor what no sample has seen. */
export const burntMicroseconds = (time: TimeBreakdown): number =>
  time.sampledMicroseconds - time.idleMicroseconds - time.notSampledMicroseconds - time.slowcatchMicroseconds;

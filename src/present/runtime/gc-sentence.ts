/** What matters about the garbage collections of a thread, in one sentence that claims no more than was measured. */
import type { ThreadGc } from '../../analysis/gc/thread-gc.ts';
import { bytes, microseconds } from '../../contracts/units.ts';
import type { CollectionKind } from '../../contracts/views/runtime.ts';
import { formatBytes, formatShare, formatTime } from '../../format/numbers.ts';

/** Below it GC is not what makes a program slow. */
const LITTLE_SHARE = 0.02;
/** A pause that people notice. */
const LONG_PAUSE_MILLISECONDS = 50;
/** From there on advice is worth a sentence. */
const MUCH_SHARE = 0.05;

const NAMES: Readonly<Record<CollectionKind, string>> = {
  scavenge: 'scavenges',
  minor: 'collections of the young generation',
  'mark-sweep-compact': 'mark-sweep-compacts of the whole heap',
  incremental: 'beginnings of incremental marking',
  'weak callbacks': 'weak callbacks',
};

export function gcSentence(gc: ThreadGc): string {
  const { statistics, watchedMilliseconds } = gc;
  const { all, share } = statistics;
  if (all.count === 0) return `No garbage collection was seen in ${milliseconds(watchedMilliseconds)}.`;
  const pauses = `p95 ${milliseconds(all.p95Milliseconds)}, longest ${milliseconds(all.maxMilliseconds)}`;
  if (share < LITTLE_SHARE && all.maxMilliseconds < LONG_PAUSE_MILLISECONDS)
    return `GC is no concern: ${formatShare(share)} of the time (${pauses}).`;
  const taken = `GC took ${formatShare(share)} of the time (${pauses})`;
  if (share < LITTLE_SHARE) return `${taken}: little in all, but a pause of that length is felt.`;
  return `${[`${taken}; ${mostly(gc)}`, reason(gc)].filter(text => text !== '').join(': ')}.`;
}

const milliseconds = (value: number): string => formatTime(microseconds(value * 1000));

function heaviest({ statistics }: ThreadGc) {
  return statistics.byKind.reduce((most, each) =>
    each.totalMilliseconds > most.totalMilliseconds ? each : most,
  );
}

function mostly(gc: ThreadGc): string {
  if (gc.forcedShare > 0.5)
    return `${formatShare(gc.forcedShare)} of it was forced (global.gc, or a debugger)`;
  const { kind, totalMilliseconds } = heaviest(gc);
  const total = gc.statistics.byKind.reduce((sum, each) => sum + each.totalMilliseconds, 0);
  return `${formatShare(totalMilliseconds / total)} of it is ${NAMES[kind]}`;
}

/** Of an old generation that is collected less often than so, nobody knows what of it dies. */
const LEAST_OLD_COLLECTIONS = 2;
const LEAST_SCAVENGES = 10;

/**
 * A larger young generation helps where objects die soon after they were promoted: mark-sweep-compacts then free most
 * of what scavenges promote. Where promoted objects stay, it would only move the work.
 */
function reason({ growth, statistics, forcedShare }: ThreadGc): string {
  if (forcedShare > 0.5) return '';
  const { youngCollections, youngBytes, survivedBytes, oldCollections, freedFromOldBytes } = growth;
  if (youngCollections < LEAST_SCAVENGES || youngBytes === 0) return inUse(growth);
  const survived = `${formatShare(survivedBytes / youngBytes)} of the young objects survive one`;
  const scavenging = statistics.byKind.find(({ kind }) => kind === 'scavenge')?.totalMilliseconds ?? 0;
  const isScavenging = scavenging > 0.3 * statistics.all.totalMilliseconds;
  const isKnown = oldCollections >= LEAST_OLD_COLLECTIONS && growth.promotedBytes > 0;
  if (!isKnown || !isScavenging || statistics.share < MUCH_SHARE) return survived;
  if (freedFromOldBytes < 0.5 * growth.promotedBytes)
    return `${survived}, and most of what is promoted stays alive`;
  return `${survived}, and most of what is promoted dies soon after: a larger young generation (--max-semi-space-size) is likely to help`;
}

const inUse = ({ lastUsedBytes }: ThreadGc['growth']): string =>
  lastUsedBytes === null ? '' : `${formatBytes(bytes(lastUsedBytes))} stay in use`;

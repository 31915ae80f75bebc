/** What the leak report panel shows. */
import type { LeaksDocument, LeakSnapshot, LeakSuspicion, LeakVerdict } from '../../contracts/leaks.ts';
import type { SourcePlace } from '../../contracts/source-place.ts';
import type { LeakRow, LeaksView, SnapshotRow, SuspicionRow } from '../../contracts/views/leaks.ts';
import { formatBytes, formatCount, formatTime, significant } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { firstSteps, liveTracking, memoryText, nextStep, pauseText, type Tracking } from './tracking.ts';
import { unjudged } from './unjudged.ts';
import {
  epochsText,
  NOT_COMPARED,
  outcome,
  plusText,
  sizeText,
  STATE_WORDS,
  verdictKey,
  whyText,
} from './verdict-words.ts';

export interface LeaksSource {
  readonly name: string;
  /** Absent before two snapshots were compared. */
  readonly document?: LeaksDocument;
  /** While it goes on. */
  readonly tracking?: Tracking;
  /** From a path as V8 has it to one that an editor can open. */
  readonly find: (file: string) => string;
}

export function leaksView({ name, document, tracking, find }: LeaksSource): LeaksView {
  const snapshots = tracking?.snapshots ?? document?.snapshots ?? [];
  return {
    version: 1,
    name,
    ...(tracking ? { live: liveTracking(tracking) } : {}),
    facts: factsOf(snapshots.length, document, tracking),
    headline: headlineOf(snapshots.length, document, tracking),
    steps: tracking ? firstSteps(snapshots.length) : [],
    verdicts: (document?.verdicts ?? []).map(verdict => rowOf(verdict, find)),
    suspicions: document ? unjudged(document).map(each => suspicionRow(each, find)) : [],
    snapshots: snapshots.map(snapshotRow),
    problems: (document?.problems ?? []).map(({ message, advice }) => ({ message, advice })),
  };
}

function factsOf(
  snapshots: number,
  document: LeaksDocument | undefined,
  tracking: Tracking | undefined,
): string[] {
  const { of = 'request', counts = [] } = document?.operations ?? {};
  const done = counts.reduce((total, count) => total + count, 0);
  const since = tracking?.sinceLast;
  return [
    epochsText(Math.max(0, snapshots - 1)),
    ...(done > 0 ? [operationsText(done, of)] : []),
    ...(since === undefined ? [] : [`${operationsText(since, of)} since the last snapshot`]),
  ];
}

const operationsText = (count: number, of: string): string =>
  `${formatCount(count)} ${plainText(of)}${count === 1 ? '' : 's'}`;

function headlineOf(
  snapshots: number,
  document: LeaksDocument | undefined,
  tracking: Tracking | undefined,
): string {
  const next = tracking ? nextStep(snapshots) : '';
  if (document) return [outcome(document), next].filter(text => text !== '').join(' ');
  return tracking ? next : NOT_COMPARED;
}

function rowOf(verdict: LeakVerdict, find: (file: string) => string): LeakRow {
  const { verdict: state, className, kind, perOperation, countPerEpoch, bytesPerEpoch } = verdict;
  const { retainedBytes, file, line, retainerPath, allocatedAt = [], advice } = verdict;
  const place = placeOf(verdict, find);
  return {
    ...{ key: verdictKey(verdict), state, stateWords: STATE_WORDS[state], className, kind },
    ...(perOperation
      ? {
          perOperation: {
            of: perOperation.of,
            count: significant(perOperation.count),
            bytes: sizeText(perOperation.bytes),
          },
        }
      : {}),
    epochs: countPerEpoch.map((count, epoch) => ({
      count,
      countText: plusText(count),
      bytesText: sizeText(bytesPerEpoch[epoch] ?? 0),
    })),
    count: plusText(countPerEpoch.reduce((total, count) => total + count, 0)),
    bytes: formatBytes(retainedBytes),
    ...(place ? { place } : {}),
    placeText: file === undefined ? '' : `${lastName(file)}${line === undefined ? '' : `:${line}`}`,
    why: whyText(verdict),
    heldBy: retainerPath,
    allocatedAt: allocatedAt.map(frame => {
      const at = placeOf(frame, find);
      return { name: frame.name, ...(at ? { place: at } : {}) };
    }),
    ...(state === 'cleared' ? {} : { advice }),
  };
}

const lastName = (file: string): string => plainText(file.replace(/^.*[\\/]/, ''));

/** Of what only the file is known, its first line. */
function placeOf(
  { file, line = 1 }: { readonly file?: string; readonly line?: number },
  find: (file: string) => string,
): SourcePlace | undefined {
  return file === undefined ? undefined : { file: find(file), line };
}

function suspicionRow(suspicion: LeakSuspicion, find: (file: string) => string): SuspicionRow {
  const place = placeOf(suspicion, find);
  return { message: suspicion.message, ...(place ? { place } : {}) };
}

function snapshotRow({ objects, fileBytes, cost }: LeakSnapshot): SnapshotRow {
  return {
    objects: formatCount(objects),
    fileSize: formatBytes(fileBytes),
    ...(cost
      ? {
          cost: {
            expectedPause: pauseText(cost.expected),
            measuredPause: formatTime(cost.measured.pauseMicroseconds),
            expectedMemory: memoryText(cost.expected),
            measuredMemory: formatBytes(cost.measured.extraBytes),
          },
        }
      : {}),
  };
}

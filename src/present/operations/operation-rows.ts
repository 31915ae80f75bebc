/** The ledger of an operation as rows of bars. */
import type {
  Ledger,
  LedgerGroup,
  LedgerPart,
  LedgerWait,
  Purpose,
} from '../../analysis/operations/ledger-types.ts';
import type { HotLine } from '../../contracts/document.ts';
import { WAIT_KINDS, type LedgerKind } from '../../contracts/operation-kinds.ts';
import { milliseconds, type Microseconds } from '../../contracts/units.ts';
import type { Certainty, OperationBar, OperationRow, RowItem } from '../../contracts/views/operation.ts';
import { formatMilliseconds } from '../../format/numbers.ts';
import { ROW_WORDS } from '../../format/operation-words.ts';
import { plainText } from '../../format/untrusted.ts';

/** Ran, waited, could not run, nobody knows. */
const ORDER: readonly LedgerKind[] = ['cpu', ...WAIT_KINDS, 'loop', 'gc', 'unknown'];
const MOST_OVERLAPS = 20;
const MOST_ITEMS = 500;
const LONGEST_DETAIL = 600;

interface Timed {
  readonly ledger: Ledger;
  readonly hotLines: readonly HotLine[];
  readonly samples: number;
}

/** Rows that have any time, in their order; together they are the duration. */
export function operationRows(timed: Timed): OperationRow[] {
  return ORDER.flatMap(kind =>
    [false, true].flatMap(isOnThread => {
      const row = rowOf(kind, isOnThread, timed);
      return row ? [row] : [];
    }),
  );
}

function rowOf(kind: LedgerKind, isOnThread: boolean, timed: Timed): OperationRow | undefined {
  const { ledger } = timed;
  const isOfRow = (each: Purpose): boolean => each.kind === kind && each.isOnThread === isOnThread;
  const parts = joined(ledger.parts.filter(isOfRow));
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  if (total === 0) return undefined;
  const groups = ledger.groups.filter(isOfRow).slice(0, MOST_ITEMS);
  const named = kind === 'cpu' || kind === 'gc' ? [] : groups.filter(isNamed);
  const indices = new Map(named.map((group, index) => [purposeKey(group), index]));
  return {
    ...{ kind, isOnThread, milliseconds: total / 1000 },
    share: shareOf(total, ledger),
    certainty: certaintyOf(
      kind,
      parts.some(({ isEstimated }) => isEstimated),
    ),
    bars: parts.map(part => barOf(part, indices, ledger)),
    items: kind === 'cpu' ? cpuItems(timed, total) : named.map(group => itemOf(group, kind)),
  };
}

/** What follows upon itself without a hole is one bar. */
function joined(parts: readonly LedgerPart[]): LedgerPart[] {
  const bars: LedgerPart[] = [];
  for (const part of parts) {
    const last = bars.at(-1);
    const isOne =
      last !== undefined &&
      last.from + last.length === part.from &&
      last.wait === part.wait &&
      last.isEstimated === part.isEstimated &&
      purposeKey(last) === purposeKey(part);
    if (isOne) bars[bars.length - 1] = { ...last, length: (last.length + part.length) as Microseconds };
    else bars.push(part);
  }
  return bars;
}

/** What says nothing beyond its row's name needs no words. */
const isNamed = ({ place, detail }: LedgerGroup): boolean => place !== undefined || detail !== undefined;

const purposeKey = ({ place, detail, library }: Purpose): string =>
  JSON.stringify([place?.file, place?.line, detail, library]);

const shareOf = (time: number, { durationMicroseconds }: Ledger): number =>
  durationMicroseconds > 0 ? time / durationMicroseconds : 0;

/** How long it could have run is known to be at most so long. */
function certaintyOf(kind: LedgerKind, isEstimated: boolean): Certainty {
  if (!isEstimated) return 'measured';
  return kind === 'loop' ? 'bound' : 'estimated';
}

function barOf(part: LedgerPart, indices: ReadonlyMap<string, number>, ledger: Ledger): OperationBar {
  const item = indices.get(purposeKey(part));
  return {
    fromMilliseconds: part.from / 1000,
    milliseconds: part.length / 1000,
    certainty: certaintyOf(part.kind, part.isEstimated),
    ...(item === undefined ? {} : { item }),
    overlaps: part.kind === 'cpu' ? [] : overlapsOf(part, ledger),
  };
}

function overlapsOf(part: LedgerPart, { waits }: Ledger): string[] {
  const end = part.from + part.length;
  const beside = waits.filter(
    ({ kind, from, length }, index) =>
      index !== part.wait && kind !== 'loop' && kind !== 'unknown' && from < end && from + length > part.from,
  );
  return beside.slice(0, MOST_OVERLAPS).map(overlapText);
}

function overlapText({ kind, detail, place, length }: LedgerWait): string {
  return [
    ROW_WORDS[kind].title,
    ...(detail === undefined ? [] : [plainText(detail)]),
    ...(place ? [`${fileName(place.file)}:${place.line}`] : []),
    formatMilliseconds(milliseconds(length / 1000)),
  ].join(' · ');
}

const fileName = (file: string): string => plainText(file.replace(/^.*[\\/]/, ''));

function itemOf(
  { detail, length, share, count, place, isLikeOthers, caller, library, isEstimated }: LedgerGroup,
  kind: LedgerKind,
): RowItem {
  return {
    text: detail === undefined ? '' : plainText(detail, LONGEST_DETAIL),
    ...{ milliseconds: length / 1000, share, count },
    certainty: certaintyOf(kind, isEstimated),
    ...(place ? { place } : {}),
    ...(isLikeOthers === undefined ? {} : { isLikeOthers }),
    ...(caller ? { caller } : {}),
    ...(library === undefined ? {} : { library: plainText(library) }),
  };
}

const ROUNDED = 1e-6;
/** Less is what rounding leaves. */
const LEAST_REST = 0.005;

/** Lines of the CPU time by their share of the samples: its length is measured, how it is spread is not. */
function cpuItems({ hotLines, samples, ledger }: Timed, total: number): RowItem[] {
  if (samples === 0) return [];
  const known = hotLines.reduce((sum, { share }) => sum + share, 0);
  const item = (share: number): Pick<RowItem, 'milliseconds' | 'share' | 'count' | 'certainty'> => {
    // A part of a sample: it says that the line ran, not for how long.
    const isLess = share * samples < 1 - ROUNDED;
    const time = isLess ? total / samples : share * total;
    return {
      milliseconds: time / 1000,
      share: shareOf(time, ledger),
      count: isLess ? 1 : Math.round(share * samples),
      certainty: isLess ? 'bound' : 'measured',
    };
  };
  const lines = hotLines.map(({ file, line, share, function: name = '' }): RowItem => ({
    ...item(share),
    text: plainText(name, LONGEST_DETAIL),
    place: { file, line },
  }));
  const rest = 1 - known;
  return rest > LEAST_REST && lines.length > 0
    ? [...lines, { ...item(rest), text: 'other lines, packages and Node itself' }]
    : lines;
}

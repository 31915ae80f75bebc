/** What the operation panel shows of a kept operation. */
import type { Ledger, Place } from '../../analysis/operations/ledger-types.ts';
import type { HotLine } from '../../contracts/document.ts';
import type { OperationRecord } from '../../contracts/operations.ts';
import { milliseconds } from '../../contracts/units.ts';
import type { NestedOperation, OperationView, RowItem } from '../../contracts/views/operation.ts';
import { formatCount, formatMilliseconds } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { causeSentence } from './cause-words.ts';
import { operationRows } from './operation-rows.ts';
import { stallPlace } from './stall-words.ts';
import { isFailure, statusText, type UnixMilliseconds } from './route-nodes.ts';

/** A kept operation as it was analysed. */
export interface ShownOperation {
  readonly key: string;
  readonly record: OperationRecord;
  readonly place?: Place;
  readonly ledger: Ledger;
  readonly samples: number;
  /** Shares are of what was sampled of it. */
  readonly hotLines: readonly HotLine[];
}

/** What is known around it. */
export interface OperationContext {
  /** Among the kept ones of its route, the slowest is 1. */
  readonly position: OperationView['position'];
  readonly route: OperationView['route'];
  /** Kept operations of its thread. */
  readonly others: readonly Pick<ShownOperation, 'key' | 'record'>[];
  /** Of its start; undefined where the recording does not tell. */
  readonly startedAt: UnixMilliseconds | undefined;
  /** From V8's places into the sources; undefined for what no editor can open. */
  readonly placeOf: (frame: StackFrame) => Place | undefined;
}

type StackFrame = NonNullable<OperationRecord['stack']>[number];

const LONGEST_NAME = 400;

export function operationView(operation: ShownOperation, context: OperationContext): OperationView {
  const { key, record, place } = operation;
  const { position, route, startedAt } = context;
  const status = statusText(record);
  return {
    version: 1,
    ...{ key, kind: record.kind, name: plainText(record.name, LONGEST_NAME) },
    ...(record.detail === undefined ? {} : { detail: plainText(record.detail, LONGEST_NAME) }),
    ...(status === undefined ? {} : { status }),
    isFailure: isFailure(record),
    ...(startedAt === undefined ? {} : { startedAt }),
    durationMilliseconds: record.durationMicroseconds / 1000,
    thresholdMilliseconds: record.thresholdMicroseconds / 1000,
    summary: summaryOf(operation, context),
    ...(place ? { place } : {}),
    ...{ position, route },
    rows: operationRows(operation),
    nested: nestedOf(record, context.others),
    notes: notesOf(operation),
    ...(record.stack ? { stack: record.stack.map(frame => stackEntry(frame, context)) } : {}),
  };
}

function summaryOf({ record, ledger }: ShownOperation, { placeOf }: OperationContext): string {
  if (record.kind === 'stall') {
    const blocked = formatMilliseconds(milliseconds(record.durationMicroseconds / 1000));
    const by = record.blocker ? ` by ${plainText(record.blocker.name)}` : '';
    const loop = record.isSampled ? 'The event loop of a worker thread' : 'The event loop';
    return `${loop} was blocked for ${blocked}${by}: nothing else could run.${stallPlace(record, placeOf)}`;
  }
  const { mainCause } = ledger;
  if (!mainCause || mainCause.kind === 'unknown') return causeSentence(undefined);
  const { detail } = mainCause.group;
  return causeSentence({ ...mainCause, ...(detail === undefined ? {} : { detail }) });
}

/** Those inside it that were kept as well. */
function nestedOf(outer: OperationRecord, others: OperationContext['others']): NestedOperation[] {
  const byId = new Map(others.map(({ record }) => [record.id, record]));
  return others
    .flatMap(({ key, record }): NestedOperation[] => {
      const depth = depthIn(outer.id, record, byId);
      if (depth === undefined) return [];
      return [
        {
          ...{ name: plainText(record.name), kind: record.kind, depth, key },
          fromMilliseconds: Math.max(0, record.startMicroseconds - outer.startMicroseconds) / 1000,
          milliseconds: record.durationMicroseconds / 1000,
        },
      ];
    })
    .toSorted((a, b) => a.fromMilliseconds - b.fromMilliseconds || a.depth - b.depth);
}

/** 0 for what is directly inside; undefined for what is elsewhere. */
function depthIn(
  outer: number,
  record: OperationRecord,
  byId: ReadonlyMap<number, OperationRecord>,
): number | undefined {
  let { parent } = record;
  for (let depth = 0; parent !== undefined && depth < byId.size; depth++) {
    if (parent === outer) return depth;
    parent = byId.get(parent)?.parent;
  }
  return undefined;
}

const SAMPLED_NOTE =
  'Its stack is the one that most samples of it have; of callers the line is that of their function.';

function notesOf({ record, ledger, samples, hotLines }: ShownOperation): string[] {
  const { slicesFrom, dropped, isArmed, end, durationMicroseconds } = record;
  const cpu = ledger.totals.find(({ kind }) => kind === 'cpu')?.length ?? 0;
  const isMissing = ledger.waits.some(({ place, isLikeOthers }) => !place || isLikeOthers);
  return [
    ...(hotLines.length > 0
      ? [
          `CPU time is measured; how it is spread over lines is from ${samples === 1 ? 'one sample' : `${formatCount(samples)} samples`}.`,
        ]
      : []),
    ...(cpu > 0.1 * durationMicroseconds && samples === 0
      ? ['No sample of it was taken: the lines of its CPU time are not known.']
      : []),
    ...(isMissing && !isArmed && record.kind !== 'stall' ? [lineNote(ledger)] : []),
    ...heldUpNote(ledger),
    ...(record.isSampled ? [SAMPLED_NOTE] : []),
    ...(end === 'open' ? ['It was still going on when the recording ended.'] : []),
    ...(slicesFrom !== undefined && slicesFrom > 0
      ? [
          `What it did in its first ${formatMilliseconds(milliseconds(slicesFrom / 1000))} was overwritten: too much happened after that.`,
        ]
      : []),
    ...(dropped !== undefined && dropped > 0
      ? [`${formatCount(dropped)} more waits were counted only: there were too many.`]
      : []),
  ];
}

const lineNote = ({ waits }: Ledger): string =>
  waits.some(({ isLikeOthers }) => isLikeOthers)
    ? 'Lines that are said to be as in other requests are those of the same waits in other operations of this route: it has not looked for them itself.'
    : 'The lines of its waits were not looked for: that is done in some operations of each slow route only.';

/** Below this nobody would look for it. */
const LEAST_HELD_UP_MICROSECONDS = 1000;

/** What is certain of it stands in the row of the event loop. */
function heldUpNote({ parts }: Ledger): string[] {
  const atMost = parts.reduce((sum, { readyAtMost = 0 }) => sum + readyAtMost, 0);
  if (atMost < LEAST_HELD_UP_MICROSECONDS) return [];
  const time = formatMilliseconds(milliseconds(atMost / 1000));
  return [
    `For up to ${time} of its waits the answer may have been there already: its thread was at something else.`,
  ];
}

function stackEntry(
  frame: StackFrame,
  { placeOf }: OperationContext,
): NonNullable<OperationView['stack']>[number] {
  const place = placeOf(frame);
  return {
    name: plainText(frame.name === '' ? '(anonymous)' : frame.name),
    text: frame.file === '' ? 'native code' : `${plainText(frame.file)}:${frame.line}`,
    ...(place ? { place } : {}),
  };
}

/** All paths of a view through `map`. */
export function withOperationPlaces(view: OperationView, map: (file: string) => string): OperationView {
  const mapped = <P extends Place>(place: P): P => ({ ...place, file: map(place.file) });
  const placed = <T extends { readonly place?: Place }>(each: T): T =>
    each.place ? { ...each, place: mapped(each.place) } : each;
  const called = (item: RowItem): RowItem => (item.caller ? { ...item, caller: mapped(item.caller) } : item);
  return {
    ...placed(view),
    rows: view.rows.map(row => ({ ...row, items: row.items.map(item => called(placed(item))) })),
    ...(view.stack ? { stack: view.stack.map(placed) } : {}),
  };
}

/** What is left of operations that have ended: a count of their route, and of the slow ones a record. */
import type { OperationRecord, WaitRecord } from '../../contracts/operations.ts';
import type { KeptOperation } from '../collector/contract.ts';
import type { Arming } from './arming.ts';
import type { OperationFacts } from './follow.ts';
import type { FollowedOperation, Wait } from './followed-operation.ts';
import type { KeepBudget } from './keep-budget.ts';
import type { EndedOperation } from './operations.ts';
import type { Routes } from './route-counts.ts';
import type { SliceRing, Slices } from './slice-ring.ts';
import type { Thresholds } from './thresholds.ts';

const LONGEST_NAME = 200;
const LONGEST_DETAIL = 2000;
/** Of an operation with more slices, the first ones are left out. */
const MOST_SLICES = 20_000;
const FIRST_SERVER_ERROR = 500;

export interface KeptOperationsParts {
  readonly ring: SliceRing;
  readonly thresholds: Thresholds;
  readonly routes: Routes;
  readonly budget: KeepBudget;
  readonly arming: Arming;
  readonly sink: (kept: KeptOperation) => void;
  /** Adds to a record what else is known of an operation; see await-sites.ts and ready.ts. */
  readonly complete: (
    record: OperationRecord,
    operation: FollowedOperation,
    slices: Slices,
  ) => OperationRecord;
}

export class KeptOperations {
  constructor(private readonly parts: KeptOperationsParts) {}

  ended({ operation, outcome, endedAt }: EndedOperation): void {
    const { facts, kind, startedAt } = operation;
    const { thresholds, routes, budget, arming, sink } = this.parts;
    if (facts.site?.isCounted(endedAt - startedAt, outcome.status === 'error')) return;
    const name = operationName(facts);
    const thresholdMicroseconds = thresholds.of(kind, name, facts.thresholdMilliseconds);
    const durationMicroseconds = endedAt - startedAt;
    const isSlow = durationMicroseconds >= thresholdMicroseconds;
    const isError = isFailure(outcome.status);
    const route = routes.of(kind, name);
    facts.site?.found(route, thresholdMicroseconds);
    if (outcome.end !== 'open' || isSlow)
      route.add({ kind, name, thresholdMicroseconds, durationMicroseconds, isSlow, isError });
    if (!isSlow) return;
    arming.wasSlow(facts);
    const place = budget.placeOf(`${kind} ${route.name}`, endedAt, durationMicroseconds);
    if (place === undefined) return;
    route.keptCount++;
    const record = this.record(operation, outcome, { name, durationMicroseconds, thresholdMicroseconds });
    sink(place === 'first' ? { record } : { record, place });
  }

  private record(
    operation: FollowedOperation,
    { end, status }: EndedOperation['outcome'],
    told: Pick<OperationRecord, 'name' | 'durationMicroseconds' | 'thresholdMicroseconds'>,
  ): OperationRecord {
    const { id, parent, kind, facts, startedAt, isArmed, dropped } = operation;
    const slices = slicesOf(operation, this.parts.ring);
    const detail = facts.detail?.().slice(0, LONGEST_DETAIL);
    const record: OperationRecord = {
      type: 'operation',
      id,
      ...(parent ? { parent: parent.id } : {}),
      kind,
      ...told,
      ...(detail === undefined ? {} : { detail }),
      ...(status === undefined ? {} : { status }),
      end,
      ...facts.place,
      startMicroseconds: startedAt,
      isArmed,
      slices: slices.times.map((time, index) => (index % 2 === 0 ? time - startedAt : time)),
      ...(slices.isCut ? { slicesFrom: (slices.times[0] ?? startedAt) - startedAt } : {}),
      resumes: [],
      waits: (operation.waits ?? []).map(wait => recordOf(wait, startedAt)),
      awaits: [],
      ...(dropped === 0 ? {} : { dropped }),
    };
    return this.parts.complete(record, operation, slices);
  }
}

function slicesOf(operation: FollowedOperation, ring: SliceRing): Slices {
  const { span, startedAt } = operation;
  if (span === undefined) return ring.of(operation, MOST_SLICES);
  return { times: [startedAt, span], causes: [0], ready: [0], atMost: [0], isCut: false };
}

/** Untrusted; of a request that goes on it may not yet be the route's. */
export function operationName(facts: OperationFacts): string {
  const { name } = facts;
  return (typeof name === 'string' ? name : Reflect.apply(name, facts, [])).slice(0, LONGEST_NAME);
}

const isFailure = (status: number | string | undefined): boolean =>
  typeof status === 'number' ? status >= FIRST_SERVER_ERROR : status === 'error';

function recordOf({ kind, from, to, library, detail }: Wait, startedAt: number): WaitRecord {
  const text = typeof detail === 'function' ? detail() : detail;
  return {
    kind,
    from: from - startedAt,
    length: to === undefined ? null : to - from,
    library,
    ...(text === undefined ? {} : { detail: text.slice(0, LONGEST_DETAIL) }),
  };
}

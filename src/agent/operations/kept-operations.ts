/** What is left of operations that have ended: a count of their route, and of the slow ones a record. */
import type { OperationRecord, WaitRecord } from '../../contracts/operations.ts';
import type { KeptOperation } from '../collector/contract.ts';
import type { Arming } from './arming.ts';
import type { OperationFacts } from './follow.ts';
import { living, type FollowedOperation, type Wait } from './followed-operation.ts';
import { gathered, handOn, type Gathered } from './gathered.ts';
import type { KeepBudget } from './keep-budget.ts';
import type { EndedOperation } from './operations.ts';
import type { Routes } from './route-counts.ts';
import type { SliceRing, Slices } from './slice-ring.ts';
import type { Thresholds } from './thresholds.ts';

const LONGEST_NAME = 200;
const LONGEST_DETAIL = 2000;
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
    all: Gathered,
  ) => OperationRecord;
}

export class KeptOperations {
  constructor(private readonly parts: KeptOperationsParts) {}

  ended(told: EndedOperation): void {
    this.count(told);
    const { parent } = told.operation;
    if (parent !== undefined) handOn(told.operation, living(parent));
  }

  /** And keeps it where it is slow. */
  private count({ operation, outcome, endedAt, open }: EndedOperation): void {
    const { facts, kind, startedAt } = operation;
    const { ring, thresholds, routes, budget, arming, sink } = this.parts;
    const isError = isFailure(outcome.status);
    const site = outcome.end === 'open' ? undefined : facts.site;
    if (site?.isCounted(endedAt - startedAt, isError)) return;
    const name = operationName(facts);
    const thresholdMicroseconds = thresholds.of(kind, name, facts.thresholdMilliseconds);
    const durationMicroseconds = endedAt - startedAt;
    const isSlow = durationMicroseconds >= thresholdMicroseconds;
    const route = routes.of(kind, name);
    site?.found(route, thresholdMicroseconds);
    if (outcome.end !== 'open' || isSlow)
      route.add({ kind, name, thresholdMicroseconds, durationMicroseconds, isSlow, isError });
    if (!isSlow) return;
    arming.wasSlow(facts);
    const place = budget.placeOf(`${kind} ${route.name}`, endedAt, durationMicroseconds);
    if (place === undefined) return;
    route.keptCount++;
    const own = { name, durationMicroseconds, thresholdMicroseconds };
    const record = this.record(operation, gathered(operation, open, ring), outcome, own);
    sink(place === 'first' ? { record } : { record, place });
    operation.isKept = place === 'first';
    operation.isCandidate = !operation.isKept;
  }

  private record(
    operation: FollowedOperation,
    all: Gathered,
    { end, status }: EndedOperation['outcome'],
    told: Pick<OperationRecord, 'name' | 'durationMicroseconds' | 'thresholdMicroseconds'>,
  ): OperationRecord {
    const { id, parent, kind, facts, startedAt, isArmed } = operation;
    const { waits, inner, dropped } = all;
    const slices = operation.span === undefined ? all.slices : whole(startedAt, operation.span);
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
      waits: waits.map(wait => recordOf(wait, startedAt)),
      awaits: [],
      ...(dropped === 0 ? {} : { dropped }),
      ...(inner.length === 0 ? {} : { inner }),
    };
    return this.parts.complete(record, operation, { ...all, slices });
  }
}

const whole = (startedAt: number, span: number): Slices => ({
  ...{ times: [startedAt, span], causes: [0], ready: [0], atMost: [0], isCut: false },
});

/** Untrusted; of a request that goes on it may not yet be the route's. */
export function operationName(facts: OperationFacts): string {
  const { name } = facts;
  return (typeof name === 'string' ? name : Reflect.apply(name, facts, [])).slice(0, LONGEST_NAME);
}

const isFailure = (status: number | string | undefined): boolean =>
  typeof status === 'number' ? status >= FIRST_SERVER_ERROR : status === 'error';

function recordOf({ kind, from, to, library, detail, isOnThread }: Wait, startedAt: number): WaitRecord {
  const text = typeof detail === 'function' ? detail() : detail;
  return {
    kind,
    from: from - startedAt,
    length: to === undefined ? null : to - from,
    library,
    ...(text === undefined ? {} : { detail: text.slice(0, LONGEST_DETAIL) }),
    ...(isOnThread ? { isOnThread } : {}),
  };
}

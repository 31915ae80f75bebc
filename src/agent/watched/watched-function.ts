import type { Follow, OperationFacts } from '../operations/follow.ts';
import type { CallRate } from './call-rate.ts';
import type { PromiseStates } from './promise-states.ts';

/** A watched function. */
export interface Watched {
  readonly follow: Follow;
  readonly promises: PromiseStates;
  readonly facts: OperationFacts;
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
  readonly rate: CallRate;
  /** See brief-call.ts. */
  isBrief: boolean;
  longCalls: number;
}

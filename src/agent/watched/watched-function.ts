import type { Follow, OperationFacts } from '../operations/follow.ts';
import type { CallRate } from './call-rate.ts';
import type { PromiseStates } from './promise-states.ts';

/** A watched function. */
export interface Watched {
  readonly follow: Follow;
  readonly promises: PromiseStates;
  readonly facts: OperationFacts;
  readonly isGenerator: boolean;
  readonly rate: CallRate;
  /** So far it has neither waited nor begun anything: its calls are told of when they are over. */
  isBrief: boolean;
}

import type { OperationKind, OperationsConfiguration } from '../../contracts/operation-kinds.ts';
import { microseconds, type Microseconds } from '../../contracts/units.ts';

const inMicroseconds = (milliseconds: number): Microseconds => microseconds(Math.round(milliseconds * 1000));

/** From how long on an operation is slow. */
export class Thresholds {
  private readonly usual: Microseconds;
  private readonly exceptions: readonly {
    readonly kind?: OperationKind;
    readonly name?: string;
    readonly limit: Microseconds;
  }[];

  constructor({ thresholdMilliseconds, thresholds = [] }: OperationsConfiguration) {
    this.usual = inMicroseconds(thresholdMilliseconds);
    this.exceptions = thresholds.map(({ thresholdMilliseconds: own, ...which }) => ({
      ...which,
      limit: inMicroseconds(own),
    }));
  }

  /** `own` is what the program or the watched function says. */
  of(kind: OperationKind, name: string, own: number | undefined): Microseconds {
    if (own !== undefined) return inMicroseconds(own);
    for (const exception of this.exceptions)
      if (
        (exception.kind === undefined || exception.kind === kind) &&
        (exception.name === undefined || exception.name === name)
      )
        return exception.limit;
    return this.usual;
  }
}

/** Below it beats are late on any machine that has something to do. */
const SHORTEST_STALL_MICROSECONDS = 50_000;

/** From how long on a blocked event loop is an operation. */
export const stallThreshold = (configuration: OperationsConfiguration): Microseconds =>
  microseconds(
    Math.max(SHORTEST_STALL_MICROSECONDS, new Thresholds(configuration).of('stall', '', undefined)),
  );

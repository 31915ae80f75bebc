/** Calls that the program itself has named: `profileAsync` and `track` of the in-code API. */
import { types } from 'node:util';
import type { Guest } from '../guest.ts';
import type { OperationEnd, OperationFacts } from './follow.ts';
import type { FollowedOperation } from './followed-operation.ts';
import type { Operations } from './operations.ts';

export class Calls {
  constructor(
    private readonly operations: Operations,
    private readonly guest: Guest,
  ) {}

  /** See `PublishedAgent.call`. */
  run(name: string, thresholdMilliseconds: number | undefined, work: () => unknown): unknown {
    const operation = this.guest.quietly(() => this.create(name, thresholdMilliseconds), undefined);
    if (!operation) return work();
    let result: unknown;
    try {
      result = this.operations.run(operation, work);
    } catch (error) {
      this.end(operation, 'error');
      throw error;
    }
    if (types.isPromise(result)) return this.follow(operation, result);
    this.end(operation, 'ok');
    return result;
  }

  private create(name: string, thresholdMilliseconds: number | undefined): FollowedOperation {
    const own = thresholdMilliseconds === undefined ? {} : { thresholdMilliseconds };
    const facts: OperationFacts = { kind: 'call', name: String(name), ...own };
    return this.operations.create(facts);
  }

  /**
   * A rejection that somebody looks at is handled: so that one that the program does not handle is still told to it, it
   * gets the promise that follows. A promise that can do more than others stays as it is.
   */
  private follow(operation: FollowedOperation, result: Promise<unknown>): unknown {
    const isPlain =
      Object.getPrototypeOf(result) === Promise.prototype && Reflect.ownKeys(result).every(isOfNode);
    const followed = THEN.call(
      result,
      value => {
        this.end(operation, 'ok');
        return value;
      },
      (error: unknown) => {
        this.end(operation, 'error');
        if (isPlain) throw error;
      },
    );
    return isPlain ? followed : result;
  }

  private end(operation: FollowedOperation, status: OperationEnd['status'] & string): void {
    this.operations.end(operation, { end: 'ended', status });
  }
}

/** Kept: a program may put its own in its place. */
const THEN = Reflect.get(Promise.prototype, 'then') as Promise<unknown>['then'];

/** Node itself keeps numbers of async_hooks at promises, under symbols. */
const isOfNode = (key: PropertyKey): boolean => typeof key === 'symbol';

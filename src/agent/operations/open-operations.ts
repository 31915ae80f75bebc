import type { FollowedOperation } from './followed-operation.ts';

/** The operations that go on, the newest first, as links of each other: a set of objects costs ten times as much. */
export class OpenOperations {
  private first: FollowedOperation | undefined;
  private last: FollowedOperation | undefined;

  /** The one that was added before all others that are there. */
  get oldest(): FollowedOperation | undefined {
    return this.last;
  }

  add(operation: FollowedOperation): void {
    const { first } = this;
    operation.after = first;
    if (first !== undefined) first.before = operation;
    else this.last = operation;
    this.first = operation;
  }

  delete(operation: FollowedOperation): void {
    const { before, after } = operation;
    if (before !== undefined) before.after = after;
    else if (this.first === operation) this.first = after;
    if (after !== undefined) after.before = before;
    else if (this.last === operation) this.last = before;
    operation.before = undefined;
    operation.after = undefined;
  }

  *[Symbol.iterator](): Iterator<FollowedOperation> {
    for (let each = this.first; each !== undefined;) {
      const next: FollowedOperation | undefined = each.after;
      yield each;
      each = next;
    }
  }
}

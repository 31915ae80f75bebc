/**
 * Events of a request come when its connection has news, which is nobody's turn or another one's: they are put into the
 * request's operation. Emitters know theirs by a property that nobody sees.
 */
import type { Follow } from './follow.ts';
import type { FollowedOperation } from './followed-operation.ts';

const OPERATION = Symbol('slowcatch.operation');

type Emit = (this: Emitter, name: string | symbol, ...parameters: unknown[]) => boolean;
interface Emitter {
  emit: Emit;
  [OPERATION]?: FollowedOperation;
}

export function putInto(emitter: object, operation: unknown): void {
  Object.defineProperty(emitter, OPERATION, { value: operation, configurable: true, writable: true });
}

export const operationOf = (emitter: object): FollowedOperation | undefined =>
  (emitter as Emitter)[OPERATION];

const isWithin = (inner: FollowedOperation | undefined, outer: FollowedOperation): boolean => {
  let operation = inner;
  while (operation !== undefined && operation !== outer) operation = operation.parent;
  return operation === outer;
};

/** `ownerOf` tells whose an emitter is; `emitted` hears of an event of a followed emitter after its listeners have run. Returns a function that undoes it. */
export function followEvents(
  prototype: object,
  follow: Follow,
  ownerOf: (emitter: object) => FollowedOperation | undefined,
  emitted: (operation: FollowedOperation, name: string | symbol, emitter: object) => void,
): () => void {
  const target = prototype as Emitter;
  const own = Object.getOwnPropertyDescriptor(target, 'emit');
  // Asked anew each time: the module `domain` puts another one there when it is loaded.
  const above = Object.getPrototypeOf(target) as Emitter;
  const ownEmit = own?.value as Emit | undefined;
  const emit: Emit = function emit(name, ...parameters) {
    const operation = ownerOf(this);
    const original = ownEmit ?? above.emit;
    if (operation === undefined || operation.hasEnded) return original.call(this, name, ...parameters);
    const isThere = isWithin(follow.current() as FollowedOperation | undefined, operation);
    try {
      return isThere
        ? original.call(this, name, ...parameters)
        : follow.run(operation, () => original.call(this, name, ...parameters));
    } finally {
      emitted(operation, name, this);
    }
  };
  Object.defineProperty(target, 'emit', {
    value: emit,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return () => {
    if (target.emit !== emit) return;
    if (own) Object.defineProperty(target, 'emit', own);
    else delete (target as Partial<Emitter>).emit;
  };
}

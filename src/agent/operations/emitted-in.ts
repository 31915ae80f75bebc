/**
 * Events of a request come when its connection has news, which is nobody's turn or another one's: they are put into the
 * request's operation.
 */
import { Itself } from './added-field.ts';
import type { Follow } from './follow.ts';
import type { FollowedOperation } from './followed-operation.ts';
import { apply } from '../libraries/wrapped-method.ts';

type Emit = (this: Emitter, ...parameters: [name: string | symbol, ...rest: unknown[]]) => boolean;
interface Emitter {
  emit: Emit;
  readonly _events?: Readonly<Record<string | symbol, unknown>>;
}

class Owned extends Itself {
  #operation: FollowedOperation | undefined;

  static put(emitter: object, operation: FollowedOperation): void {
    new Owned(emitter).#operation = operation;
  }

  /** Throws where none was put, which takes microseconds. */
  static get(emitter: object): FollowedOperation | undefined {
    return (emitter as Owned).#operation;
  }
}

/** Once for each emitter. */
export function putInto(emitter: object, operation: unknown): void {
  Owned.put(emitter, operation as FollowedOperation);
}

/** Of an emitter into which one was probably put. */
export function operationOf(emitter: object): FollowedOperation | undefined {
  try {
    return Owned.get(emitter);
  } catch {
    return undefined;
  }
}

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
  const emitIn = (
    operation: FollowedOperation,
    emitter: Emitter,
    original: Emit,
    parameters: Parameters<Emit>,
  ) => {
    const [name] = parameters;
    const isHeard = emitter._events?.[name] !== undefined;
    try {
      if (!isHeard || isWithin(follow.current() as FollowedOperation | undefined, operation))
        return apply(original, emitter, parameters);
      return follow.run(operation, () => apply(original, emitter, parameters));
    } finally {
      emitted(operation, name, emitter);
    }
  };
  const emit: Emit = function emit(...parameters) {
    const operation = ownerOf(this);
    const original = ownEmit ?? above.emit;
    if (operation === undefined || operation.hasEnded) return apply(original, this, parameters);
    return emitIn(operation, this, original, parameters);
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

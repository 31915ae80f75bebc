/** A method that somebody else's code calls; parameters as they come. */
export type Method<T = unknown> = (this: T, ...parameters: unknown[]) => unknown;
/** Takes back what was put in, where it is still there. */
export type Undo = () => void;

/** Kept: the program may replace them. */
export const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
const { defineProperties, getOwnPropertyDescriptors } = Object;

const nothing: Undo = () => undefined;

/**
 * Puts `make(original)` in the place of an own method. It keeps `name`, `length` and all other properties (as
 * `util.promisify.custom`). Nothing happens where there is no such own method, or where it cannot be replaced (frozen).
 */
export function wrapMethod<T>(
  target: unknown,
  name: PropertyKey,
  make: (original: Method<T>) => Method<T>,
): Undo {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null) return nothing;
  const before = getOwnPropertyDescriptor(target, name);
  if (typeof before?.value !== 'function') return nothing;
  const original = before.value as Method<T>;
  const replaced = defineProperties(make(original), getOwnPropertyDescriptors(original));
  if (!defineProperty(target, name, { ...before, value: replaced })) return nothing;
  return () => {
    if (getOwnPropertyDescriptor(target, name)?.value === replaced) defineProperty(target, name, before);
  };
}

/** The same for many methods of one object. */
export const wrapMethods = <T>(
  target: unknown,
  names: readonly string[],
  make: (original: Method<T>, name: string) => Method<T>,
): Undo[] => names.map(name => wrapMethod<T>(target, name, original => make(original, name)));

/** Puts a method on one object, not enumerable. False: it could not (frozen). */
export const hideIn = (target: object, name: string, value: Method): boolean =>
  defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

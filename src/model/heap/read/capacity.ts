/** Columns whose length a file promises: room is made as it keeps the promise. */

const FIRST_CAPACITY = 1 << 12;
const GROWTH = 4;

/** How much room to begin with, for so many values. */
export const firstCapacity = (promised: number, isCertain: boolean): number =>
  isCertain ? promised : Math.min(promised, FIRST_CAPACITY);

/** The next larger room. */
export const nextCapacity = (capacity: number, promised: number): number =>
  Math.min(promised, Math.max(FIRST_CAPACITY, GROWTH * capacity));

/** A longer column with the values of a shorter one. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array>(larger: T, column: T): T {
  larger.set(column);
  return larger;
}

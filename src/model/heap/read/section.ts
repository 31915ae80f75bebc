/** A value of the top level of a snapshot, read in pieces. */
export interface Section {
  /** Reads from `at`; answers the offset of the first byte that is not its own, or the end of `bytes`. */
  read(bytes: Uint8Array, at: number): number;
  readonly done: boolean;
}

export const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

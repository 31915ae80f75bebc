/** Microseconds on the clock of the machine that recorded. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

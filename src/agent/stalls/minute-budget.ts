const MOST_PER_MINUTE = 30;
const MINUTE_MICROSECONDS = 60_000_000;

/** So many stalls of a thread are kept in each minute. */
export class MinuteBudget {
  private minute = { number: 0, kept: 0 };

  mayKeep(atMicroseconds: number): boolean {
    const number = Math.floor(atMicroseconds / MINUTE_MICROSECONDS);
    if (number !== this.minute.number) this.minute = { number, kept: 0 };
    return ++this.minute.kept <= MOST_PER_MINUTE;
  }
}

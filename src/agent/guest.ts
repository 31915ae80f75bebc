/**
 * The agent is a guest in the program: nothing it does may throw into it. Every entry from the program's side
 * (hooks, timers, exit handlers) goes through `quietly`; what failed is kept for the recording.
 */
export class Guest {
  private readonly listeners: ((error: Error) => void)[] = [];
  private readonly failures: Error[] = [];

  /** Runs `work`; a failure is handed to the recording instead of the program, and `fallback` is the result. */
  quietly<T>(work: () => T, fallback: T): T {
    try {
      return work();
    } catch (error) {
      this.report(error);
      return fallback;
    }
  }

  report(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (this.listeners.length === 0) this.failures.push(failure);
    for (const listener of this.listeners) this.tell(listener, failure);
  }

  /** Hears every failure, those before it was called too. */
  onFailure(listener: (error: Error) => void): void {
    this.listeners.push(listener);
    for (const failure of this.failures.splice(0)) this.tell(listener, failure);
  }

  /** A report that fails has nowhere left to go: the program matters more. */
  private tell(listener: (error: Error) => void, failure: Error): void {
    try {
      listener(failure);
    } catch (error) {
      this.failures.push(error as Error);
    }
  }
}

const MINUTE_MILLISECONDS = 60_000;

/** Tells once a minute, while it is on: what is shown of ages is never older than that. */
export class Minutes {
  readonly #tell: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Turned on again, the minute begins anew. */
  set isOn(isOn: boolean) {
    clearInterval(this.#timer);
    this.#timer = isOn ? setInterval(this.#tell, MINUTE_MILLISECONDS) : undefined;
  }

  dispose(): void {
    this.isOn = false;
  }
}

/** What is counted of how Slowcatch is used: telemetry.json at the root says all of it. */
export interface Usage {
  /** A command ran; `name` is ours, without `slowcatch.`. */
  command(name: string): void;
  /** A command failed with this code of the catalogue of errors. */
  failure(code: string): void;
}

/** Where nothing is counted. */
export const UNCOUNTED: Usage = { command: () => undefined, failure: () => undefined };

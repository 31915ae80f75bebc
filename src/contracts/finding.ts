export type Severity = 'info' | 'warning' | 'error';

/** Something worth the user's attention, with the facts that carry it. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly file?: string;
  readonly line?: number;
  /** Name of the function that it is about; the message begins with it. */
  readonly subject?: string;
  /** One sentence: what, where, how much. Untrusted names inside are made harmless by whoever shows it. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly advice: string;
  /** Measured facts behind the message; units in the keys. */
  readonly evidence: Readonly<Record<string, string | number>>;
}

/** What `slowcatch lint` finds in source text. */
import type { RecordedProblem } from './recording.ts';

/** `info` and `hint`: load or growth decides whether it matters. */
export type LintSeverity = 'error' | 'warning' | 'info' | 'hint';

export interface LintPlace {
  /** Absolute. */
  readonly file: string;
  /** 1-based all; the end is the first column that is no longer part of it. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface LintDiagnostic extends LintPlace {
  readonly rule: string;
  readonly severity: LintSeverity;
  /** One sentence: what is wrong here. */
  readonly message: string;
  readonly related?: readonly (LintPlace & { readonly message: string })[];
  readonly fixes: readonly { readonly title: string }[];
}

export interface LintDocument {
  readonly version: 1;
  readonly diagnostics: readonly LintDiagnostic[];
  /** How many were looked at. */
  readonly files: number;
  readonly milliseconds: number;
  /** How many findings `--fix` has mended; absent without it. */
  readonly fixed?: number;
  readonly problems: readonly RecordedProblem[];
}

import { fileOf } from '../model/source/source-url.ts';

export type SourceProblemCode =
  | 'source-text-missing'
  | 'source-map-missing'
  | 'source-map-broken'
  | 'source-map-too-big'
  | 'source-map-not-kept';

/** Why a script cannot be shown by its sources: the code of a `UserError`, and the values for its text. */
export interface SourceProblem {
  readonly code: SourceProblemCode;
  /** The script: an absolute path. */
  readonly file: string;
  readonly detail: string;
}

/**
 * Collects problems, each once per code and script. Packages and what is no file (`node:`, `evalmachine.…`) are left
 * out: many packages ship without the maps they name, and the user cannot change that.
 */
export class SourceProblems {
  readonly #problems = new Map<string, SourceProblem>();

  /** In the order of codes and files. */
  get list(): readonly SourceProblem[] {
    return [...this.#problems].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem);
  }

  add(code: SourceProblemCode, scriptUrl: string, detail: string): void {
    const file = fileOf(scriptUrl);
    const isOwnFile = /^(?:file:|\/|[A-Za-z]:[\\/])/.test(scriptUrl) && !/[\\/]node_modules[\\/]/.test(file);
    if (isOwnFile) this.#problems.set(`${code} ${file}`, { code, file, detail });
  }
}

/** Where the functions and lines of a profile stand for the user: in the sources, if something leads there. */
import type { Frame } from '../cpu/profile.ts';
import { fileOf } from './source-url.ts';

/** Files are absolute paths, or URLs where no file stands behind; lines and columns are 1-based, 0 where V8 gave none. */
export interface Placement {
  functionAt(frame: Frame): { name: string; file: string; line: number; column: number };
  /** File in which all lines of the frame's script stand as they ran; undefined where a source map moves them. */
  unmovedFile(frame: Frame): string | undefined;
  /** Whether the frame ran an earlier text of its file than the recording's newest: its lines are others than those. */
  isEarlierText(frame: Frame): boolean;
  /** Place of one line of the frame's script; undefined where it cannot be told. */
  lineAt(frame: Frame, line: number): { file: string; line: number } | undefined;
}

const ANONYMOUS = '(anonymous)';
/** What a file runs when it is loaded: V8 has a function without a name for it, which begins with the file. */
export const TOP_LEVEL = '(top level)';

/** `file:` URLs that say their path as it is, with nothing to decode or to resolve: most do, and parsing is slow. */
const PLAIN_FILE = /^file:\/\/\/[\w.@+~/-]*$/;
const DOTS = /\/\.{1,2}(?:\/|$)/;

/** Places everything where V8 does: in the text that ran. Asked for every frame of a profile, so it knows its files. */
export class IdentityPlacement implements Placement {
  readonly #files = new Map<string, string>();

  functionAt({ functionName, url, line, column }: Frame): ReturnType<Placement['functionAt']> {
    const unnamed = line === 1 && column === 1 && url !== '' ? TOP_LEVEL : ANONYMOUS;
    return { name: functionName || unnamed, file: this.#file(url), line, column };
  }

  unmovedFile({ url }: Frame): string {
    return this.#file(url);
  }

  isEarlierText(): boolean {
    return false;
  }

  lineAt({ url }: Frame, line: number): { file: string; line: number } {
    return { file: this.#file(url), line };
  }

  #file(url: string): string {
    const known = this.#files.get(url);
    if (known !== undefined) return known;
    const file = PLAIN_FILE.test(url) && !DOTS.test(url) ? url.slice('file://'.length) : fileOf(url);
    this.#files.set(url, file);
    return file;
  }
}

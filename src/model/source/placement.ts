/** Where the functions and lines of a profile stand for the user: in the sources, if something leads there. */
import type { Frame } from '../cpu/profile.ts';
import { fileOf } from './source-url.ts';

/** Files are absolute paths, or URLs where no file stands behind; lines and columns are 1-based, 0 where V8 gave none. */
export interface Placement {
  functionAt(frame: Frame): { name: string; file: string; line: number; column: number };
  /** Place of one line of the frame's script; undefined where it cannot be told. */
  lineAt(frame: Frame, line: number): { file: string; line: number } | undefined;
}

export const ANONYMOUS = '(anonymous)';

/** Places everything where V8 does: in the text that ran. */
export const identityPlacement: Placement = {
  functionAt: frame => ({
    name: frame.functionName || ANONYMOUS,
    file: fileOf(frame.url),
    line: frame.line,
    column: frame.column,
  }),
  lineAt: (frame, line) => ({ file: fileOf(frame.url), line }),
};

import { UserError } from '../../../contracts/user-error.ts';
import { FrameSet } from '../../cpu/frame-set.ts';
import { toIndex } from '../../cpu/growing-column.ts';
import type { JsonCursor } from '../../cpu/json-cursor.ts';
import { END_OF_OBJECT } from '../../cpu/json-cursor.ts';
import { KeySet } from '../../cpu/json-keys.ts';
import type { Frame } from '../../cpu/profile.ts';
import { textAt } from './text-at.ts';

const KEYS = ['name', 'file', 'line', 'col'] as const;
const MOST_FRAMES = 1 << 22;

/** The frames that all profiles of a file share, by their number in the file; alike ones are one. */
export class SharedFrames {
  readonly #keys = new KeySet(KEYS);
  readonly #set = new FrameSet();
  /** By number in the file: index into `list`. */
  readonly #indices: number[] = [];

  get list(): readonly Frame[] {
    return this.#set.frames;
  }

  /** Reads the frame at the cursor; what is no object gets a number too. Throws `profile-too-big`. */
  read(cursor: JsonCursor): void {
    let [name, url, line, column] = ['', '', 0, 0];
    if (cursor.enterObject()) {
      for (let key = cursor.key(this.#keys); key !== END_OF_OBJECT; key = cursor.key(this.#keys)) {
        if (KEYS[key] === 'name') name = textAt(cursor);
        else if (KEYS[key] === 'file') url = textAt(cursor);
        else if (KEYS[key] === 'line') line = position(cursor.number());
        else column = position(cursor.number());
      }
    }
    if (cursor.broken) return;
    if (this.#indices.length >= MOST_FRAMES)
      throw new UserError('profile-too-big', { reason: `more than ${MOST_FRAMES} frames` });
    this.#indices.push(this.#set.intern({ functionName: name, scriptId: '', url, line, column }));
  }

  /** Undefined for a number that no frame has. */
  at(number: number): number | undefined {
    return this.#indices[number];
  }

  /** For frames that a profile names and the file does not have. */
  get unknown(): number {
    return this.#set.intern({
      functionName: '(unknown function)',
      scriptId: '',
      url: '',
      line: 0,
      column: 0,
    });
  }
}

const position = (value: number): number => Math.max(0, toIndex(Math.floor(value)));

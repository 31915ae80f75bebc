/** Reads speedscope's own format: https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources */
import { UserError } from '../../../contracts/user-error.ts';
import { toIndex } from '../../cpu/growing-column.ts';
import { END_OF_OBJECT, JsonCursor } from '../../cpu/json-cursor.ts';
import { KeySet } from '../../cpu/json-keys.ts';
import { enterFile } from '../../cpu/json-object-start.ts';
import { JsonUnits } from '../../cpu/json-units.ts';
import type { ForeignProblem, ForeignProfile } from '../foreign-profile.ts';
import { SharedFrames } from './frames.ts';
import { ProfilePart } from './profile-part.ts';
import { textAt } from './text-at.ts';

const FILE_KEYS = ['shared', 'profiles'] as const;
const SHARED_KEYS = ['frames'] as const;
const PROFILE_KEYS = ['name', 'unit', 'endValue', 'events', 'samples', 'weights'] as const;
const EVENT_KEYS = ['type', 'frame', 'at'] as const;

type State =
  | 'start'
  | 'file'
  | 'shared'
  | 'frames'
  | 'profiles'
  | 'profile'
  | 'events'
  | 'samples'
  | 'stack'
  | 'weights'
  | 'done';

/** `O` and `C`; in quotes they have three bytes. */
const OPEN = 0x4f;
const CLOSE = 0x43;
const LETTER_LENGTH = 3;
/** A frame, an event, a name: none is longer. */
const LONGEST_UNIT = 1 << 26;
const MOST_PROFILES = 10_000;
const CHUNK_BYTES = 1 << 18;

/** The profile that `bytes` hold. Throws what `SpeedscopeReader` throws. */
export function readSpeedscope(bytes: Uint8Array): ForeignProfile {
  const reader = new SpeedscopeReader();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) reader.push(bytes.subarray(at, at + CHUNK_BYTES));
  return reader.finish();
}

/**
 * Takes the bytes of one file in chunks, cut anywhere; in memory are one tree per profile and, of sampled ones, a number
 * per sample. Throws `profile-not-readable`, `profile-without-samples`, `profile-too-big`.
 */
export class SpeedscopeReader {
  readonly #cursor = new JsonCursor();
  readonly #units = new JsonUnits(this.#cursor, () => this.#readNext(), notReadable);
  readonly #fileKeys = new KeySet(FILE_KEYS);
  readonly #sharedKeys = new KeySet(SHARED_KEYS);
  readonly #profileKeys = new KeySet(PROFILE_KEYS);
  readonly #eventKeys = new KeySet(EVENT_KEYS);
  readonly #frames = new SharedFrames();
  readonly #parts: ProfilePart[] = [];
  readonly #problems = new Set<ForeignProblem>();
  #state: State = 'start';
  /** Innermost node so far of the sample that is being read. */
  #node = 0;

  push(chunk: Uint8Array): void {
    if (this.#state === 'done') return;
    this.#units.push(chunk);
    if (this.#cursor.pending > LONGEST_UNIT + chunk.length)
      throw notReadable('a value of it is longer than 64 MB');
  }

  finish(): ForeignProfile {
    this.#units.read();
    if (this.#state === 'start') throw notReadable('it is empty');
    if (this.#state !== 'done') this.#problems.add('truncated');
    if (this.#isInProfile) this.#part.close();
    return this.#foreignProfile();
  }

  get #isInProfile(): boolean {
    return ['profile', 'events', 'samples', 'stack', 'weights'].includes(this.#state);
  }

  get #part(): ProfilePart {
    return this.#parts.at(-1)!;
  }

  #foreignProfile(): ForeignProfile {
    const full = this.#parts.filter(({ builder }) => builder.isWeighed);
    const [first] = full;
    if (!first) throw new UserError('profile-without-samples', { reason: 'no stack of it has a weight' });
    const { unit } = first.valueUnit;
    // Times and bytes cannot be shown as one: the first profile decides.
    const parts = full.filter(({ valueUnit }) => valueUnit.unit === unit);
    if (parts.some(({ valueUnit }) => valueUnit.isGuess))
      this.#problems.add('weights without a unit: shares are right, times are not');
    const unknown = this.#frames.unknown;
    const frameAt = (frame: number): number => {
      const index = this.#frames.at(frame);
      if (index === undefined) this.#problems.add('unknown frames');
      return index ?? unknown;
    };
    const tracks = parts.map(part => ({ name: part.name, tree: part.tree(this.#frames.list, frameAt) }));
    return { unit, valueName: '', tracks, problems: [...this.#problems] };
  }

  #readNext(): boolean {
    if (this.#state === 'done') return false;
    this.#readUnit();
    return true;
  }

  #readUnit(): void {
    switch (this.#state) {
      case 'start':
        return this.#begin();
      case 'file':
        return this.#readFileMember();
      case 'shared':
        return this.#readSharedMember();
      case 'frames':
        return this.#readElements('shared', () => this.#frames.read(this.#cursor));
      case 'profiles':
        return this.#readProfile();
      case 'profile':
        return this.#readProfileMember();
      case 'events':
        return this.#readElements('profile', () => this.#readEvent());
      case 'samples':
        return this.#readSample();
      case 'stack':
        return this.#readStack();
      case 'weights':
        return this.#readElements('profile', () => this.#readWeight());
      case 'done':
    }
  }

  #begin(): void {
    if (enterFile(this.#cursor, notReadable)) this.#state = 'file';
  }

  #readFileMember(): void {
    const cursor = this.#cursor;
    const key = cursor.key(this.#fileKeys);
    if (cursor.broken) return;
    if (key === END_OF_OBJECT) this.#state = 'done';
    else if (FILE_KEYS[key] === 'shared') this.#enter(cursor.enterObject(), 'shared');
    else this.#enter(cursor.enterList(), 'profiles');
  }

  #readSharedMember(): void {
    const cursor = this.#cursor;
    const key = cursor.key(this.#sharedKeys);
    if (cursor.broken) return;
    if (key === END_OF_OBJECT) this.#state = 'file';
    else this.#enter(cursor.enterList(), 'frames');
  }

  #readProfile(): void {
    const cursor = this.#cursor;
    if (!cursor.element()) return this.#leave('file');
    if (!cursor.enterObject() || cursor.broken) return;
    if (this.#parts.length >= MOST_PROFILES)
      throw new UserError('profile-too-big', { reason: `more than ${MOST_PROFILES} profiles` });
    this.#parts.push(new ProfilePart(this.#problems));
    this.#state = 'profile';
  }

  #readProfileMember(): void {
    const cursor = this.#cursor;
    const key = cursor.key(this.#profileKeys);
    if (cursor.broken) return;
    if (key === END_OF_OBJECT) {
      this.#part.close();
      this.#state = 'profiles';
      return;
    }
    const name = PROFILE_KEYS[key]!;
    if (name === 'name' || name === 'unit') {
      const text = textAt(cursor);
      if (!cursor.broken) this.#part[name] = text;
    } else if (name === 'endValue') {
      const end = cursor.number();
      if (!cursor.broken) this.#part.end = end;
    } else this.#enter(cursor.enterList(), name);
  }

  /** Reads what stands in a list as long as there is some; each element is a unit. */
  #readElements(behind: State, read: () => void): void {
    const cursor = this.#cursor;
    while (cursor.element()) {
      read();
      if (cursor.broken) return;
      cursor.commit();
    }
    this.#leave(behind);
  }

  #readEvent(): void {
    const cursor = this.#cursor;
    if (!cursor.enterObject()) return;
    let [type, frame, at] = [0, Number.NaN, Number.NaN];
    for (let key = cursor.key(this.#eventKeys); key !== END_OF_OBJECT; key = cursor.key(this.#eventKeys)) {
      if (EVENT_KEYS[key] === 'type') type = this.#readLetter();
      else if (EVENT_KEYS[key] === 'frame') frame = cursor.number();
      else at = cursor.number();
    }
    if (cursor.broken) return;
    const { events } = this.#part;
    if (type === OPEN) events.open(numberOf(frame), at);
    else if (type === CLOSE) events.close(numberOf(frame), at);
    else this.#problems.add('events that do not match');
  }

  /** The letter of a text that has one, 0 for anything else: a file has millions of them. */
  #readLetter(): number {
    const cursor = this.#cursor;
    cursor.peek();
    const start = cursor.at;
    cursor.skipValue();
    return cursor.at - start === LETTER_LENGTH ? cursor.bytes[start + 1]! : 0;
  }

  #readSample(): void {
    const cursor = this.#cursor;
    if (!cursor.element()) return this.#leave('profile');
    this.#node = 0;
    if (cursor.enterList()) this.#enter(true, 'stack');
    else if (!cursor.broken) this.#part.samples.addSample(0);
  }

  /** A stack may be longer than a chunk. */
  #readStack(): void {
    this.#readElements('samples', () => {
      const frame = this.#cursor.number();
      if (!this.#cursor.broken) this.#node = this.#part.builder.child(this.#node, numberOf(frame));
    });
    if (this.#state === 'samples') this.#part.samples.addSample(this.#node);
  }

  #readWeight(): void {
    const weight = this.#cursor.number();
    if (!this.#cursor.broken) this.#part.samples.addWeight(weight);
  }

  #enter(isThere: boolean, state: State): void {
    if (isThere && !this.#cursor.broken) this.#state = state;
  }

  #leave(state: State): void {
    if (!this.#cursor.broken) this.#state = state;
  }
}

/** What is no frame's number becomes one that no frame has. */
const numberOf = (value: number): number => {
  const index = toIndex(value);
  return index < 0 || !Number.isInteger(value) ? 0x7f_ff_ff_ff : index;
};

const notReadable = (reason: string): UserError => new UserError('profile-not-readable', { reason });

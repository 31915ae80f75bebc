/** Reads V8's `.cpuprofile` JSON in one pass: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
import { KEPT_KEY } from '../../contracts/recording-files.ts';
import { UserError } from '../../contracts/user-error.ts';
import { assembleProfile } from './assemble-profile.ts';
import { IndexColumn, MomentColumn } from './growing-column.ts';
import { END_OF_OBJECT, JsonCursor } from './json-cursor.ts';
import { KeySet } from './json-keys.ts';
import { enterFile } from './json-object-start.ts';
import { JsonUnits } from './json-units.ts';
import { NodeColumns } from './node-columns.ts';
import type { CpuProfile } from './profile.ts';

/** In the order in which V8 writes them, and ours behind them. */
const PROFILE_KEYS = ['nodes', 'startTime', 'endTime', 'samples', 'timeDeltas', KEPT_KEY] as const;

type State = 'start' | 'keys' | 'nodes' | 'samples' | 'timeDeltas' | 'kept' | 'done';

const OPEN_OBJECT = 0x7b;

/** Stays in the processor's second-level cache between being copied and being read. */
const CHUNK_BYTES = 1 << 18;

/** Samples and deltas are read so many at a time: few enough that the code behind a batch is soon compiled as well. */
const BATCH = 512;

/** Room is made at once for so many samples at most, whatever a file promises. */
const MOST_RESERVED = 1 << 24;

/** The profile that `bytes` hold. Throws what `CpuProfileReader` throws. */
export function readCpuProfile(bytes: Uint8Array): CpuProfile {
  const reader = new CpuProfileReader();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) reader.push(bytes.subarray(at, at + CHUNK_BYTES));
  return reader.finish();
}

/**
 * Takes the bytes of one profile in chunks, cut anywhere, and holds no more of them than a chunk and one node.
 * `push` and `finish` throw the `UserError`s `profile-not-readable` and `profile-without-samples`.
 */
export class CpuProfileReader {
  readonly #cursor = new JsonCursor();
  readonly #units = new JsonUnits(this.#cursor, () => this.#readNext(), notReadable);
  readonly #keys = new KeySet(PROFILE_KEYS);
  readonly #nodes = new NodeColumns();
  readonly #samples = new IndexColumn();
  readonly #moments = new MomentColumn();
  /** What they count from: not the start when that stands behind them. */
  #momentsSince = 0;
  /** Ends of the stretches that are kept; undefined where nothing is said of that. */
  #kept: MomentColumn | undefined;
  readonly #batch = new Int32Array(BATCH);
  #startTime = Number.NaN;
  #endTime = Number.NaN;
  #state: State = 'start';

  push(chunk: Uint8Array): void {
    if (this.#state === 'done') return;
    this.#units.push(chunk);
  }

  finish(): CpuProfile {
    this.#units.read();
    if (this.#state === 'start') throw notReadable('it is empty');
    return assembleProfile({
      nodes: this.#nodes,
      samples: this.#samples.view(),
      moments: this.#moments.view(),
      areShuffled: this.#moments.isShuffled,
      momentsSince: this.#momentsSince,
      kept: this.#kept?.view(),
      startTime: this.#startTime,
      endTime: this.#endTime,
      truncated: this.#state !== 'done',
    });
  }

  #readNext(): boolean {
    if (this.#state === 'done') return false;
    this.#readUnit();
    return true;
  }

  #readUnit(): void {
    switch (this.#state) {
      case 'start':
        return this.#open();
      case 'keys':
        return this.#readMember();
      case 'nodes':
        return this.#readNodes();
      case 'samples':
        return this.#readNumbers(this.#samples);
      case 'timeDeltas':
        return this.#readNumbers(this.#moments);
      case 'kept':
        return this.#readNumbers((this.#kept ??= this.#beginKept()));
      case 'done':
    }
  }

  #open(): void {
    if (enterFile(this.#cursor, notReadable)) this.#state = 'keys';
  }

  #readMember(): void {
    const cursor = this.#cursor;
    const key = cursor.key(this.#keys);
    if (cursor.broken) return;
    const name = key === END_OF_OBJECT ? 'done' : PROFILE_KEYS[key]!;
    if (name === 'startTime') this.#startTime = cursor.number();
    else if (name === 'endTime') this.#endTime = cursor.number();
    else if (name === 'done' || cursor.enterList()) this.#state = name;
    if (name === 'samples') this.#samples.reserve(Math.min(this.#nodes.totalHits, MOST_RESERVED));
    if (name === 'timeDeltas') this.#beginMoments();
  }

  #beginMoments(): void {
    this.#moments.reserve(this.#samples.length);
    this.#momentsSince = this.#startTime || 0;
    this.#moments.begin(this.#momentsSince);
  }

  /** Ours: its writer has the start before it. */
  #beginKept(): MomentColumn {
    const kept = new MomentColumn();
    kept.begin(this.#startTime || 0);
    return kept;
  }

  #readNodes(): void {
    const cursor = this.#cursor;
    while (cursor.element()) {
      if (cursor.bytes[cursor.at] !== OPEN_OBJECT) {
        throw notReadable('its "nodes" are no objects (a heap snapshot has numbers there)');
      }
      this.#nodes.read(cursor);
      if (cursor.broken) return;
      cursor.commit();
    }
    this.#leaveList();
  }

  #readNumbers(column: IndexColumn | MomentColumn): void {
    const cursor = this.#cursor;
    const batch = this.#batch;
    for (;;) {
      const count = cursor.plainNumbers(batch);
      column.append(batch, count);
      if (count === batch.length) continue;
      if (!cursor.element()) return this.#leaveList();
      const value = cursor.number();
      if (cursor.broken) return;
      column.push(value);
      cursor.commit();
    }
  }

  #leaveList(): void {
    if (!this.#cursor.broken) this.#state = 'keys';
  }
}

function notReadable(reason: string): UserError {
  return new UserError('profile-not-readable', { reason });
}

/**
 * Reads V8's `.heapprofile` JSON in one pass, as Node (`--heap-prof`, `v8.startHeapProfile`) and Chrome write it:
 * https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
 *
 *   {"head":{"callFrame":{…},"selfSize":0,"id":1,"children":[…]},"samples":[{"size":64,"nodeId":1,"ordinal":7},…]}
 */
import { UserError } from '../../contracts/user-error.ts';
import { IndexColumn } from '../cpu/growing-column.ts';
import { END_OF_OBJECT, JsonCursor } from '../cpu/json-cursor.ts';
import { KeySet } from '../cpu/json-keys.ts';
import { enterFile } from '../cpu/json-object-start.ts';
import { JsonUnits } from '../cpu/json-units.ts';
import type { HeapProfile, HeapProfileProblem } from './heap-profile.ts';
import { HeapNodes } from './heap-nodes.ts';

/** `nodes` and `snapshot` stand in other files of V8's. */
const PROFILE_KEYS = ['head', 'samples', 'nodes', 'snapshot'] as const;
const NODE_KEYS = ['callFrame', 'selfSize', 'id', 'children'] as const;
const SAMPLE_KEYS = ['size', 'nodeId', 'ordinal'] as const;

/** `node`: between the members of an open node. `children`: between its children. */
type State = 'start' | 'keys' | 'node' | 'children' | 'samples' | 'done';

const CHUNK_BYTES = 1 << 18;
const NONE = -1;

/** The profile that `bytes` hold. Throws what `HeapProfileReader` throws. */
export function readHeapProfile(bytes: Uint8Array): HeapProfile {
  const reader = new HeapProfileReader();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) reader.push(bytes.subarray(at, at + CHUNK_BYTES));
  return reader.finish();
}

/**
 * Takes the bytes of one profile in chunks, cut anywhere, and holds no more of them than a chunk and the frames. Trees
 * may be of any depth. `push` and `finish` throw the `UserError` `heap-profile-not-readable`.
 */
export class HeapProfileReader {
  readonly #cursor = new JsonCursor();
  readonly #units = new JsonUnits(this.#cursor, () => this.#readNext(), notReadable);
  readonly #keys = new KeySet(PROFILE_KEYS);
  readonly #nodeKeys = new KeySet(NODE_KEYS);
  readonly #sampleKeys = new KeySet(SAMPLE_KEYS);
  readonly #nodes = new HeapNodes();
  readonly #sampleIds = new IndexColumn();
  readonly #problems = new Set<HeapProfileProblem>();
  #state: State = 'start';
  /** The node whose members or children are being read. */
  #open = NONE;
  #highestOrdinal = 0;

  push(chunk: Uint8Array): void {
    if (this.#state === 'done') return;
    this.#units.push(chunk);
  }

  finish(): HeapProfile {
    this.#units.read();
    if (this.#state === 'start') throw notReadable('it is empty');
    if (this.#state !== 'done') this.#problems.add('truncated');
    if (this.#nodes.count === 0) throw notReadable('it has no call tree ("head")');
    const { counts, unknown } = this.#nodes.countSamples(this.#sampleIds.view());
    if (unknown > 0) this.#problems.add('unknown-sample-node');
    return {
      tree: this.#tree(counts),
      sampleCount: this.#sampleIds.length,
      sampledCount: this.#highestOrdinal,
      problems: [...this.#problems],
    };
  }

  #tree(counts: Float64Array): HeapProfile['tree'] {
    try {
      return this.#nodes.tree(counts);
    } catch (error) {
      throw notReadable('one of its call frames is not valid JSON', error);
    }
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
      case 'keys':
        return this.#readMember();
      case 'node':
        return this.#readNodeMember();
      case 'children':
        return this.#readChild();
      case 'samples':
        return this.#readSample();
      case 'done':
    }
  }

  #begin(): void {
    if (enterFile(this.#cursor, notReadable)) this.#state = 'keys';
  }

  #readMember(): void {
    const cursor = this.#cursor;
    const key = cursor.key(this.#keys);
    if (cursor.broken) return;
    const name = key === END_OF_OBJECT ? 'done' : PROFILE_KEYS[key]!;
    if (name === 'done') this.#state = 'done';
    else if (name === 'nodes') throw notReadable('it is a CPU profile');
    else if (name === 'snapshot') throw notReadable('it is a heap snapshot');
    else if (name === 'head') this.#enterNode(this.#nodes.count === 0);
    else if (cursor.enterList() && !cursor.broken) this.#state = 'samples';
  }

  /** Goes into the node at the cursor. A second tree, and what is no object, is skipped. */
  #enterNode(isWanted = true): void {
    const cursor = this.#cursor;
    if (!isWanted) return cursor.skipValue();
    // A node is open from its brace on: nothing of it is read twice.
    if (!cursor.enterObject() || cursor.broken) return;
    this.#open = this.#nodes.add(this.#open);
    this.#state = 'node';
  }

  #readNodeMember(): void {
    const cursor = this.#cursor;
    const key = cursor.key(this.#nodeKeys);
    if (cursor.broken) return;
    if (key === END_OF_OBJECT) return this.#leaveNode();
    const name = NODE_KEYS[key]!;
    if (name === 'callFrame') this.#nodes.readFrame(this.#open, cursor);
    else if (name === 'selfSize') this.#readSelf();
    else if (name === 'id') this.#readId();
    else if (cursor.enterList() && !cursor.broken) this.#state = 'children';
  }

  #readId(): void {
    const id = this.#cursor.number();
    if (!this.#cursor.broken) this.#nodes.setId(this.#open, id);
  }

  #readSelf(): void {
    const size = this.#cursor.number();
    if (this.#cursor.broken) return;
    if (!(size >= 0)) this.#problems.add('bad-size');
    this.#nodes.setSelf(this.#open, size >= 0 ? size : 0);
  }

  #leaveNode(): void {
    this.#open = this.#nodes.parentOf(this.#open);
    this.#state = this.#open === NONE ? 'keys' : 'children';
  }

  #readChild(): void {
    const cursor = this.#cursor;
    if (cursor.element()) this.#enterNode();
    else if (!cursor.broken) this.#state = 'node';
  }

  #readSample(): void {
    const cursor = this.#cursor;
    if (!cursor.element()) {
      if (!cursor.broken) this.#state = 'keys';
      return;
    }
    let id = NONE;
    let ordinal = 0;
    if (!cursor.enterObject()) return;
    for (let key = cursor.key(this.#sampleKeys); key !== END_OF_OBJECT; key = cursor.key(this.#sampleKeys)) {
      const value = cursor.number();
      if (key === 1) id = value;
      else if (key === 2) ordinal = value;
    }
    if (cursor.broken) return;
    this.#sampleIds.push(id);
    this.#highestOrdinal = Math.max(this.#highestOrdinal, ordinal || 0);
  }
}

function notReadable(reason: string, cause?: unknown): UserError {
  return new UserError('heap-profile-not-readable', { reason }, cause);
}

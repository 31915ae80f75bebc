/** The collections of a thread, which grow while it is recorded. */
import { COLLECTION_KINDS, type CollectionColumns } from '../../../src/contracts/views/runtime.ts';

/** The collections of one kind. */
interface Pauses {
  readonly at: number[];
  /** Milliseconds. */
  readonly values: number[];
  /** Which of all collections each is. */
  readonly rows: number[];
}

interface Space {
  readonly name: string;
  readonly beforeBytes: (number | null)[];
  readonly afterBytes: (number | null)[];
}

export class Collections implements CollectionColumns {
  readonly at: number[] = [];
  readonly pauseMilliseconds: number[] = [];
  readonly kind: number[] = [];
  readonly cause: number[] = [];
  readonly causes: string[] = [];
  readonly beforeBytes: (number | null)[] = [];
  readonly afterBytes: (number | null)[] = [];
  readonly spaces: Space[] = [];
  /** Pauses by kind, in the order of COLLECTION_KINDS. */
  readonly pausesByKind: readonly Pauses[] = COLLECTION_KINDS.map(() => ({ at: [], values: [], rows: [] }));

  /** Adds the rows from `first` on. */
  append(added: CollectionColumns, first: number): void {
    const start = this.at.length;
    const causes = added.causes.map(cause => this.#causeIndex(cause));
    for (let row = first; row < added.at.length; row++) this.#appendRow(added, row, causes);
    this.#appendSpaces(added, first, start);
  }

  #appendRow(added: CollectionColumns, row: number, causes: readonly number[]): void {
    const at = added.at[row] ?? 0;
    const pause = added.pauseMilliseconds[row] ?? 0;
    const kind = added.kind[row] ?? 0;
    this.at.push(at);
    this.pauseMilliseconds.push(pause);
    this.kind.push(kind);
    this.cause.push(causes[added.cause[row] ?? 0] ?? 0);
    this.beforeBytes.push(added.beforeBytes[row] ?? null);
    this.afterBytes.push(added.afterBytes[row] ?? null);
    this.pausesByKind[kind]?.at.push(at);
    this.pausesByKind[kind]?.values.push(pause);
    this.pausesByKind[kind]?.rows.push(this.at.length - 1);
  }

  /** A space that was not in use before, or is not any more, is unknown there. */
  #appendSpaces(added: CollectionColumns, first: number, start: number): void {
    for (const { name } of added.spaces)
      if (!this.spaces.some(space => space.name === name))
        this.spaces.push({ name, beforeBytes: nulls(start), afterBytes: nulls(start) });
    for (const space of this.spaces) {
      const own = added.spaces.find(({ name }) => name === space.name);
      for (let row = first; row < added.at.length; row++) {
        space.beforeBytes.push(own?.beforeBytes[row] ?? null);
        space.afterBytes.push(own?.afterBytes[row] ?? null);
      }
    }
  }

  #causeIndex(cause: string): number {
    const known = this.causes.indexOf(cause);
    return known < 0 ? this.causes.push(cause) - 1 : known;
  }
}

const nulls = (count: number): null[] => Array.from({ length: count }, () => null);

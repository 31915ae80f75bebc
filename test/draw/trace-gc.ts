/** What `node --trace-gc` prints, with the words that the program prints between. */
import type { CollectionKind } from '../../src/contracts/views/runtime.ts';

export interface TracedCollection {
  readonly kind: CollectionKind;
  readonly pauseMilliseconds: number;
}

/** `[4711:0x3dfea000]  633 ms: Mark-Compact 38.3 (100.3) -> 33.6 (98.1) MB, pooled: 172.2 MB, 32.86 / 0.00 ms (average …` */
const LINE =
  /^\[\d+:(0x[\da-f]+)\] +\d+ ms: (.+?) [\d.]+ \([\d.]+\) -> .*? MB, (?:pooled: [\d.]+ MB, )?([\d.]+) \/ /;
const WORD = /^(\w+) (\d+)$/;

const kindOf = (name: string): CollectionKind => {
  if (name.includes('Mark-Compact')) return 'mark-sweep-compact';
  return name.includes('Scavenge') ? 'scavenge' : 'minor';
};

interface Printed {
  readonly isolate?: string;
  readonly collection?: TracedCollection;
  readonly word?: string;
  /** CLOCK_MONOTONIC. */
  readonly atMicroseconds?: number;
}

export class TracedRun {
  private readonly lines: readonly Printed[];

  constructor(output: string) {
    this.lines = output.split('\n').flatMap((line): Printed[] => {
      const [, isolate, name = '', pause] = LINE.exec(line) ?? [];
      if (isolate !== undefined)
        return [{ isolate, collection: { kind: kindOf(name), pauseMilliseconds: Number(pause) } }];
      const [, word, at] = WORD.exec(line) ?? [];
      return word === undefined ? [] : [{ word, atMicroseconds: Number(at) }];
    });
  }

  /** When the program has printed its words, in order. */
  times(word: string): number[] {
    return this.lines.flatMap(line => (line.word === word ? [line.atMicroseconds ?? 0] : []));
  }

  /** Isolates by how much they collected, the busiest first. */
  get isolates(): string[] {
    const totals = new Map<string, number>();
    for (const { isolate, collection } of this.lines)
      if (isolate !== undefined && collection)
        totals.set(isolate, (totals.get(isolate) ?? 0) + collection.pauseMilliseconds);
    return [...totals.keys()].sort((a, b) => totals.get(b)! - totals.get(a)!);
  }

  /** Collections of an isolate that were printed between two words, which are known by their times. */
  between(isolate: string, from: number, to: number): TracedCollection[] {
    const first = this.lines.findIndex(line => line.atMicroseconds === from);
    const end = this.lines.findIndex(line => line.atMicroseconds === to);
    return this.lines
      .slice(first, end)
      .flatMap(line => (line.isolate === isolate && line.collection ? [line.collection] : []));
  }
}

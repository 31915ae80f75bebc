import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { namesOfCode, redactedStrings } from '../../model/heap/redaction.ts';
import { writeFileWhole } from '../write-file.ts';

const DIGITS = 16;

export interface Redaction {
  readonly from: string;
  readonly to: string;
  /** Nobody who does not know it can try out contents. Snapshots that are to be compared have the same one. */
  readonly salt: string;
}

/**
 * Copies a snapshot of which `graph` has been read, with a hash in the place of each string that is no name of code. Throws
 * `file-not-writable`.
 */
export function redactSnapshot(graph: HeapGraph, { from, to, salt }: Redaction): Promise<void> {
  const hash = (content: Uint8Array): string =>
    `redacted ${createHash('sha256').update(salt).update(content).digest('hex').slice(0, DIGITS)}`;
  const start = graph.stringsOffset;
  return writeFileWhole(to, pieces());

  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield* createReadStream(from, { end: start - 1 }) as AsyncIterable<Uint8Array>;
    yield* redactedStrings(graph, namesOfCode(graph), hash);
    yield* createReadStream(from, { start: start + graph.strings.bytes.length }) as AsyncIterable<Uint8Array>;
  }
}

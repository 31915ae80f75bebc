/** The use case behind `leaks a.heapsnapshot b.heapsnapshot …`. */
import path from 'node:path';
import { traceOf, type SnapshotTrace } from '../../analysis/heap/trace.ts';
import { heapFindings } from '../../analysis/heap/verdicts.ts';
import type { LeaksDocument, LeakSnapshot } from '../../contracts/leaks.ts';
import { bytes } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { PARSER_FILE, SourceParser } from '../watch/parser.ts';
import { placeVerdicts } from './place-verdicts.ts';
import { readWholeSnapshot } from './read-whole-snapshot.ts';
import { SourceTexts } from './source-texts.ts';

export interface ComparisonOptions {
  /** Folder of the bundles, where the parser lies. */
  readonly dist: string;
  readonly name?: string;
  /** Operations of each epoch, one number fewer than snapshots, and what one is called. */
  readonly operations?: { readonly of: string; readonly counts: readonly number[] };
}

/** Fewer objects in common than that are of several processes: V8 and Node alone have more. */
const LEAST_OLD = 0.05;

/** `files` in the order in which they were taken. Throws a `UserError`. */
export async function compareSnapshots(
  files: readonly string[],
  options: ComparisonOptions,
): Promise<LeaksDocument> {
  if (files.length < 2) throw new UserError('heap-snapshots-few', { count: files.length });
  const comparison = new SnapshotComparison();
  for (const file of files) {
    const { graph, fileBytes } = await readWholeSnapshot(file);
    comparison.add(graph, { file, fileBytes: bytes(fileBytes), objects: graph.nodeCount });
  }
  return comparison.document(options);
}

/** Takes snapshots one by one; holds the graph of the last one only. */
export class SnapshotComparison {
  readonly #snapshots: LeakSnapshot[] = [];
  readonly #traces: SnapshotTrace[] = [];
  #last: HeapGraph | undefined;

  add(graph: HeapGraph, snapshot: LeakSnapshot): void {
    if (this.#last) this.#traces.push(traceOf(this.#last));
    this.#last = graph;
    this.#snapshots.push(snapshot);
  }

  /** Throws `heap-snapshots-few`, `heap-snapshots-unrelated`. */
  async document({ dist, name, operations }: ComparisonOptions): Promise<LeaksDocument> {
    const graph = this.#last;
    if (!graph || this.#traces.length === 0)
      throw new UserError('heap-snapshots-few', { count: this.#snapshots.length });
    const counts = operations?.counts;
    const isCounted = counts !== undefined && counts.every(count => count > 0);
    const findings = heapFindings(graph, this.#traces, isCounted ? counts : undefined);
    if (findings.oldShare < LEAST_OLD)
      throw new UserError('heap-snapshots-unrelated', { old: `${(findings.oldShare * 100).toFixed(1)} %` });
    const parser = await SourceParser.open(path.join(dist, PARSER_FILE));
    try {
      const total = {
        of: operations?.of ?? '',
        total: isCounted ? counts.reduce((sum, each) => sum + each, 0) : 0,
      };
      return {
        version: 1,
        name: name ?? this.#snapshots.map(({ file = '' }) => path.basename(file)).join(', '),
        snapshots: this.#snapshots,
        verdicts: await placeVerdicts(findings, new SourceTexts(parser), total),
        problems: [],
      };
    } finally {
      await parser.dispose();
    }
  }
}

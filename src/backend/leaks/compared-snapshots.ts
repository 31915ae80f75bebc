import fs from 'node:fs/promises';
import path from 'node:path';
import { contextCount } from '../../analysis/heap/contexts.ts';
import { traceOf, type SnapshotTrace } from '../../analysis/heap/trace.ts';
import { heapFindings } from '../../analysis/heap/verdicts.ts';
import type { CountedOperations, ReadSnapshot } from '../../contracts/heap-worker.ts';
import type { LeakVerdict } from '../../contracts/leaks.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { redactSnapshot } from '../heap/redacted-snapshot.ts';
import { PARSER_FILE, SourceParser } from '../watch/parser.ts';
import { placeVerdicts } from './place-verdicts.ts';
import { SourceTexts } from './source-texts.ts';

/** Fewer objects in common than that are of several processes: V8 and Node alone have more. */
const LEAST_OLD = 0.05;

/** Snapshots of one process, in their order. There is one graph at a time, that of the last one. */
export class ComparedSnapshots {
  /** Of all that have been left behind. */
  readonly #traces: SnapshotTrace[] = [];
  #graph: HeapGraph | undefined;
  #lastFile: string | undefined;

  constructor(readonly read: (file: string, isGrowing: boolean) => Promise<HeapGraph>) {}

  /** Throws `file-not-readable` and what the reader throws; the comparison is then what it was before. */
  async add(file: string, isGrowing: boolean): Promise<ReadSnapshot> {
    if (this.#graph) this.#traces.push(traceOf(this.#graph));
    // Before the next one is read: both would take twice the memory.
    this.#graph = undefined;
    const graph = (this.#graph = await this.read(file, isGrowing));
    this.#lastFile = file;
    const { size: fileBytes } = await fs.stat(file);
    return { objects: graph.nodeCount, contexts: contextCount(graph), fileBytes };
  }

  /** Copies the last one without the contents of its strings. Throws `file-not-writable`. */
  async redact({ to, salt }: { readonly to: string; readonly salt: string }): Promise<undefined> {
    if (this.#graph && this.#lastFile !== undefined)
      await redactSnapshot(this.#graph, { from: this.#lastFile, to, salt });
    return undefined;
  }

  /** Throws `heap-snapshots-few`, `heap-snapshots-unrelated`. */
  async verdicts({
    dist,
    operations,
  }: {
    readonly dist: string;
    readonly operations?: CountedOperations;
  }): Promise<LeakVerdict[]> {
    const graph = (this.#graph ??= await this.#again());
    if (!graph || this.#traces.length === 0)
      throw new UserError('heap-snapshots-few', { count: graph ? 1 : 0 });
    const counts = operations?.counts;
    const isCounted = counts !== undefined && counts.every(count => count > 0);
    const findings = heapFindings(graph, this.#traces, isCounted ? counts : undefined);
    if (findings.oldShare < LEAST_OLD)
      throw new UserError('heap-snapshots-unrelated', { old: `${(findings.oldShare * 100).toFixed(1)} %` });
    const total = {
      of: operations?.of ?? '',
      total: isCounted ? counts.reduce((sum, each) => sum + each, 0) : 0,
    };
    const parser = await SourceParser.open(path.join(dist, PARSER_FILE));
    try {
      return await placeVerdicts(findings, new SourceTexts(parser), total);
    } finally {
      await parser.dispose();
    }
  }

  /** The last one that could be read, where the next one could not. */
  async #again(): Promise<HeapGraph | undefined> {
    if (this.#lastFile === undefined) return undefined;
    const graph = await this.read(this.#lastFile, false);
    this.#traces.pop();
    return graph;
  }
}

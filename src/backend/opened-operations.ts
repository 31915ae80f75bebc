/** The kept operations of a recording that is open, for the editor. */
import type { AnalysedOperation, AnalysedRoute } from '../analysis/operations/analysed-operations.ts';
import type { OperationRoute } from '../contracts/document.ts';
import type { OperationKind } from '../contracts/operation-kinds.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import type { OperationNode } from '../contracts/views/recording.ts';
import { milliseconds } from '../contracts/units.ts';
import { UserError } from '../contracts/user-error.ts';
import type { OperationView } from '../contracts/views/operation.ts';
import { formatMilliseconds } from '../format/numbers.ts';
import type { Analysed, DocumentInput } from '../present/document.ts';
import { operationNodes } from '../present/operations/route-nodes.ts';
import { operationView, withOperationPlaces } from '../present/operations/operation-view.ts';
import type { PathMapper } from './path-mapper.ts';

interface Around {
  readonly entry: RecordingEntry;
  readonly mapper: PathMapper;
}

export class OpenedOperations {
  constructor(
    private readonly analysed: Pick<Analysed, 'document' | 'operations'>,
    private readonly input: Pick<DocumentInput, 'threads' | 'operations'>,
    private readonly around: Around,
  ) {}

  /** The kept ones of a route, the slowest first; none of a route that is not there. */
  nodesOf(kind: OperationKind, name: string): OperationNode[] {
    const route = this.analysed.document.operations.find(each => each.kind === kind && each.name === name);
    if (!route) return [];
    const zero = this.input.operations?.zero ?? 0;
    return operationNodes(route, this.clock?.(zero));
  }

  /** Throws `operation-gone`. */
  view(key: string): OperationView {
    const { operation, counts, kept, rank } = this.find(key);
    const thread = this.threadOf(key);
    const view = operationView(
      { ...operation, ledger: operation.ledger() },
      {
        position: { rank: rank + 1, of: kept.length },
        route: routeText(counts),
        others: this.analysed.operations
          .flatMap(route => route.kept)
          .filter(each => threadOf(each.key) === threadOf(key)),
        startedAt: this.clock?.(operation.record.startMicroseconds),
        placeOf: frame => thread?.placeOf(frame),
      },
    );
    return withOperationPlaces(view, file => this.around.mapper.find(file) ?? file);
  }

  /** The next slower (-1) or faster (1) one of its route; itself at the ends. Throws `operation-gone`. */
  neighbour(key: string, by: -1 | 1): string {
    const { kept, rank } = this.find(key);
    return kept[rank + by]?.key ?? key;
  }

  private find(key: string): FoundOperation {
    for (const [index, { kept }] of this.analysed.operations.entries()) {
      const rank = kept.findIndex(each => each.key === key);
      const operation = kept[rank];
      const counts = this.analysed.document.operations[index];
      if (operation && counts) return { operation, counts, kept, rank };
    }
    throw new UserError('operation-gone', { name: this.around.entry.name });
  }

  private threadOf(key: string) {
    return this.input.operations?.threads.find(thread => thread.key === threadOf(key));
  }

  /** From the clock of the records to Unix milliseconds; undefined in recordings of before. */
  private get clock(): ((microseconds: number) => number) | undefined {
    const thread = this.input.threads.find(each => each.thread?.atMilliseconds !== undefined)?.thread;
    if (!thread) return undefined;
    const { atMilliseconds = 0, atMicroseconds } = thread;
    return time => atMilliseconds + (time - atMicroseconds) / 1000;
  }
}

interface FoundOperation {
  readonly operation: AnalysedOperation;
  readonly counts: OperationRoute;
  readonly kept: AnalysedRoute['kept'];
  /** From 0. */
  readonly rank: number;
}

const threadOf = (key: string): string => key.slice(0, key.lastIndexOf(':'));

const routeText = ({ count, p50Milliseconds, p95Milliseconds }: OperationRoute): OperationView['route'] => ({
  count,
  p50: formatMilliseconds(milliseconds(p50Milliseconds)),
  p95: formatMilliseconds(milliseconds(p95Milliseconds)),
});

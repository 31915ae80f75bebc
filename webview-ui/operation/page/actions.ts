import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { FromOperation } from '../../../src/contracts/views/operation.ts';

/** What the page can do. */
export interface Actions {
  readonly post: (message: FromOperation) => void;
  /** Undefined: all is seen. */
  readonly zoom: (span: Span | undefined) => void;
  /** As `rowKey` names it. */
  readonly toggleRow: (row: string) => void;
  readonly toggleTable: () => void;
}

import { useMemo, useState } from 'preact/hooks';
import type { HeapGroup, HeapOrder, HeapSubject, HeapSummary } from '../../../src/contracts/heap-rows.ts';
import type { FromHeap, HeapKept, ToHeap } from '../../../src/contracts/views/heap.ts';
import type { Connection } from '../../host/connect.ts';
import { asText } from '../as-text.ts';
import type { Questions } from '../questions.ts';
import { linesOf } from '../tree.ts';
import { Detail } from './detail.tsx';
import { Grid } from './grid.tsx';
import { Changed } from './messages.tsx';
import { Summary } from './summary.tsx';
import { Toolbar, type Base } from './toolbar.tsx';
import { useDetail } from './use-detail.ts';
import { useTree } from './use-tree.ts';

interface Props {
  readonly summary: HeapSummary;
  readonly change: Extract<ToHeap, { readonly type: 'changed' }>['change'] | undefined;
  readonly questions: Questions;
  readonly connection: Connection<FromHeap, HeapKept>;
}

export function Page({ summary, change, questions, connection }: Props) {
  const [kept, keep] = useKept(connection);
  const [base, setBase] = useState<Base>();
  const top = useMemo(() => topOf(kept, base?.node ?? summary.root), [kept, base, summary]);
  const { tree, load, fold } = useTree(top, questions);
  const lines = useMemo(() => linesOf(tree), [tree]);
  const [active, setActive] = useState('');
  const [pointed, setPointed] = useState<HeapSubject>();
  const at = Math.max(
    0,
    lines.findIndex(({ path }) => path === active),
  );
  const line = lines[at];
  const row = line?.kind === 'row' ? line.row : undefined;
  const detail = useDetail(pointed ?? (row && { kind: row.kind, number: row.number }), questions);
  const post = (message: FromHeap): void => connection.post(message);
  const copy = (): void => post({ type: 'copy', text: asText(lines, summary) });
  return (
    <>
      <header>
        <Changed {...{ change, post }} />
        <Summary {...{ summary }} onPoint={setPointed} />
        <Toolbar
          {...{ kept, keep, base, copy }}
          total={tree.branches.get('')?.total}
          onAll={() => setBase(undefined)}
        />
      </header>
      <div class="panels">
        <Grid
          key={JSON.stringify(top)}
          {...{ lines, at, summary, copy, load, fold }}
          hasCounts={kept.tab === 'classes'}
          order={kept.tab === 'classes' ? kept : undefined}
          onOrder={order => keep(ordered(kept, order))}
          onActive={path => {
            setActive(path);
            setPointed(undefined);
          }}
          onOpen={place => post({ type: 'open', place })}
        />
        <Detail
          {...{ detail, summary }}
          onOpen={place => post({ type: 'open', place })}
          onPoint={setPointed}
          onRetained={base => {
            setBase(base);
            keep({ ...kept, tab: 'dominators' });
          }}
        />
      </div>
    </>
  );
}

const FIRST: HeapKept = { tab: 'classes', order: 'retainedBytes', isAscending: false, filter: '' };

/** What comes back after hiding and reloads. */
function useKept(connection: Connection<FromHeap, HeapKept>) {
  const [kept, setKept] = useState<HeapKept>({ ...FIRST, ...connection.kept });
  const keep = (next: HeapKept): void => {
    connection.keep(next);
    setKept(next);
  };
  return [kept, keep] as const;
}

function topOf({ tab, order, isAscending, filter }: HeapKept, node: number): HeapGroup {
  return tab === 'classes' ? { kind: 'classes', order, isAscending, filter } : { kind: 'dominated', node };
}

/** The largest first, names from A to Z; the other way round when it is chosen again. */
function ordered(kept: HeapKept, order: HeapOrder): HeapKept {
  const isAscending = kept.order === order ? !kept.isAscending : order === 'name';
  return { ...kept, order, isAscending };
}

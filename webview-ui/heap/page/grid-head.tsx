import type { HeapOrder } from '../../../src/contracts/heap-rows.ts';
import type { HeapKept } from '../../../src/contracts/views/heap.ts';

interface Props {
  readonly hasCounts: boolean;
  readonly order: Pick<HeapKept, 'order' | 'isAscending'> | undefined;
  readonly onOrder: (order: HeapOrder) => void;
}

export const GridHead = ({ hasCounts, order, onOrder }: Props) => (
  <div class="row head" role="row" aria-rowindex={1}>
    <Head column="name" title={hasCounts ? 'Class' : 'Object'} {...{ order, onOrder }} />
    {hasCounts && <Head column="count" title="Objects" {...{ order, onOrder }} />}
    <Head column="selfBytes" title="Self" {...{ order, onOrder }} />
    <Head column="retainedBytes" title="Retained" {...{ order, onOrder }} />
    <span class="share" role="columnheader">
      Share
    </span>
    <span class="place" role="columnheader">
      Place
    </span>
  </div>
);

type HeadProps = Omit<Props, 'hasCounts'> & { readonly column: HeapOrder; readonly title: string };

const CLASSES: Readonly<Record<HeapOrder, string>> = {
  name: 'name',
  count: 'number',
  selfBytes: 'number',
  retainedBytes: 'number retained',
};

function Head({ column, title, order, onOrder }: HeadProps) {
  const kind = CLASSES[column];
  if (!order)
    return (
      <span class={kind} role="columnheader">
        {title}
      </span>
    );
  const isSorted = order.order === column;
  return (
    <span
      class={kind}
      role="columnheader"
      aria-sort={isSorted ? (order.isAscending ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" onClick={() => onOrder(column)}>
        {title}
        <span aria-hidden="true">{isSorted ? (order.isAscending ? ' ▴' : ' ▾') : ''}</span>
      </button>
    </span>
  );
}

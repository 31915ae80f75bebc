import { COLLECTION_KINDS, type CollectionKind } from '../../../src/contracts/views/runtime.ts';
import { plainText } from '../../../src/format/untrusted.ts';
import type { Collections } from '../data/collections.ts';
import { type HeapRows, OTHER_SPACES } from '../data/heap-rows.ts';
import type { ChartColour, Panel, Series } from './panel.ts';
import { unitText } from './unit-text.ts';

interface Look {
  readonly name: string;
  readonly colour: ChartColour;
}

export const KIND_LOOKS: Readonly<Record<CollectionKind, Look>> = {
  scavenge: { name: 'Scavenge', colour: 'blue' },
  'mark-sweep-compact': { name: 'Mark-sweep-compact', colour: 'red' },
  incremental: { name: 'Incremental marking', colour: 'orange' },
  'weak callbacks': { name: 'Weak callbacks', colour: 'yellow' },
  minor: { name: 'Minor mark-sweep', colour: 'green' },
};

/** From the bottom up. */
const SPACE_LOOKS: Readonly<Record<string, Look>> = {
  [OTHER_SPACES]: { name: 'Other spaces', colour: 'foreground' },
  old_space: { name: 'Old', colour: 'purple' },
  large_object_space: { name: 'Large objects', colour: 'orange' },
  code_space: { name: 'Code', colour: 'yellow' },
  trusted_space: { name: 'Trusted', colour: 'green' },
  new_space: { name: 'New', colour: 'blue' },
};

export const heapPanel: Panel = {
  id: 'heap',
  title: 'Heap and collections',
  about:
    'Each garbage collection as a bar, as high as it paused the thread, and below it the used heap by space, stacked.',
  lanes: [
    {
      id: 'pauses',
      title: 'Pauses',
      unit: 'milliseconds',
      style: 'ticks',
      height: 90,
      series: ({ collections }) =>
        collections.pausesByKind.flatMap(({ at, values, rows }, index) => {
          const kind = COLLECTION_KINDS[index];
          const details = collectionDetails(collections, rows);
          return kind && at.length > 0 ? [{ ...KIND_LOOKS[kind], at, values, details }] : [];
        }),
    },
    {
      id: 'spaces',
      title: 'Used heap by space',
      unit: 'bytes',
      style: 'areas',
      height: 150,
      total: ({ heap, samples }) => (heap.at.length > 0 ? heap.total : samples.values.heapUsedBytes),
      series: ({ heap, samples }) =>
        heap.at.length > 0
          ? spaceSeries(heap)
          : [{ name: 'Used heap', colour: 'purple', at: samples.at, values: samples.values.heapUsedBytes }],
    },
  ],
  whenEmpty: 'The heap of this thread was not measured.',
};

function collectionDetails(all: Collections, rows: readonly number[]): NonNullable<Series['details']> {
  const ofRow = (column: readonly (number | null)[]) => (row: number) =>
    unitText('bytes', column[rows[row] ?? -1]);
  const cause = (row: number): string => plainText(all.causes[all.cause[rows[row] ?? -1] ?? -1] ?? '–');
  return [
    { name: 'Heap before', isNumber: true, text: ofRow(all.beforeBytes) },
    { name: 'Heap after', isNumber: true, text: ofRow(all.afterBytes) },
    { name: 'Cause', isNumber: false, text: cause },
  ];
}

const spaceSeries = ({ at, spaces }: HeapRows): Series[] =>
  Object.entries(SPACE_LOOKS).flatMap(([space, look]) => {
    const values = spaces.get(space);
    return values ? [{ ...look, at, values }] : [];
  });

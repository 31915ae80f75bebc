/** Views of made-up operations, for tests of what shows them. */
import type {
  OperationBar,
  OperationRow,
  OperationView,
  RowItem,
  RowKind,
} from '../../src/contracts/views/operation.ts';

export const item = (text: string, milliseconds: number, more: Partial<RowItem> = {}): RowItem => ({
  ...{ text, milliseconds, share: milliseconds / 412, count: 1, certainty: 'measured' },
  ...more,
});

/** A row from bars drawn as `from+length`, all of item 0 unless told (`from+length:item`). */
export function row(
  kind: RowKind,
  drawn: string,
  items: readonly RowItem[],
  more: Partial<OperationRow> = {},
): OperationRow {
  const bars = drawn.split(' ').map((bar): OperationBar => {
    const [from, length, index = 0] = bar.split(/[+:]/).map(Number) as [number, number, number?];
    return {
      ...{
        fromMilliseconds: from,
        milliseconds: length,
        certainty: more.certainty ?? 'measured',
        overlaps: [],
      },
      ...(items.length > 0 ? { item: index } : {}),
    };
  });
  const milliseconds = bars.reduce((sum, bar) => sum + bar.milliseconds, 0);
  return {
    kind,
    isOnThread: false,
    milliseconds,
    share: milliseconds / 412,
    certainty: 'measured',
    bars,
    items,
    ...more,
  };
}

const at = (file: string, line: number) => ({ place: { file: `/home/me/shop/src/${file}`, line } });

const SELECT = 'SELECT i.id, i.sku, i.price FROM order_items i WHERE i.order_id = $1 ORDER BY i.position';

/** With what else went on during its first bar. */
function beside(row: OperationRow, overlap: string): OperationRow {
  const [first, ...others] = row.bars;
  return { ...row, bars: [{ ...first!, overlaps: [overlap] }, ...others] };
}

/** `GET /orders` as in the sketch: the pool is too small, and each order asks for its items. */
export function ordersView(more: Partial<OperationView> = {}): OperationView {
  const queries = Array.from({ length: 51 }, (_, index) => `${253 + index * 2.4}+0.96`).join(' ');
  return {
    ...{ version: 1, key: 'p1-t0/17', kind: 'http', name: 'GET /orders', detail: '/orders?user=…' },
    ...{ status: '200', isFailure: false, startedAt: Date.UTC(2026, 10, 27, 10, 31, 22, 480) },
    ...{ durationMilliseconds: 412, thresholdMilliseconds: 100 },
    summary: 'It waited 56 % of its time for a connection of the pool, which was held by GET /report.',
    position: { rank: 3, of: 310 },
    route: { count: 3120, p50: '240 ms', p95: '412 ms' },
    rows: [
      row('cpu', '0+18 170+4 252+1 376+36 302+39', [
        item('rankProducts', 61, { ...at('products.ts', 52), count: 58 }),
        item('score', 22, { ...at('products.ts', 71), count: 21 }),
        item('parseFilter', 9.1, { ...at('filters.ts', 8), count: 9 }),
        item('other lines', 5.9, { count: 6 }),
      ]),
      beside(
        row('pool', '18+152 174+78', [
          item('3 of 3 connections out, held by GET /report', 252, {
            ...at('db.ts', 14),
            library: 'pg-pool',
            count: 2,
          }),
        ]),
        'Files · /etc/shop/config.json · 40.2 ms',
      ),
      row('query', queries, [item(SELECT, 49, { ...at('orders.ts', 22), count: 51, library: 'pg' })]),
      row('loop', '366+8', [item('behind GET /report', 8)], { certainty: 'bound' }),
      row('gc', '374+2', [item('scavenge', 2, { count: 2 })]),
      row('unknown', '360.5+3', []),
    ],
    nested: [],
    notes: [],
    ...more,
  };
}

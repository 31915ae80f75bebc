import { formatMoney } from '../pricing/money.ts';
import type { OrderLine, PlacedOrder } from './order.ts';

export interface OrderSummary {
  id: string;
  placedAt: string;
  customer: string;
  items: number;
  total: string;
}

export function summarise(
  { id, placedAt, customer }: PlacedOrder,
  lines: readonly OrderLine[],
): OrderSummary {
  const totalCents = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);
  return { id, placedAt, customer, items: lines.length, total: formatMoney(totalCents) };
}

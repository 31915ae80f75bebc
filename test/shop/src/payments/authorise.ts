import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** As long as a payment provider takes to answer. */
const ANSWER_MS = 30;

/** Stands for the payment provider, which says yes to everything. */
export async function authorise(amountCents: number): Promise<string> {
  await sleep(ANSWER_MS);
  return `${randomUUID()}-${amountCents}`;
}

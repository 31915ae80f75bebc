import { setTimeout as sleep } from 'node:timers/promises';
import { calls, login } from './mixture.ts';
import type { Call } from './mixture.ts';
import type { LoadOptions } from './options.ts';
import type { ShopClient } from './shop-client.ts';

export interface LoadResult {
  /** Milliseconds from when a request was due, so one that had to queue shows it. */
  readonly latencies: number[];
  /** How often, by message. */
  readonly failures: Map<string, number>;
  readonly seconds: number;
}

export async function run(client: ShopClient, { rate, duration }: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  const failures = new Map<string, number>();

  async function send(call: Call, due: number): Promise<void> {
    try {
      await client.send(call);
      latencies.push(performance.now() - due);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.set(message, (failures.get(message) ?? 0) + 1);
    }
  }

  await send(login(0), performance.now());
  const start = performance.now();
  const sent: Promise<void>[] = [];
  for (const call of calls(Math.round(rate * duration))) {
    const due = start + (sent.length / rate) * 1_000;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    sent.push(send(call, due));
  }
  await Promise.all(sent);
  return { latencies, failures, seconds: (performance.now() - start) / 1_000 };
}

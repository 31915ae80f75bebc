import { setTimeout as sleep } from 'node:timers/promises';
import { calls, login } from './mixture.ts';
import type { Call } from './mixture.ts';
import type { LoadOptions } from './options.ts';
import type { ShopClient } from './shop-client.ts';

export interface LoadResult {
  /** Milliseconds from when a request was due, so one that had to queue shows it. */
  readonly latencies: number[];
  /** The same by kind of request. */
  readonly byKind: Map<string, number[]>;
  /** How often, by message. */
  readonly failures: Map<string, number>;
  readonly seconds: number;
}

export async function run(
  client: ShopClient,
  { rate, duration, without, inTurn }: LoadOptions,
): Promise<LoadResult> {
  const byKind = new Map<string, number[]>();
  const failures = new Map<string, number>();

  async function send(call: Call, due: number): Promise<void> {
    try {
      await client.send(call);
      const latencies = byKind.get(call.kind) ?? [];
      byKind.set(call.kind, latencies);
      latencies.push(performance.now() - due);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.set(message, (failures.get(message) ?? 0) + 1);
    }
  }

  await send({ kind: 'login', ...login(0) }, performance.now());
  const start = performance.now();
  const sent: Promise<void>[] = [];
  for (const [index, call] of [...calls(Math.round(rate * duration), without)].entries()) {
    const due = start + (index / rate) * 1_000;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const now = Array.from({ length: call.times ?? 1 }, () => send(call, inTurn ? performance.now() : due));
    sent.push(...now);
    if (inTurn) await Promise.all(now);
  }
  await Promise.all(sent);
  return {
    latencies: [...byKind.values()].flat(),
    byKind,
    failures,
    seconds: (performance.now() - start) / 1_000,
  };
}

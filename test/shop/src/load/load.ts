/**
 * Load for the shop at a fixed arrival rate: a shop that gets slow is not asked less often.
 *
 *   node dist/load/load.js [url] [--rate 100] [--duration 10] [--without reports,export] [--in-turn] [--each]
 *
 * or SHOP_URL, RATE (requests/s), DURATION (s), WITHOUT (kinds of requests, by their names in mixture.ts).
 *
 * Waits until the shop answers, runs, prints one line; with --each one more for every kind of request. --in-turn sends
 * each when the one before has been answered: on a busy machine none waits for another. Exit status 1 if a request
 * failed, 2 for a bad argument, 3 if the shop never answered. Talks to this machine only.
 */
import { readOptions } from './options.ts';
import type { LoadOptions } from './options.ts';
import { run } from './run.ts';
import type { LoadResult } from './run.ts';
import { ShopClient } from './shop-client.ts';

const FAILURES_SHOWN = 5;

process.exitCode = await main();

async function main(): Promise<number> {
  let options: LoadOptions;
  try {
    options = readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    return report(2, error);
  }
  const client = new ShopClient(options.url);
  try {
    await client.waitUntilUp();
  } catch (error) {
    return report(3, new Error(`the shop does not answer at ${options.url.origin}`, { cause: error }));
  }
  const result = await run(client, options);
  client.close();
  console.log(summary(result));
  if (options.each)
    for (const [kind, latencies] of result.byKind) console.log(`  ${kind}: ${percentiles(latencies)}`);
  const failures = [...result.failures].sort(([, a], [, b]) => b - a);
  for (const [message, count] of failures.slice(0, FAILURES_SHOWN))
    console.error(`load: ${count} × ${message}`);
  return result.failures.size > 0 ? 1 : 0;
}

function report(status: number, error: unknown): number {
  console.error(`load: ${error instanceof Error ? error.message : String(error)}`);
  return status;
}

function summary({ latencies, failures, seconds }: LoadResult): string {
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const count = latencies.length + failed;
  return (
    `load: ${count} requests in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)}/s), ${failed} failed, ` +
    percentiles(latencies)
  );
}

function percentiles(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b);
  const percentile = (share: number): string =>
    (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0);
  return `p50 ${percentile(0.5)} ms, p95 ${percentile(0.95)} ms, p99 ${percentile(0.99)} ms`;
}

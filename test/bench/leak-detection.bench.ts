/**
 * How soon a leak is suspected, how soon there is a verdict, how often both are right, and what it costs.
 *
 *   programs    those of test/programs/leaks, of which the truth is known
 *   suspicion   a kilobyte of each request stays, at 200 requests a second amid 40 MB/s of churn
 *   verdict     the same service under `leaks`, from its start to the end
 *   big cache   a long warm-up, compressed: nothing is to be called a leak
 *   overhead    CPU of the service, plain, recorded, and recorded with tracking, interleaved
 *
 * `--quick`: on one version of Node.js, every fourth program, no overhead.
 */
import type { BenchDocument } from './document.ts';
import { measureCorpus } from './leak-detection/corpus.ts';
import { measureDetection } from './leak-detection/detection.ts';
import { measureOverhead } from './leak-detection/overhead.ts';

export { describeDocument as describe } from './document.ts';

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const parts = [
    await measureDetection(root, quick),
    ...(quick ? [] : [await measureOverhead(root)]),
    await measureCorpus(root, quick),
  ];
  return {
    ...{ version: 1, name: 'leak-detection' },
    rows: parts.flatMap(({ rows }) => rows),
    gates: parts.flatMap(({ gates }) => gates),
  };
}

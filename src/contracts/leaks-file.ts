/** `leaks.json` of a recording: the `LeaksDocument` as it was when the last snapshot had been compared. */
import * as v from 'valibot';
import type { LeaksDocument } from './leaks.ts';
import { bytes, microseconds } from './units.ts';

const Amount = v.pipe(v.number(), v.minValue(0));
const Size = v.pipe(Amount, v.transform(bytes));
const Time = v.pipe(Amount, v.transform(microseconds));
const Line = v.pipe(v.number(), v.integer(), v.minValue(1));

const Cost = v.object({ pauseMicroseconds: Time, extraBytes: Size, fileBytes: Size });
const Expected = v.object({
  ...Cost.entries,
  leastPauseMicroseconds: Time,
  mostPauseMicroseconds: Time,
  leastExtraBytes: Size,
  mostExtraBytes: Size,
});

const Snapshot = v.object({
  file: v.exactOptional(v.string()),
  fileBytes: Size,
  objects: Amount,
  cost: v.exactOptional(v.object({ expected: Expected, measured: Cost })),
});

const Frame = v.object({
  name: v.string(),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(Line),
});

const KINDS = [
  ...(['listener', 'timer', 'closure', 'cache', 'pending promise', 'buffer'] as const),
  ...(['handle', 'module', 'chain', 'global array', 'object'] as const),
] as const;

const REASONS = [
  ...(['every-epoch', 'few-epochs', 'few', 'uneven', 'slowing'] as const),
  ...(['partly-freed', 'bounded', 'replaced', 'stopped'] as const),
] as const;

const Verdict = v.object({
  verdict: v.picklist(['leak', 'suspect', 'cleared']),
  className: v.string(),
  kind: v.picklist(KINDS),
  reason: v.picklist(REASONS),
  bound: v.exactOptional(v.string()),
  countPerEpoch: v.array(Amount),
  bytesPerEpoch: v.array(Amount),
  retainedBytes: Size,
  perOperation: v.exactOptional(v.object({ of: v.string(), count: Amount, bytes: Amount })),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(Line),
  retainerPath: v.array(v.string()),
  allocatedAt: v.exactOptional(v.array(Frame)),
  advice: v.string(),
});

const Suspicion = v.object({
  name: v.string(),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(Line),
  liveBytes: v.array(Amount),
  perOperation: v.exactOptional(v.object({ of: v.string(), bytes: v.number() })),
  bytesPerSecond: v.number(),
  samples: Amount,
  allocatedAt: v.array(Frame),
  message: v.string(),
  advice: v.string(),
});

const Problem = v.object({ code: v.string(), message: v.string(), advice: v.string() });

export const LeaksFileSchema = v.object({
  version: v.literal(1),
  name: v.string(),
  snapshots: v.array(Snapshot),
  operations: v.exactOptional(v.object({ of: v.string(), counts: v.array(Amount) })),
  verdicts: v.array(Verdict),
  suspicions: v.exactOptional(v.array(Suspicion)),
  problems: v.array(Problem),
}) satisfies v.GenericSchema<unknown, LeaksDocument>;

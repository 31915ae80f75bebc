/**
 * Runs in a Node of its own: what the patch of a library's method adds to a call of it, in nanoseconds, in an operation
 * that is not slow and in none. The method itself does nothing. Prints JSON: `PatchCost[]`.
 */
import { Guest } from '../../../src/agent/guest.ts';
import { Libraries } from '../../../src/agent/libraries/libraries.ts';
import { waitingCall } from '../../../src/agent/libraries/waiting-call.ts';
import { wrapMethod, type Method } from '../../../src/agent/libraries/wrapped-method.ts';
import type { Follow } from '../../../src/agent/operations/follow.ts';
import { ThreadOperations } from '../../../src/agent/operations/thread-operations.ts';

export interface PatchCost {
  readonly name: string;
  readonly value: number;
  readonly unit: 'nanoseconds' | 'milliseconds';
}

const CALLS = 500;
const ROUNDS = 400;

interface Target {
  call: (text: string, callback: () => void) => void;
  answer: (text: string) => Promise<void>;
}

const target = (): Target => ({
  call: (_, callback) => callback(),
  answer: async () => undefined,
});

const nothing = (): void => undefined;
type Work = (target: Target) => unknown;
const WORKS: readonly (readonly [string, Work, boolean])[] = [
  ['callback', one => one.call('select 1', nothing), false],
  ['callback, bound', one => one.call('select 1', nothing), true],
  ['promise', one => one.answer('select 1'), false],
];

/** The quickest of many short rounds, in ns per call: others on the machine only make one slower. */
async function quickest(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.hrtime.bigint();
    for (let call = 0; call < CALLS; call++) await work();
    best = Math.min(best, Number(process.hrtime.bigint() - from) / CALLS);
  }
  return best;
}

/** An operation for each round's few calls would be slow itself: a new one takes over after a hundred. */
function inOperations(follow: Follow, work: () => unknown): () => unknown {
  let calls = 0;
  let operation = follow.run(undefined, () => follow.begin({ kind: 'call', name: 'one' }, true));
  return () => {
    if (++calls % 100 === 0) {
      follow.end(operation, { end: 'ended' });
      operation = follow.run(undefined, () => follow.begin({ kind: 'call', name: 'one' }, true));
    }
    return follow.run(operation, work);
  };
}

/** A second time: what Node loads for them is there already. */
function started(follow: Follow, guest: Guest): number {
  const from = performance.now();
  const libraries = Libraries.start(follow, guest);
  const taken = performance.now() - from;
  libraries.end();
  return taken;
}

async function main(): Promise<void> {
  const configuration = { thresholdMilliseconds: 60_000, armOneIn: 0 };
  const guest = new Guest();
  const operations = ThreadOperations.start({
    configuration,
    guest,
    agentFile: __filename,
    sink: () => undefined,
  });
  if (!operations) throw new Error('operations are not followed');
  const { follow } = operations;
  const told: PatchCost[] = [
    { name: 'all patches, put in', value: started(follow, guest), unit: 'milliseconds' },
  ];
  for (const [name, work, binds] of WORKS) {
    const [plain, patched] = [target(), target()];
    const detail =
      (_: unknown, [text]: readonly unknown[]) =>
      () =>
        String(text);
    for (const method of ['call', 'answer'])
      wrapMethod(patched, method, (original: Method) =>
        waitingCall(follow, { kind: 'query', library: 'pg', detail, binds })(original),
      );
    const outside = (await quickest(() => work(patched))) - (await quickest(() => work(plain)));
    const inPlain = await quickest(inOperations(follow, () => work(plain)));
    const inPatched = await quickest(inOperations(follow, () => work(patched)));
    told.push({ name: `${name}, in none`, value: outside, unit: 'nanoseconds' });
    told.push({ name: `${name}, in an operation`, value: inPatched - inPlain, unit: 'nanoseconds' });
  }
  operations.end();
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

void main();

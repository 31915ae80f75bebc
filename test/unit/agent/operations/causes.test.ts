import { AsyncResource, createHook, executionAsyncResource } from 'node:async_hooks';
import { describe, expect, test } from 'vitest';
import { Causes } from '../../../../src/agent/operations/causes.ts';
import { FollowedOperation } from '../../../../src/agent/operations/followed-operation.ts';
import { ReadyTimes } from '../../../../src/agent/operations/ready.ts';
import { SliceRing } from '../../../../src/agent/operations/slice-ring.ts';
import { now } from '../../../../src/agent/clock.ts';

const operation = (parent?: FollowedOperation): FollowedOperation =>
  new FollowedOperation(1, parent, 'call', now(), false, { kind: 'call', name: 'x' });

/** Runs `work` with the causes watched; answers the cause of each slice that it tells of. */
async function watched(work: (slice: (of: FollowedOperation) => void) => Promise<void>): Promise<string[]> {
  const ring = new SliceRing(64);
  const causes = new Causes(ring, new ReadyTimes(now));
  const hook = createHook({ before: () => causes.began(executionAsyncResource()) }).enable();
  const told: string[] = [];
  const slice = (of: FollowedOperation): void => {
    ring.open(of, now());
    causes.slice(of, now());
    told.push(causes.nameOf(ring.of(of, 1).causes[0] ?? 0));
  };
  await work(slice);
  hook.disable();
  return told;
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('a slice begins because of', () => {
  test('the native callback before it, however promises and ticks hand it on', async () => {
    const one = operation();
    const told = await watched(async slice => {
      await turn();
      await Promise.resolve();
      await new Promise<void>(resolve => process.nextTick(resolve));
      new AsyncResource('Program').runInAsyncScope(() => slice(one));
      await new Promise(resolve => setTimeout(resolve, 1));
      slice(one);
    });
    expect(told).toEqual(['Immediate', 'Timeout']);
  });

  test('another operation that ran in between', async () => {
    const told = await watched(async slice => {
      await turn();
      slice(operation());
      slice(operation());
    });
    expect(told).toEqual(['Immediate', 'operation']);
  });

  test('itself, when it has only let others go first', async () => {
    const outer = operation();
    const told = await watched(async slice => {
      await turn();
      slice(operation(outer));
      slice(outer);
    });
    expect(told).toEqual(['Immediate', 'turn']);
  });
});

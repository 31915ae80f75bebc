import { expect, test } from 'vitest';
import { microseconds } from '../../../../src/contracts/units.ts';
import { Causes } from '../../../../src/agent/operations/causes.ts';
import { createContext, type Context } from '../../../../src/agent/operations/context.ts';
import { FollowedOperation } from '../../../../src/agent/operations/followed-operation.ts';
import { HookCost } from '../../../../src/agent/operations/hook-cost.ts';
import { ReadyTimes } from '../../../../src/agent/operations/ready.ts';
import { SliceRing } from '../../../../src/agent/operations/slice-ring.ts';
import { Turns } from '../../../../src/agent/operations/turns.ts';

const operation = (): FollowedOperation =>
  new FollowedOperation(1, undefined, 'call', microseconds(0), false, { kind: 'call', name: 'x' });

/** Node's own hooks, and a clock that goes on only where something burns. */
class Thread {
  private at = 1000;
  private readonly now = (): number => this.at;
  private readonly ring = new SliceRing(256);
  readonly context: Context<FollowedOperation> = createContext(operation());
  private readonly turns = new Turns(this.context, this.ring, this.now, new HookCost(this.now));

  constructor() {
    const causes = new Causes(this.ring, new ReadyTimes(this.now));
    this.turns.listeners.native = causes.began;
    this.turns.start();
  }

  burn(length: number): void {
    this.at += length;
  }

  /** Answers the length of each of its slices. */
  async slicesOf(work: () => Promise<void>): Promise<number[]> {
    const followed = operation();
    const done = this.context.run(followed, () => {
      this.turns.look();
      return work();
    });
    this.turns.look();
    await done;
    await turn();
    this.turns.stop();
    this.context.end();
    return this.ring.of(followed, 256).times.filter((_, index) => index % 2 === 1);
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test.each([1, 3, 40])(
  'after %i continuations in a row a slice ends before what is waited for',
  async count => {
    const thread = new Thread();
    const continues = async (): Promise<void> => {
      for (let step = 0; step < count; step++) {
        await Promise.resolve();
        thread.burn(100);
      }
    };
    setImmediate(() => thread.burn(5000));
    const slices = await thread.slicesOf(async () => {
      await continues();
      await turn();
      await continues();
    });
    expect(slices).toEqual([count * 100, count * 100]);
  },
);

test("a microtask of nobody's right after many continuations is not the operation's, nor is what follows", async () => {
  const thread = new Thread();
  const slices = await thread.slicesOf(async () => {
    for (let step = 0; step < 20; step++) await Promise.resolve();
    thread.burn(100);
    thread.context.run(undefined, () => queueMicrotask(() => thread.burn(5000)));
    thread.context.run(undefined, () => process.nextTick(() => thread.burn(5000)));
    await turn();
  });
  expect(slices.reduce((sum, length) => sum + length, 0)).toBe(100);
});

test('a tick of the program that calls what it likes is left to the program', async () => {
  const thread = new Thread();
  const slices = await thread.slicesOf(async () => {
    await Promise.resolve();
    await new Promise<void>(resolve =>
      process.nextTick(() => {
        thread.burn(100);
        resolve();
      }),
    );
    thread.burn(100);
  });
  expect(slices.reduce((sum, length) => sum + length, 0)).toBe(200);
});

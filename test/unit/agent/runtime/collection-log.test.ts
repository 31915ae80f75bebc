import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CollectionLog, type ProfiledCollection } from '../../../../src/agent/runtime/collection-log.ts';
import { GC_TYPE } from '../../../../src/contracts/garbage-collection.ts';

const { scavenge, markSweepCompact } = GC_TYPE;
const HEAP = { used: 1, spaces: {} };

const observed = (start: number, kind: number = scavenge) => ({ start, pause: 2, kind, flags: 0 });
const profiled = (pause: number, kind: number = scavenge): ProfiledCollection => ({
  ...{ kind, pause, before: HEAP, after: HEAP },
});
/** `100 2 heap`: begin, pause, and whether the heap is known. */
const drawn = (rows: readonly { start: number; pause: number; heap?: unknown }[]): string[] =>
  rows.map(({ start, pause, heap }) => `${Math.round(start)} ${pause}${heap ? ' heap' : ''}`);

describe('two witnesses of one collection', () => {
  test('are one row: the time of the one, the pause and the heap of the other', () => {
    const log = new CollectionLog();
    log.observe([observed(10), observed(20, markSweepCompact)]);
    log.profile(0, 50, [profiled(1), profiled(9, markSweepCompact)]);
    expect(drawn(log.settle())).toEqual(['10 1 heap', '20 9 heap']);
    expect(log.settle()).toEqual([]);
    expect(log.estimate()).toEqual([]);
  });

  test('what nobody profiled is told without a heap, before and after what was', () => {
    const log = new CollectionLog();
    log.observe([observed(5), observed(10), observed(60)]);
    log.profile(8, 50, [profiled(1)]);
    expect(drawn(log.settle())).toEqual(['5 2', '10 1 heap', '60 2']);
  });

  test('what comes to be observed after its stretch was closed still finds its heap', () => {
    const log = new CollectionLog();
    log.profile(0, 50, [profiled(1), profiled(3)]);
    log.observe([observed(10)]);
    expect(drawn(log.settle())).toEqual(['10 1 heap']);
    log.observe([observed(40), observed(55)]);
    expect(drawn(log.settle())).toEqual(['40 3 heap', '55 2']);
  });

  test('of a blocked thread are told at estimated times, and not once more when they are observed', () => {
    const log = new CollectionLog();
    log.profile(0, 100, [profiled(10), profiled(10), profiled(20)]);
    expect(drawn(log.estimate())).toEqual(['15 10 heap', '40 10 heap', '65 20 heap']);
    log.observe([observed(1), observed(2), observed(3), observed(120)]);
    expect(drawn(log.settle())).toEqual(['120 2']);
  });

  test('estimated times come after those that are known', () => {
    const log = new CollectionLog();
    log.profile(0, 100, [profiled(2), profiled(4)]);
    log.observe([observed(80)]);
    expect(drawn(log.settle())).toEqual(['80 2 heap']);
    expect(drawn(log.estimate())).toEqual(['89 4 heap']);
  });

  test('that do not agree on the kind: what was observed counts', () => {
    const log = new CollectionLog();
    log.observe([observed(10, markSweepCompact), observed(20)]);
    log.profile(0, 50, [profiled(1), profiled(3)]);
    expect(drawn(log.settle())).toEqual(['10 2', '20 2']);
  });
});

test('however the thread is blocked and looked at, each collection is told once', () => {
  // Collections at 10, 20, 30 …; an action after each: nothing, a look from the loop, a look while it is blocked.
  fc.assert(
    fc.property(fc.array(fc.constantFrom('on', 'loop', 'blocked'), { maxLength: 60 }), actions => {
      const log = new CollectionLog();
      const pending: ReturnType<typeof observed>[] = [];
      const open: ProfiledCollection[] = [];
      let [from, told] = [0, 0];
      const close = (at: number): void => {
        log.profile(from, at, open.splice(0));
        from = at;
      };
      for (const [index, action] of actions.entries()) {
        const at = (index + 1) * 10;
        pending.push(observed(at));
        open.push(profiled(1));
        if (action === 'on') continue;
        if (action === 'loop') log.observe(pending.splice(0));
        close(at + 5);
        told += log.settle().length;
        if (action === 'blocked') told += log.estimate().length;
      }
      close(actions.length * 10 + 9);
      told += log.settle().length + log.estimate().length;
      expect(told).toBe(actions.length);
    }),
  );
});

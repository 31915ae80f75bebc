import { describe, expect, test } from 'vitest';
import { FollowedOperation, Wait } from '../../../../src/agent/operations/followed-operation.ts';
import { gathered, handOn, type Gathered } from '../../../../src/agent/operations/gathered.ts';
import { SliceRing } from '../../../../src/agent/operations/slice-ring.ts';
import { microseconds } from '../../../../src/contracts/units.ts';

let newest = 0;
const operation = (parent?: FollowedOperation): FollowedOperation =>
  new FollowedOperation(++newest, parent, 'call', microseconds(0), false, { kind: 'call', name: 'x' });

/** `from` and length of slices, and who has them. */
function ringOf(slices: readonly (readonly [FollowedOperation, number, number])[], capacity = 64): SliceRing {
  const ring = new SliceRing(capacity);
  for (const [of, from, length] of slices) {
    ring.open(of, from);
    ring.close(from + length);
  }
  return ring;
}

const wait = (of: FollowedOperation, from: number): void =>
  of.addWait(new Wait('timer', 'node', microseconds(from), undefined, () => microseconds(from)));

const drawn = ({ slices, waits }: Gathered): string =>
  `${slices.times.join(' ')}${slices.isCut ? ' (cut)' : ''} | ${waits.map(({ from }) => from).join(' ')}`;

describe('the record of an operation tells', () => {
  test('what those inside it did that have ended without one, in the order of time', () => {
    const outer = operation();
    const middle = operation(outer);
    const inner = operation(middle);
    const ring = ringOf([
      [outer, 0, 10],
      [middle, 100, 10],
      [inner, 200, 10],
      [outer, 300, 10],
      [inner, 400, 10],
    ]);
    wait(inner, 210);
    wait(outer, 10);
    inner.hasEnded = true;
    handOn(inner, middle);
    middle.hasEnded = true;
    handOn(middle, outer);
    expect(drawn(gathered(outer, [], ring))).toBe('0 10 100 10 200 10 300 10 400 10 | 10 210');
    expect(gathered(outer, [], ring).inner).toEqual([]);
  });

  test('what those inside it do that go on, and which they are: they may have one later', () => {
    const outer = operation();
    const inner = operation(outer);
    const other = operation();
    const ring = ringOf([
      [outer, 0, 10],
      [inner, 100, 10],
      [other, 200, 10],
    ]);
    const all = gathered(outer, [inner, other], ring);
    expect(drawn(all)).toBe('0 10 100 10 | ');
    expect(all.inner).toEqual([inner.id]);
  });

  test('nothing of those that have one themselves, unless the one around them has none', () => {
    const outer = operation();
    const kept = operation(outer);
    const middle = operation(outer);
    const deep = operation(middle);
    const ring = ringOf([
      [outer, 0, 10],
      [kept, 100, 10],
      [deep, 200, 10],
      [middle, 300, 10],
    ]);
    for (const each of [kept, deep, middle, outer]) each.hasEnded = true;
    for (const each of [kept, deep]) each.isKept = true;
    handOn(kept, outer);
    handOn(deep, middle);
    handOn(middle, outer);
    const all = gathered(outer, [], ring);
    expect(drawn(all)).toBe('0 10 200 10 300 10 | ');
    expect(all.inner).toEqual([deep.id]);
  });

  test('nothing before what was overwritten of any of them', () => {
    const outer = operation();
    const inner = operation(outer);
    const ring = ringOf(
      [
        [inner, 0, 10],
        [outer, 100, 10],
        [inner, 200, 10],
        [outer, 300, 10],
        [outer, 400, 10],
      ],
      4,
    );
    handOn(inner, outer);
    expect(drawn(gathered(outer, [], ring))).toBe('200 10 300 10 400 10 (cut) | ');
  });

  test('how many were too many', () => {
    const outer = operation();
    for (let time = 0; time < 5010; time++) {
      const inner = operation(outer);
      wait(inner, time);
      handOn(inner, outer);
    }
    const { waits, dropped } = gathered(outer, [], ringOf([]));
    expect([waits.length, dropped]).toEqual([2000, 10 + 3000]);
  });
});

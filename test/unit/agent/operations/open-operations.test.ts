import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FollowedOperation } from '../../../../src/agent/operations/followed-operation.ts';
import { OpenOperations } from '../../../../src/agent/operations/open-operations.ts';
import { microseconds } from '../../../../src/contracts/units.ts';

const operation = (id: number): FollowedOperation =>
  new FollowedOperation(id, undefined, 'call', microseconds(id), false, { kind: 'call', name: 'x' });

test('those that go on are told from the newest to the oldest, in whatever order they end', () => {
  // A number ends the one at that place of the list; undefined begins one.
  const steps = fc.array(fc.option(fc.nat(20), { nil: undefined, freq: 2 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, ends => {
      const open = new OpenOperations();
      const expected: FollowedOperation[] = [];
      for (const [id, end] of ends.entries()) {
        const [ended] = end === undefined ? [] : expected.splice(end % (expected.length + 1), 1);
        if (ended) open.delete(ended);
        else {
          const begun = operation(id);
          open.add(begun);
          expected.unshift(begun);
        }
        expect([...open].map(each => each.id)).toEqual(expected.map(each => each.id));
        expect(open.oldest?.id).toBe(expected.at(-1)?.id);
      }
    }),
  );
});

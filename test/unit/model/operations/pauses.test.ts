import { expect, test } from 'vitest';
import { pauses } from '../../../../src/model/operations/pauses.ts';
import { drawRecords } from '../../../draw/runtime-records.ts';

test('pauses are told in the order of time, those that overlap as one', () => {
  expect(
    pauses(drawRecords('watched 2000\n500 mark-sweep-compact 30\n100 scavenge 2\n510 incremental 40')),
  ).toEqual([
    { from: 100_000, to: 102_000 },
    { from: 500_000, to: 550_000 },
  ]);
});

test('pauses whose times are not known are left out', () => {
  const records = drawRecords('100 scavenge 2').map(record =>
    record.type === 'collections' ? { ...record, areTimesEstimated: true } : record,
  );
  expect(pauses(records)).toEqual([]);
});

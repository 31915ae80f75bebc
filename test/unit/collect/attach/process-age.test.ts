import { expect, test } from 'vitest';
import { parsePsLine } from '../../../../src/collect/attach/list-processes.ts';
import { parseElapsed, processAge } from '../../../../src/collect/attach/process-age.ts';

test.each([
  ['00:07', 7],
  ['12:30', 750],
  ['01:02:03', 3723],
  ['2-00:00:01', 172_801],
])('%s of ps is %i s', (text, seconds) => {
  expect(parseElapsed(text)).toBe(seconds * 1000);
});

test('what is no time of ps has none', () => {
  expect(['', 'ELAPSED', '7', '1:2:3:4'].map(parseElapsed)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(parsePsLine('  7  ELAPSED node app.js')).toEqual([]);
  expect(parsePsLine('  7  01:00 /usr/bin/node app.js')).toMatchObject([{ pid: 7, ageMilliseconds: 60_000 }]);
});

test.skipIf(process.platform === 'win32')('this process is as old as it says itself', async () => {
  const age = await processAge(process.pid);
  expect(Math.abs((age ?? 0) - process.uptime() * 1000)).toBeLessThan(2000);
});

test('a process that is gone has no age', async () => {
  expect(await processAge(2 ** 22 + 1)).toBeUndefined();
});

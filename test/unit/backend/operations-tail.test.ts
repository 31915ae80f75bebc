import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OperationsTail } from '../../../src/backend/operations-tail.ts';
import { OPERATIONS_FILE } from '../../../src/contracts/recording-files.ts';
import { drawOperation } from '../../draw/operations.ts';
import { writeOperations } from '../../draw/recording.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-tail-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const operation = (id: number) => ({ ...drawOperation('duration 200\nslices 0-200'), id });
const draw = async (tail: OperationsTail): Promise<string[]> =>
  (await tail.read()).map(
    ({ counts, kept }) => `${counts.name} ${counts.count}: ${kept.map(({ key }) => key).join(' ')}`,
  );

test('a recording that goes on tells its routes and what was kept so far, in all threads', async () => {
  const tail = new OperationsTail(folder);
  expect(await draw(tail)).toEqual([]);
  mkdirSync(path.join(folder, 'p1-t0'));
  expect(await draw(tail)).toEqual([]);
  writeOperations(path.join(folder, 'p1-t0'), [operation(1)], [{ count: 5 }]);
  expect(await draw(tail)).toEqual(['GET / 5: p1-t0:1']);
  mkdirSync(path.join(folder, 'p1-t2'));
  writeOperations(path.join(folder, 'p1-t2'), [operation(1)], [{ count: 2 }]);
  appendFileSync(path.join(folder, 'p1-t0', OPERATIONS_FILE), `${JSON.stringify(operation(4))}\n{"type":"op`);
  expect(await draw(tail)).toEqual(['GET / 7: p1-t0:1 p1-t0:4 p1-t2:1']);
});

test('a record that is being written is told when it is complete', async () => {
  mkdirSync(path.join(folder, 'p1-t0'));
  writeOperations(path.join(folder, 'p1-t0'), [], [{ count: 5 }]);
  const line = `${JSON.stringify(operation(3))}\n`;
  const tail = new OperationsTail(folder);
  const file = path.join(folder, 'p1-t0', OPERATIONS_FILE);
  appendFileSync(file, line.slice(0, 40));
  expect(await draw(tail)).toEqual(['GET / 5: ']);
  appendFileSync(file, line.slice(40));
  expect(await draw(tail)).toEqual(['GET / 5: p1-t0:3']);
});

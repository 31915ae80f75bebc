import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readGrowingSnapshot } from '../../../../src/backend/heap/growing-snapshot.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'slowcatch-growing-'));
const file = path.join(folder, 'growing.heapsnapshot');
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const TEXT = snapshotOf('root -> [0] cart\n cart Cart 40 -> .owner mail\n mail string:ann 20');

test('a snapshot is read while it is written, before it is there', async () => {
  fs.mkdirSync(folder, { recursive: true });
  const reading = readGrowingSnapshot(file, { mostBytes: Infinity, isWritten: () => false });
  for (let at = 0; at < TEXT.length; at += 100) {
    await new Promise(resolve => setImmediate(resolve));
    fs.appendFileSync(file, TEXT.slice(at, at + 100));
  }
  // It says itself that it is whole.
  expect((await reading).nodeCount).toBe(3);
});

test('one that is left unfinished is cut off, wherever', async () => {
  fs.mkdirSync(folder, { recursive: true });
  for (const length of [0, 1, 300, TEXT.length - 1]) {
    fs.writeFileSync(file, TEXT.slice(0, length));
    const reading = readGrowingSnapshot(file, { mostBytes: Infinity, isWritten: () => true });
    await expect(reading).rejects.toMatchObject({ code: 'heap-snapshot-not-readable' });
  }
});

test('one that never came is not there', async () => {
  const reading = readGrowingSnapshot(file, { mostBytes: Infinity, isWritten: () => true });
  await expect(reading).rejects.toMatchObject({ code: 'file-not-readable' });
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ViewFiles } from '../../../src/backend/view-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-views-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the data of views', () => {
  test('is a file of its own each time', async () => {
    const files = new ViewFiles(root);
    const [one, other] = [await files.write('1'), await files.write('2')];
    expect([one, other].map(file => readFileSync(file, 'utf8'))).toEqual(['1', '2']);
  });

  test('takes a bounded number of files: the oldest go', async () => {
    const files = new ViewFiles(root);
    const written: string[] = [];
    for (let index = 0; index < 30; index++) written.push(await files.write(String(index)));
    const kept = written.filter(file => existsSync(file));
    expect(kept).toEqual(written.slice(-kept.length));
    expect(kept.length).toBeLessThan(30);
    expect(written.filter(file => files.has(file))).toEqual(kept);
  });

  test('goes with the server', async () => {
    const files = new ViewFiles(root);
    const file = await files.write('1');
    await files.dispose();
    expect(existsSync(file)).toBe(false);
  });

  test('of a server that was killed goes with the next one, that of one that runs stays', async () => {
    const [killed, running] = ['999999999', String(process.ppid)].map(name => path.join(root, name));
    for (const folder of [killed!, running!]) mkdirSync(folder);
    await new ViewFiles(root).write('1');
    expect(existsSync(killed!)).toBe(false);
    expect(existsSync(running!)).toBe(true);
  });
});

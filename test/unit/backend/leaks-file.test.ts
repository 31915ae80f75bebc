import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLeaks, writeLeaks } from '../../../src/backend/leaks/leaks-file.ts';
import { shopLeaks } from '../../draw/leaks-view.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'leaks-file-'));
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

describe('what snapshots have told is kept with the recording', () => {
  test('and read as it was written', async () => {
    await writeLeaks(folder, shopLeaks());
    expect(await readLeaks(folder)).toEqual(shopLeaks());
  });

  test('a recording without it has none', async () => {
    expect(await readLeaks(folder)).toBeUndefined();
  });

  test.each(['{', '{"version":1}', '[]', 'null', '{"version":2,"name":"","snapshots":[],"verdicts":[]}'])(
    'a damaged file is none: %s',
    async content => {
      await fs.writeFile(path.join(folder, 'leaks.json'), content);
      expect(await readLeaks(folder)).toBeUndefined();
    },
  );
});

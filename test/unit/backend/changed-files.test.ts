import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordedTexts } from '../../../src/backend/changed-files.ts';
import { ranScript, ranThread } from '../../draw/recorded-thread.ts';
import { writeFolder } from '../../draw/marked-source.ts';

let recording = '';
beforeEach(() => (recording = writeFolder({ 'manifest.json': '' })));
afterEach(() => fs.rmSync(recording, { recursive: true }));

const FILE = '/app/a.js';
const ran = (text: string, more = {}) => ranScript(recording, FILE, text, more);

async function drawn(...threads: Parameters<typeof recordedTexts>[1]) {
  const { earlier, changed } = await recordedTexts(recording, threads);
  return { earlier: [...earlier], changed: changed.map(file => path.basename(file)) };
}

describe('a file that several processes ran', () => {
  test('has earlier texts when the last started process ran another one', async () => {
    const [old, same, newest] = [ran('old'), ran('new'), ran('new')];
    const found = await drawn(
      ranThread([newest], { atMicroseconds: 3 }),
      ranThread([old], { atMicroseconds: 1 }),
      ranThread([same], { atMicroseconds: 2 }),
    );
    expect(found).toEqual({ earlier: [old], changed: ['a.js'] });
  });

  test('has one text, whether or not it came with a byte order mark or in its wrapper', async () => {
    const wrapped = '(function (exports, require, module, __filename, __dirname) { text\n});';
    const threads = ['text', '\uFEFFtext', wrapped].map(text => ranThread([ran(text)]));
    expect(await drawn(...threads)).toEqual({ earlier: [], changed: [] });
  });

  test('is not called changed where a text is not known, or for pieces of one file', async () => {
    expect(await drawn(ranThread([ran('old')]), ranThread([ran('x', { sha256: null })]))).toMatchObject({
      changed: [],
    });
    const pieces = ranThread([ran('one'), ran('two', { startLine: 9 })]);
    expect(await drawn(pieces)).toMatchObject({ changed: [] });
  });
});

test('a file that one process has loaded again has its last text, also under another query', async () => {
  const old = ran('old', { scriptId: '9' });
  const newest = ran('new', { scriptId: '10', url: `file://${FILE}?t=2` });
  expect(await drawn(ranThread([newest, old]))).toEqual({ earlier: [old], changed: ['a.js'] });
});

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileHashes, keepFileHashes } from '../../../src/backend/file-hashes.ts';
import type { RecordedThread } from '../../../src/backend/recorded-threads.ts';
import { hashOfText } from '../../../src/backend/text-hash.ts';
import { ranScript, ranThread } from '../../draw/recorded-thread.ts';
import { writeFolder } from '../../draw/marked-source.ts';

/** Processes that started then, seen from the files of a test, which are written now. */
const LATER = { startedAtMilliseconds: Date.now() + 60_000 };
const EARLIER = { startedAtMilliseconds: Date.now() - 60_000 };

let folder = '';
beforeEach(() => (folder = writeFolder({ 'recording/manifest.json': '' })));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (file: string): string => path.join(folder, file);
const ran = (file: string, text: string, more = {}) => ranScript(at('recording'), at(file), text, more);

/** Writes a file as of so many seconds ago. */
function write(file: string, text: string, secondsAgo = 0): void {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true });
  fs.writeFileSync(at(file), text);
  const time = Date.now() / 1000 - secondsAgo;
  fs.utimesSync(at(file), time, time);
}

/** The file's text among `texts` that is known to have run. */
async function known(file: string, texts: readonly string[], ...threads: RecordedThread[]) {
  const hashes = await fileHashes(at('recording'), threads);
  const hash = hashes[at(file)];
  return hash === undefined ? 'unknown' : (texts.find(text => hashOfText(text) === hash) ?? 'another');
}

describe('what ran of a file without a source map', () => {
  test('is what the disk holds, when nobody has touched it since the process started', async () => {
    write('a.ts', 'typed');
    expect(await known('a.ts', ['typed'], ranThread([ran('a.ts', 'stripped')], LATER))).toBe('typed');
  });

  test('is what was recorded, when the file was changed while the program ran', async () => {
    write('a.js', 'edited');
    const texts = ['ran', 'edited'];
    for (const text of [
      'ran',
      '\uFEFFran',
      '(function (exports, require, module, __filename, __dirname) { ran\n});',
    ])
      expect(await known('a.js', texts, ranThread([ran('a.js', text)], EARLIER))).toBe('ran');
    // Of an agent that does not say when its process started.
    expect(await known('a.js', texts, ranThread([ran('a.js', 'ran')]))).toBe('ran');
  });

  test('is what was recorded, when the file is gone', async () => {
    expect(await known('a.js', ['ran'], ranThread([ran('a.js', 'ran')], LATER))).toBe('ran');
  });

  test('is not known when the recorded text is not as its file has it', async () => {
    write('a.ts', 'edited');
    expect(await known('a.ts', ['edited'], ranThread([ran('a.ts', 'stripped')], EARLIER))).toBe('unknown');
    write('b.js', 'edited');
    const piece = ran('b.js', 'piece', { startLine: 3 });
    expect(await known('b.js', ['edited'], ranThread([piece], EARLIER))).toBe('unknown');
    const lost = ran('b.js', 'ran', { sha256: null });
    expect(await known('b.js', ['edited'], ranThread([lost], EARLIER))).toBe('unknown');
  });

  test('is the text of the process that started last', async () => {
    write('a.js', 'new');
    const threads = [
      ranThread([ran('a.js', 'new')], { ...EARLIER, atMicroseconds: 2 }),
      ranThread([ran('a.js', 'old')], { ...EARLIER, atMicroseconds: 1 }),
    ];
    expect(await known('a.js', ['old', 'new'], ...threads)).toBe('new');
  });
});

describe('what ran of a source behind a map', () => {
  const CODE = 'built';
  const build = (secondsAgo: number, map: object = {}) => {
    const whole = { version: 3, sources: ['../src/a.ts'], names: [], mappings: 'AAAA', ...map };
    write('dist/a.js', CODE, secondsAgo);
    write('dist/a.js.map', JSON.stringify(whole), secondsAgo);
    return ran('dist/a.js', CODE, { sourceMapUrl: 'a.js.map' });
  };

  test('is what the map holds', async () => {
    const script = build(0, { sourcesContent: ['source'] });
    write('src/a.ts', 'edited');
    expect(await known('src/a.ts', ['source', 'edited'], ranThread([script], LATER))).toBe('source');
  });

  test('is what the disk holds, when it was neither touched since the build nor since the start', async () => {
    const script = build(10);
    write('src/a.ts', 'source', 20);
    expect(await known('src/a.ts', ['source'], ranThread([script], LATER))).toBe('source');
    expect(await known('src/a.ts', ['source'], ranThread([script], EARLIER))).toBe('unknown');
  });

  test('is not known when it was edited after the build', async () => {
    const script = build(20);
    write('src/a.ts', 'edited', 10);
    expect(await known('src/a.ts', ['edited'], ranThread([script], LATER))).toBe('unknown');
  });

  test('is not known when the build is another one now', async () => {
    const script = build(20, { sourceRoot: '' });
    write('src/a.ts', 'source', 30);
    write('dist/a.js', 'built anew');
    expect(await known('src/a.ts', ['source'], ranThread([script], LATER))).toBe('unknown');
  });

  test('that was transpiled in memory is what the disk holds, untouched', async () => {
    const map = { version: 3, sources: [at('src/a.ts')], names: [], mappings: 'AAAA' };
    const sourceMapUrl = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
    write('src/a.ts', 'source');
    const script = ran('src/a.ts', CODE, { sourceMapUrl });
    expect(await known('src/a.ts', ['source', CODE], ranThread([script], LATER))).toBe('source');
    expect(await known('src/a.ts', ['source', CODE], ranThread([script], EARLIER))).toBe('unknown');
  });
});

test('what was kept at the end of a recording stays, whatever the disk holds later', async () => {
  write('a.ts', 'typed');
  const thread = ranThread([ran('a.ts', 'stripped')], LATER);
  await keepFileHashes(at('recording'), [thread]);
  write('a.ts', 'edited');
  expect(await known('a.ts', ['typed', 'edited'], thread)).toBe('typed');
});

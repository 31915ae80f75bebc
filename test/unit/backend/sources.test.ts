import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepSources } from '../../../src/backend/keep-sources.ts';
import { loadScriptSources, scriptsOfFrames } from '../../../src/backend/sources.ts';
import type { ScriptSources } from '../../../src/backend/sources.ts';
import type { ScriptRecord } from '../../../src/contracts/recording.ts';
import { UserError } from '../../../src/contracts/user-error.ts';
import { writeFolder } from '../../draw/marked-source.ts';

const CODE = 'function price(n) {\n  return n;\n}\n//# sourceMappingURL=shop.js.map\n';
/** Generated line 1 is line 11 of ../src/shop.ts. */
const MAP = JSON.stringify({ version: 3, sources: ['../src/shop.ts'], names: [], mappings: 'AAUA' });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let folder = '';
let recording = '';

beforeEach(() => {
  folder = writeFolder({ 'dist/shop.js': CODE, 'dist/shop.js.map': MAP, 'recording/sources/empty': '' });
  recording = path.join(folder, 'recording');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (file: string): string => path.join(folder, file);
const write = (file: string, text: string | Buffer): void => fs.writeFileSync(at(file), text);
const keep = (name: string, content: string | Buffer): void => write(`recording/sources/${name}`, content);

const record = (more: Partial<ScriptRecord> = {}): ScriptRecord => ({
  scriptId: '7',
  url: pathToFileURL(at('dist/shop.js')).href,
  sha256: sha256(CODE),
  sourceMapUrl: 'shop.js.map',
  startLine: 0,
  startColumn: 0,
  ...more,
});

/** `text of the first script, verified, original of 1:1 | problems`. */
function drawn({ scripts, problems }: ScriptSources): string {
  const [script] = scripts;
  const place = script?.map?.position(1, 1);
  const original = place ? `${path.relative(folder, place.file)}:${place.line}` : 'no map';
  const text = script?.text === undefined ? 'no text' : script.verified ? 'verified' : 'unverified';
  const shown = problems.map(({ code, file, detail }) => `${code} ${path.relative(folder, file)}: ${detail}`);
  return [text, original, ...shown].join(' | ');
}

const load = async (more: Partial<ScriptRecord> = {}): Promise<string> =>
  drawn(await loadScriptSources(recording, [record(more)]));

describe('the text of a script', () => {
  test("is the recording's copy, whatever the disk holds now", async () => {
    keep(`${sha256(CODE)}.js.gz`, gzipSync(CODE));
    write('dist/shop.js', 'changed');
    const { scripts } = await loadScriptSources(recording, [record({ sourceMapUrl: '' })]);
    expect(scripts[0]).toMatchObject({ text: CODE, verified: true, scriptId: '7', startLine: 0 });
  });

  test('is the file if that still holds what ran', async () => {
    const { scripts, problems } = await loadScriptSources(recording, [record({ sourceMapUrl: '' })]);
    expect(scripts[0]).toMatchObject({ text: CODE, verified: true });
    expect(problems).toEqual([]);
  });

  test('is the file too if the copy is damaged', async () => {
    keep(`${sha256(CODE)}.js.gz`, gzipSync(CODE).subarray(0, 20));
    expect(await load({ sourceMapUrl: '' })).toBe('verified | no map');
  });

  test('is missing if the file has changed', async () => {
    write('dist/shop.js', 'changed');
    expect(await load({ sourceMapUrl: '' })).toBe(
      'no text | no map | source-text-missing dist/shop.js: the recording has no copy, and the file is another one now',
    );
  });

  test('is not looked for outside of the recording by a hostile hash', async () => {
    write('dist/x.js.gz', gzipSync('stolen'));
    expect(await load({ sha256: '../../dist/x', sourceMapUrl: '' })).toMatch(/^no text/);
  });

  test('is unverified if the recording does not know what ran', async () => {
    expect(await load({ sha256: null, sourceMapUrl: '' })).toBe('unverified | no map');
  });

  test('missing for packages and for Node itself is not shown as a problem', async () => {
    const urls = ['node:fs', 'evalmachine.<anonymous>', pathToFileURL(at('node_modules/a/a.js')).href, ''];
    for (const url of urls) expect(await load({ url, sha256: sha256('x') })).toBe('no text | no map');
  });
});

describe('the source map of a script', () => {
  test('is the file next to it', async () => {
    expect(await load()).toBe('verified | src/shop.ts:11');
  });

  test.each<[string, (map: string) => string]>([
    ['base64', map => `data:application/json;base64,${Buffer.from(map).toString('base64')}`],
    [
      'base64 with a charset',
      map => `data:application/json;charset=utf-8;base64,${Buffer.from(map).toString('base64')}`,
    ],
    ['percent-encoded', map => `data:application/json,${encodeURIComponent(map)}`],
    [
      'another charset',
      map =>
        `data:application/json;charset=utf-16le;base64,${Buffer.from(map, 'utf16le').toString('base64')}`,
    ],
  ])('is its data: URL: %s', async (_, dataUrl) => {
    const map = MAP.replace('shop.ts', 'größe.ts');
    expect(await load({ sourceMapUrl: dataUrl(map) })).toBe('verified | src/größe.ts:11');
  });

  test("is the recording's copy, also after another build", async () => {
    keep(`${sha256(CODE)}.map.gz`, gzipSync(MAP));
    keep(`${sha256(CODE)}.js.gz`, gzipSync(CODE));
    write('dist/shop.js', 'changed');
    fs.rmSync(at('dist/shop.js.map'));
    expect(await load()).toBe('verified | src/shop.ts:11');
  });

  test('is not that of another build', async () => {
    keep(`${sha256(CODE)}.js.gz`, gzipSync(CODE));
    write('dist/shop.js', 'changed');
    expect(await load()).toBe(
      'verified | no map | source-map-missing dist/shop.js: the file was built anew after it ran',
    );
  });

  test.each<[string, string]>([
    ['none.map', 'ENOENT'],
    ['shop.js/none.map', 'ENOTDIR'],
    ['../dist', 'it is not a regular file'],
    ['/dev/zero', 'it is not a regular file'],
    ['https://example.com/shop.js.map', 'it is not a file on this machine'],
    ['file://server/share/shop.js.map', 'it is not a file on this machine'],
    ['//server/share/shop.js.map', 'it is not a file on this machine'],
    ['\\\\server\\share\\shop.js.map', 'it is not a file on this machine'],
    ['file:////server/share/shop.js.map', 'it is not a file on this machine'],
    ['a%zz.map', 'it is not a file on this machine'],
    ['a%00.map', 'its name holds a zero byte'],
    ['%2e%2e%2fshop.js.map', 'it is not a file on this machine'],
  ])('missing as %s: %s', async (sourceMapUrl, detail) => {
    expect(await load({ sourceMapUrl })).toBe(
      `verified | no map | source-map-missing dist/shop.js: ${detail}`,
    );
  });

  test.skipIf(process.platform === 'win32')('is not waited for at a FIFO', async () => {
    execFileSync('mkfifo', [at('dist/fifo.map')]);
    expect(await load({ sourceMapUrl: 'fifo.map' })).toContain('it is not a regular file');
  });

  test.each<[string, string]>([
    ['not JSON', 'it is not JSON'],
    ['{"version":3}', 'it has no mappings'],
  ])('broken as %s says so, and quotes nothing of it', async (text, detail) => {
    write('dist/shop.js.map', text);
    expect(await load()).toBe(`verified | no map | source-map-broken dist/shop.js: ${detail}`);
  });

  test('broken in a data: URL says so', async () => {
    expect(await load({ sourceMapUrl: 'data:application/json;charset=none,{}' })).toContain(
      'source-map-broken dist/shop.js: its charset is unknown: none',
    );
    expect(await load({ sourceMapUrl: 'data:nothing' })).toContain('its data: URL has no comma');
  });

  test("broken in the recording says so, and the disk's is not taken for it", async () => {
    keep(`${sha256(CODE)}.map.gz`, gzipSync(MAP).subarray(0, 30));
    expect(await load()).toContain('source-map-broken dist/shop.js');
  });

  test('larger than 64 MB is refused', async () => {
    fs.truncateSync(at('dist/shop.js.map'), 64 * 1024 * 1024 + 1);
    expect(await load()).toBe(
      'verified | no map | source-map-too-big dist/shop.js: 65 MB, the limit is 64 MB',
    );
  });

  test('larger than 64 MB in a data: URL is refused', async () => {
    const sourceMapUrl = `data:application/json,${' '.repeat(64 * 1024 * 1024 + 1)}`;
    expect(await load({ sourceMapUrl })).toContain(
      'source-map-too-big dist/shop.js: 65 MB, the limit is 64 MB',
    );
  });

  test('larger than 64 MB when unpacked is refused', async () => {
    keep(`${sha256(CODE)}.map.gz`, gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1)));
    expect(await load()).toContain('source-map-too-big dist/shop.js: the limit is 64 MB');
  });

  test('may begin with a byte order mark', async () => {
    write('dist/shop.js.map', `\ufeff${MAP}`);
    expect(await load()).toBe('verified | src/shop.ts:11');
  });
});

test('every problem is there once, and is in the catalogue of errors', async () => {
  fs.rmSync(at('dist/shop.js.map'));
  const records = [record(), record({ scriptId: '8' })];
  const { problems, scripts } = await loadScriptSources(recording, records);
  expect(scripts).toHaveLength(2);
  expect(problems).toHaveLength(1);
  const error = new UserError(problems[0]!.code, { ...problems[0]! });
  expect(error.message).toBe(`The source map of ${at('dist/shop.js')} was not found: ENOENT.`);
});

describe('a foreign profile', () => {
  const frame = (scriptId: string, url: string) => ({ functionName: 'f', scriptId, url, line: 1, column: 1 });

  test('names its scripts in its frames', () => {
    const frames = [
      frame('0', ''),
      frame('7', 'file:///a.js'),
      frame('7', 'file:///a.js'),
      frame('7', 'file:///b.js'),
    ];
    expect(scriptsOfFrames(frames).map(({ scriptId, url }) => `${scriptId} ${url}`)).toEqual([
      '7 file:///a.js',
      '7 file:///b.js',
    ]);
  });

  const foreign = async (url: string): Promise<string> =>
    drawn(await loadScriptSources(undefined, scriptsOfFrames([frame('7', url)])));

  test('is read with the texts and maps of today', async () => {
    expect(await foreign(pathToFileURL(at('dist/shop.js')).href)).toBe('unverified | src/shop.ts:11');
    expect(await foreign(at('dist/shop.js'))).toBe('unverified | src/shop.ts:11');
  });

  test('of another machine is read without them', async () => {
    expect(await foreign('file:///none/shop.js')).toBe('no text | no map');
    expect(await foreign('C:\\shop\\dist\\shop.js')).toBe('no text | no map');
  });

  test.each<[string, string]>([
    ['//# sourceMappingURL=shop.js.map', 'src/shop.ts:11'],
    ['//@ sourceMappingURL=shop.js.map\n\n', 'src/shop.ts:11'],
    ['/*# sourceMappingURL=shop.js.map */', 'src/shop.ts:11'],
    ['/*# sourceMappingURL=shop.js.map*/', 'src/shop.ts:11'],
    ['//# sourceMappingURL=none.map\n//# sourceMappingURL=shop.js.map\r\n', 'src/shop.ts:11'],
    ['//# sourceMappingURL=shop.js.map\nconst mark = "sourceMappingURL=x";', 'src/shop.ts:11'],
    ['const mark = "sourceMappingURL=x";', 'no map'],
    ['// sourceMappingURL=shop.js.map', 'no map'],
    ['sourceMappingURL=shop.js.map', 'no map'],
    ['', 'no map'],
  ])('has the map that the comment names: %s', async (comment, expected) => {
    write('dist/shop.js', `f();\n${comment}`);
    expect(await foreign(at('dist/shop.js'))).toBe(`unverified | ${expected}`);
  });
});

describe('at the end of a recording', () => {
  const kept = (): string => at(`recording/sources/${sha256(CODE)}.map.gz`);

  test('its external maps are copied, so that it survives the next build', async () => {
    expect(await keepSources(recording, [record(), record({ scriptId: '8' })])).toEqual([]);
    expect(gunzipSync(fs.readFileSync(kept())).toString()).toBe(MAP);
    expect(fs.readdirSync(at('recording/sources')).sort()).toEqual(['empty', path.basename(kept())].sort());
    fs.rmSync(at('dist'), { recursive: true });
    expect(await load()).toContain('no text | src/shop.ts:11');
  });

  test('a copy that is there is left alone', async () => {
    fs.writeFileSync(kept(), 'first');
    expect(await keepSources(recording, [record()])).toEqual([]);
    expect(fs.readFileSync(kept(), 'utf8')).toBe('first');
  });

  test('inline maps, scripts without a map and scripts without a hash need no copy', async () => {
    const records = [
      record({ sourceMapUrl: '' }),
      record({ sourceMapUrl: 'data:,{}' }),
      record({ sha256: null }),
    ];
    expect(await keepSources(recording, records)).toEqual([]);
    expect(fs.readdirSync(at('recording/sources'))).toEqual(['empty']);
  });

  test('a file that is no source map is not copied, whatever the script says', async () => {
    write('secret', 'PRIVATE KEY');
    const problems = await keepSources(recording, [record({ sourceMapUrl: '../secret' })]);
    expect(problems.map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
      'source-map-broken: it is not JSON',
    ]);
    expect(fs.readdirSync(at('recording/sources'))).toEqual(['empty']);
  });

  test('the map of another build is not copied', async () => {
    write('dist/shop.js', 'changed');
    const problems = await keepSources(recording, [record()]);
    expect(problems.map(({ code }) => code)).toEqual(['source-map-missing']);
    expect(fs.existsSync(kept())).toBe(false);
  });

  test('a folder that cannot be written is a problem, not an error', async () => {
    fs.rmSync(at('recording/sources'), { recursive: true });
    const problems = await keepSources(recording, [record()]);
    expect(problems).toEqual([{ code: 'source-map-not-kept', file: at('dist/shop.js'), detail: 'ENOENT' }]);
  });
});

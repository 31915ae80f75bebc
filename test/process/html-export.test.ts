/** `--html`: a program is run, and its page holds what its report does. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import type { ProfileDocument } from '../../src/contracts/document.ts';
import { ELEMENTS, type HtmlFlame } from '../../src/contracts/views/html-flame.ts';
import { documentOf, PROGRAMS, ROOT, slowcatch, temporaryFolders } from './cli.ts';
import { startServer } from './server-client.ts';

const folder = temporaryFolders()();
const html = path.join(folder, 'flame.html');
let document: ProfileDocument;
let page: string;
let data: string;

function dataOf(text: string): string {
  const [, packed = ''] = new RegExp(`id="${ELEMENTS.data}">([^<]*)<`).exec(text) ?? [];
  return zlib.gunzipSync(Buffer.from(packed, 'base64')).toString();
}

beforeAll(async () => {
  const program = path.join(PROGRAMS, 'hot', 'worker.cjs');
  const output = ['--json', '--html', html, '--relative-paths', '--out', path.join(folder, 'recording')];
  document = documentOf(
    await slowcatch(['run', ...output, '--', process.execPath, program], { cwd: PROGRAMS }),
  );
  page = readFileSync(html, 'utf8');
  data = dataOf(page);
});

test('each thread that has worked is in the page, the busiest first', () => {
  const { tracks } = JSON.parse(data) as HtmlFlame;
  expect(tracks[0]!.name).toContain('worker plain.cjs');
  expect(tracks.some(({ name }) => name.startsWith('worker.cjs'))).toBe(true);
});

test('functions have the time that the report says', () => {
  const { functions, tracks } = JSON.parse(data) as HtmlFlame;
  const reported = document.hotFunctions.find(({ name }) => name === 'mixDigits')!;
  const index = functions.findIndex(([name]) => name === 'mixDigits');
  const self = tracks.flatMap(track => track.self.filter((_, node) => track.function[node] === index));
  const time = self.reduce((sum, each) => sum + each, 0);
  expect(time / reported.selfMicroseconds).toBeCloseTo(1, 3);
  expect(functions[index]![1]).toBe(`hot/plain.cjs:${reported.line}`);
});

test('nothing of the machine is in the page', () => {
  for (const text of [page, data])
    for (const private_ of [ROOT, os.homedir(), folder]) expect(text).not.toContain(private_);
});

test('the server of the editor writes the same graph', async () => {
  const server = await startServer({
    recordingsFolder: path.join(folder, 'recordings'),
    workspaceFolders: [PROGRAMS],
    isTrusted: true,
  });
  const file = path.join(folder, 'from-editor.html');
  const source = { kind: 'file', file: path.join(folder, 'recording') } as const;
  try {
    expect(
      await server.request('slowcatch/export', { source, format: 'html', file, isRelative: true }),
    ).toEqual({ files: [file] });
  } finally {
    await server.close();
  }
  expect(JSON.parse(dataOf(readFileSync(file, 'utf8')))).toEqual(JSON.parse(data));
});

/** A watch recording has what slow operations need, and nothing of the rest. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../src/contracts/document.ts';
import { documentOf, PROGRAMS, ROOT, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const SERVER = path.join(PROGRAMS, 'watch', 'serve.cjs');

async function watched(
  threshold: string,
  binary: string,
  ...words: readonly string[]
): Promise<[ProfileDocument, string]> {
  const folder = path.join(temporaryFolder(), 'recording');
  const options = ['--watch', '--threshold', threshold, '--json', '--out', folder];
  const ended = await slowcatch(['run', ...options, '--', binary, SERVER, ...words], { cwd: ROOT });
  expect(ended.code).toBe(0);
  return [documentOf(ended), folder];
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.startsWith('p'))
    .flatMap(name => readdirSync(path.join(folder, name)));

const totalOf = ({ hotFunctions }: ProfileDocument, name: string): number =>
  hotFunctions.find(each => each.name === name)?.totalMicroseconds ?? 0;

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('what slow requests burnt is there, and is theirs alone', async () => {
    const [document] = await watched('120ms', binary, '3000');
    expect(document.scope).toBe('kept');
    const slow = document.operations?.find(({ name }) => name === 'GET /slow');
    const quick = document.operations?.find(({ name }) => name === 'GET /quick');
    expect(slow?.kept.length).toBeGreaterThan(0);
    expect(quick?.count).toBeGreaterThan(50);
    expect(totalOf(document, 'burnSlow')).toBeGreaterThan(0);
    const ofRoute = (name: string): number =>
      slow!.hotFunctions.find(each => each.name === name)?.selfMicroseconds ?? 0;
    expect(ofRoute('burnQuick')).toBeLessThan(0.1 * ofRoute('burnFor'));
    expect(document.problems).toEqual([]);
  });
});

test('when all is quick, nothing of the profile stays', async () => {
  const [document, folder] = await watched('3s', process.execPath, '2500', '100000');
  const slow = (document.operations ?? []).filter(({ keptCount }) => keptCount > 0);
  expect(slow.map(({ name, kept }) => `${name} ${kept.length}`)).toEqual([]);
  expect(filesOf(folder).filter(name => /cpuprofile/.test(name))).toEqual([]);
});

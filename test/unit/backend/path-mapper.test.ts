import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { PathMapper } from '../../../src/backend/path-mapper.ts';
import { hashOfText } from '../../../src/backend/text-hash.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach(folder => rmSync(folder, { recursive: true })));

/** A folder that holds these files. */
function folderOf(...files: readonly string[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-mapper-'));
  folders.push(folder);
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), '');
  }
  return folder;
}

/** Hashes of recorded files; those of `folderOf` are empty. */
const hashesOf = (recorded: string, text = '') => ({ [recorded]: hashOfText(text) });
const hashes = {};

describe('a recorded path', () => {
  test('that is there is itself', () => {
    const folder = folderOf('src/a.ts');
    const mapper = new PathMapper({ recordedFolder: folder, workspaceFolders: [folder], hashes });
    expect(mapper.find(path.join(folder, 'src/a.ts'))).toBe(path.join(folder, 'src/a.ts'));
    expect(mapper.find(path.join(folder, 'src/b.ts'))).toBeUndefined();
  });

  test.each([
    ['a container', '/app', '/app/src/a.ts'],
    ['another user', '/home/ann/shop', '/home/ann/shop/src/a.ts'],
    ['Windows', String.raw`C:\work\shop`, String.raw`C:\work\shop\src\a.ts`],
    ['a folder above the program', '/home/ann/all/shop/bin', '/home/ann/all/shop/src/a.ts'],
  ])('of %s is found in the workspace', (_where, recordedFolder, recorded) => {
    const folder = folderOf('src/a.ts');
    const places = { recordedFolder, workspaceFolders: [folderOf(), folder] };
    const mapper = new PathMapper({ ...places, hashes: hashesOf(recorded) });
    expect(mapper.find(recorded)).toBe(path.join(folder, 'src/a.ts'));
  });

  test('is not taken for another file that only has its name', () => {
    const places = { recordedFolder: '/other', workspaceFolders: [folderOf('index.ts')] };
    const mapper = new PathMapper({ ...places, hashes: hashesOf('/app/lib/index.ts') });
    expect(mapper.find('/app/lib/index.ts')).toBeUndefined();
  });

  test.each([
    ['of its folder’s name', '/other', '/lib/src/a.ts'],
    ['at its place in another project', '/lib', '/lib/src/a.ts'],
  ])('is not taken for another file %s, nor where its text is not known', (_of, recordedFolder, recorded) => {
    const folder = folderOf('src/a.ts');
    const places = { recordedFolder, workspaceFolders: [folder] };
    const find = (hashed: Record<string, string>) =>
      new PathMapper({ ...places, hashes: hashed }).find(recorded);
    expect(find(hashesOf(recorded))).toBe(path.join(folder, 'src/a.ts'));
    expect(find(hashesOf(recorded, 'x'))).toBeUndefined();
    expect(find({})).toBeUndefined();
  });

  test('lies where the user says that its folder is now', () => {
    const folder = folderOf('lib/index.ts');
    const places = { recordedFolder: '/app', mappedFolder: path.join(folder, 'lib'), workspaceFolders: [] };
    expect(new PathMapper({ ...places, hashes }).find('/app/index.ts')).toBe(
      path.join(folder, 'lib/index.ts'),
    );
  });

  test('behind a symbolic link is shown where the editor has it open', () => {
    const real = folderOf('src/a.ts');
    const link = path.join(folderOf(), 'link');
    symlinkSync(real, link);
    const mapper = new PathMapper({ recordedFolder: real, workspaceFolders: [link], hashes });
    expect(mapper.find(path.join(real, 'src/a.ts'))).toBe(path.join(link, 'src/a.ts'));
  });

  test.each(['node:fs', '', 'webpack://shop/src/a.ts', '../a.ts'])('%s is no file', recorded => {
    const places = { recordedFolder: '/', workspaceFolders: [folderOf('src/a.ts')] };
    const mapper = new PathMapper({ ...places, hashes: hashesOf(recorded) });
    expect(mapper.find(recorded)).toBeUndefined();
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hashOfText } from '../../../src/backend/file-hashes.ts';
import { PathMapper } from '../../../src/backend/path-mapper.ts';

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

describe('a recorded path', () => {
  test('that is there is itself', () => {
    const folder = folderOf('src/a.ts');
    const mapper = new PathMapper({ recordedFolder: folder, workspaceFolders: [folder] });
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
    const mapper = new PathMapper({ recordedFolder, workspaceFolders: [folderOf(), folder] });
    expect(mapper.find(recorded)).toBe(path.join(folder, 'src/a.ts'));
  });

  test('is not taken for another file that only has its name', () => {
    const mapper = new PathMapper({ recordedFolder: '/other', workspaceFolders: [folderOf('index.ts')] });
    expect(mapper.find('/app/lib/index.ts')).toBeUndefined();
  });

  test('is not taken for another file of its folder’s name, where its text is known', () => {
    const folder = folderOf('src/a.ts');
    const places = { recordedFolder: '/other', workspaceFolders: [folder] };
    const of = (text: string) => ({ '/lib/src/a.ts': hashOfText(text) });
    expect(new PathMapper({ ...places, hashes: of('') }).find('/lib/src/a.ts')).toBe(
      path.join(folder, 'src/a.ts'),
    );
    expect(new PathMapper({ ...places, hashes: of('x') }).find('/lib/src/a.ts')).toBeUndefined();
  });

  test('lies where the user says that its folder is now', () => {
    const folder = folderOf('lib/index.ts');
    const places = { recordedFolder: '/app', mappedFolder: path.join(folder, 'lib'), workspaceFolders: [] };
    expect(new PathMapper(places).find('/app/index.ts')).toBe(path.join(folder, 'lib/index.ts'));
  });

  test('behind a symbolic link is shown where the editor has it open', () => {
    const real = folderOf('src/a.ts');
    const link = path.join(folderOf(), 'link');
    symlinkSync(real, link);
    const mapper = new PathMapper({ recordedFolder: real, workspaceFolders: [link] });
    expect(mapper.find(path.join(real, 'src/a.ts'))).toBe(path.join(link, 'src/a.ts'));
  });

  test.each(['node:fs', '', 'webpack://shop/src/a.ts', '../a.ts'])('%s is no file', recorded => {
    const mapper = new PathMapper({ recordedFolder: '/', workspaceFolders: [folderOf('src/a.ts')] });
    expect(mapper.find(recorded)).toBeUndefined();
  });
});

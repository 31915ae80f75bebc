/** Puts the host's insertions into the texts of watched files, where these are what the host has read. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { WatchedFile } from '../../contracts/watched.ts';

/** What has become of a watched file. */
export const FILE_FATES = ['not-loaded', 'edited', 'changed', 'compiled', 'type-checked'] as const;
export type FileFate = (typeof FILE_FATES)[number];

export class WatchedTexts {
  private readonly byPath = new Map<string, WatchedFile>();
  private readonly fates = new Map<WatchedFile, FileFate>();

  constructor(files: readonly WatchedFile[]) {
    for (const each of files) {
      this.fates.set(each, 'not-loaded');
      for (const name of [each.file, realPath(each.file)]) this.byPath.set(name, each);
    }
  }

  get isEmpty(): boolean {
    return this.byPath.size === 0;
  }

  has(file: string): boolean {
    return this.byPath.has(file);
  }

  /** The text as it is to run; one that was edited before comes back as it is. */
  edit(file: string, text: string): string {
    const watched = this.byPath.get(file);
    if (!watched) return text;
    const sha256 = createHash('sha256').update(text).digest('hex');
    if (sha256 === watched.editedSha256) return text;
    if (sha256 !== watched.sha256) {
      this.note(file, this.isOnDisk(watched) ? 'compiled' : 'changed');
      return text;
    }
    this.fates.set(watched, 'edited');
    return insert(text, watched.edits);
  }

  /** What cannot be edited anew is known to be edited all the same. */
  note(file: string, fate: FileFate): void {
    const watched = this.byPath.get(file);
    if (watched && fate !== 'not-loaded' && this.fates.get(watched) !== 'edited')
      this.fates.set(watched, fate);
  }

  /** Then it is the text that was not read from there. */
  private isOnDisk({ file, sha256 }: WatchedFile): boolean {
    return createHash('sha256').update(fs.readFileSync(file)).digest('hex') === sha256;
  }

  *[Symbol.iterator](): Iterator<readonly [WatchedFile, FileFate]> {
    yield* this.fates;
  }
}

function insert(text: string, edits: WatchedFile['edits']): string {
  let result = '';
  let from = 0;
  for (const [offset, inserted] of edits) {
    result += text.slice(from, offset) + inserted;
    from = offset;
  }
  return result + text.slice(from);
}

/** Node names files by their real path. */
function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

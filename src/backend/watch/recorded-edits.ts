/** What was put into the files of a recorded program: it is taken out again of all that is shown. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { WATCHED_FILE } from '../../contracts/recording-files.ts';
import { WATCH_GLOBAL } from '../../contracts/watched-call.ts';
import { WatchedFilesSchema, type WatchedFile } from '../../contracts/watched.ts';
import { edited } from '../../model/watched/edits.ts';
import { withoutInsertions, type Unedited } from '../../model/watched/insertions.ts';
import type { SourceMap } from '../../model/source/source-map.ts';
import { readJsonFile } from '../json-file.ts';
import { readRegularFile } from '../regular-file.ts';

export class RecordedEdits {
  private constructor(private readonly files: ReadonlyMap<string, WatchedFile>) {}

  /** `recording` is its folder; undefined for a foreign profile. */
  static async of(recording: string | undefined): Promise<RecordedEdits> {
    const files =
      recording === undefined
        ? undefined
        : await readJsonFile(path.join(recording, WATCHED_FILE), WatchedFilesSchema);
    return new RecordedEdits(new Map(files?.map(each => [each.file, each])));
  }

  /** Undefined where the text is as the file had it. */
  in(file: string, text: string): Unedited | undefined {
    const watched = this.files.get(file);
    return watched && withoutInsertions(text, watched.edits);
  }

  /**
   * A map that was made of texts with insertions, as if there were none. `texts` are what it holds of its sources; some
   * tools (tsx) leave them out. `script` is what was made of them.
   */
  async mapped(
    map: SourceMap,
    texts: ReadonlyMap<string, string | undefined>,
    script: string | undefined,
  ): Promise<SourceMap> {
    const unedited = new Map<string, Unedited>();
    if (!script?.includes(WATCH_GLOBAL)) return map;
    for (const file of map.files) {
      const text = texts.get(file) ?? (await this.textOnDisk(file));
      const found = text === undefined ? undefined : this.in(file, text);
      if (found) unedited.set(file, found);
    }
    if (unedited.size === 0) return map;
    return {
      files: map.files,
      lineOf: (line, from, to) => map.lineOf(line, from, to),
      nameAt: (line, column) => map.nameAt(line, column),
      position(line, column) {
        const found = map.position(line, column);
        const before = found && unedited.get(found.file);
        return before ? { ...found, column: before.column(found.line, found.column) } : found;
      },
    };
  }

  /** With insertions, if it is still what they were made for. */
  private async textOnDisk(file: string): Promise<string | undefined> {
    const watched = this.files.get(file);
    const content = watched && (await readRegularFile(file));
    if (!content?.ok) return undefined;
    const isSame = createHash('sha256').update(content.bytes).digest('hex') === watched?.sha256;
    return watched && isSame ? edited(content.bytes.toString('utf8'), watched.edits) : undefined;
  }

  get isEmpty(): boolean {
    return this.files.size === 0;
  }
}

/** The leak report for the editor: of a recording that goes on, of one that is kept, or of compared snapshots. */
import path from 'node:path';
import { FILE_HASHES_FILE } from '../../contracts/recording-files.ts';
import { FileHashesSchema } from '../../contracts/recording.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import type { ReportAsked, ViewFile } from '../../contracts/server.ts';
import { UserError } from '../../contracts/user-error.ts';
import { leaksText } from '../../present/leaks/leaks-text.ts';
import { leaksView } from '../../present/leaks/leaks-view.ts';
import type { Tracking } from '../../present/leaks/tracking.ts';
import { readJsonFile } from '../json-file.ts';
import { PathMapper } from '../path-mapper.ts';
import type { Recordings } from '../recordings.ts';
import type { ViewFiles } from '../view-files.ts';
import { workspacePath } from '../workspace-path.ts';
import type { LeakSession } from './leak-session.ts';
import { readLeaks } from './leaks-file.ts';

export interface LeakViewsOptions {
  readonly files: ViewFiles;
  readonly recordings: Recordings;
  readonly workspaceFolders: readonly string[];
  /** Of a recording that goes on and is tracked. */
  readonly sessionOf: (id: string) => LeakSession | undefined;
  /** Of heap snapshots. */
  readonly compare: (id: string, files: readonly string[]) => Promise<LeaksDocument>;
}

interface Report {
  readonly document?: LeaksDocument;
  readonly tracking?: Tracking;
}

export class LeakViews {
  private readonly compared = new Map<string, Promise<LeaksDocument>>();

  constructor(private readonly options: LeakViewsOptions) {}

  /** Throws as comparing does. */
  async compare(id: string, files: readonly string[]): Promise<null> {
    await this.comparison(id, files);
    return null;
  }

  /** A comparison is not wanted any more. */
  forget(id: string): void {
    this.compared.delete(id);
  }

  /** Throws `recording-gone`, `leaks-not-tracked`, and as comparing does. */
  async view(asked: ReportAsked): Promise<ViewFile> {
    const { id, files } = asked;
    const name = files ? namesOf(files) : (await this.options.recordings.entry(id)).name;
    const mapper = files ? this.mapperBeside(files) : await this.mapperOf(id);
    const report = await this.reportOf(asked);
    const view = leaksView({ ...report, name, find: file => mapper.find(file) ?? file });
    return { file: await this.options.files.write(JSON.stringify(view)) };
  }

  /** As `view`. */
  async text(asked: ReportAsked): Promise<{ readonly text: string }> {
    const { document } = await this.reportOf(asked);
    if (!document) throw new UserError('leaks-not-tracked');
    const { workspaceFolders } = this.options;
    return { text: leaksText(document, file => workspacePath(file, workspaceFolders)) };
  }

  /** Throws `recording-gone` when the recording is over. */
  async take(id: string, isForced: boolean): Promise<null> {
    const session = this.options.sessionOf(id);
    if (!session) throw new UserError('recording-gone', { id });
    await session.take(isForced);
    return null;
  }

  private async reportOf({ id, files }: ReportAsked): Promise<Report> {
    if (files) return { document: await this.comparison(id, files) };
    const session = this.options.sessionOf(id);
    if (session)
      return { tracking: session.tracking, ...(session.document ? { document: session.document } : {}) };
    const document = await readLeaks((await this.options.recordings.entry(id)).folder);
    if (!document) throw new UserError('leaks-not-tracked');
    return { document };
  }

  private async comparison(id: string, files: readonly string[]): Promise<LeaksDocument> {
    const document = this.compared.get(id) ?? this.options.compare(id, files);
    this.compared.set(id, document);
    try {
      return await document;
    } catch (error) {
      this.compared.delete(id);
      throw error;
    }
  }

  private mapperBeside([file = '']: readonly string[]): PathMapper {
    const { workspaceFolders } = this.options;
    return new PathMapper({ recordedFolder: path.dirname(file), workspaceFolders, hashes: {} });
  }

  private async mapperOf(id: string): Promise<PathMapper> {
    const { recordings, workspaceFolders } = this.options;
    const { folder, cwd } = await recordings.entry(id);
    const { folder: mappedFolder } = await recordings.label(id);
    const hashes = (await readJsonFile(path.join(folder, FILE_HASHES_FILE), FileHashesSchema)) ?? {};
    return new PathMapper({
      ...{ recordedFolder: cwd, workspaceFolders, hashes },
      ...(mappedFolder === undefined ? {} : { mappedFolder }),
    });
  }
}

const namesOf = (files: readonly string[]): string =>
  files.map(file => path.basename(file).replace(/\.heapsnapshot(\.gz)?$/, '')).join(', ');

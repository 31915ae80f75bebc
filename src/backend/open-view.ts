/** A recording or a profile file of the user's, opened for the editor. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PathNode, RecordingEntry, RecordingView } from '../contracts/server.ts';
import { analyseThreads, type Analysed } from '../present/document.ts';
import { callerNodes, recordingView, withPlaces } from '../present/recording-view.ts';
import type { FlameSource } from './flame-views.ts';
import { openInput, toInput, type OpenedInput } from './open-input.ts';
import { stacksOf } from './open-stacks.ts';
import { fileHashes } from './file-hashes.ts';
import { openRecording } from './open-recording.ts';
import { PathMapper } from './path-mapper.ts';
import type { RecordingParts } from './recording-parts.ts';

export interface ViewRequest {
  readonly entry: RecordingEntry;
  readonly workspaceFolders: readonly string[];
  /** Where the user says that the program's folder is now. */
  readonly mappedFolder?: string;
  /** Of an earlier opening. */
  readonly parts?: RecordingParts;
}

export class OpenedView {
  private constructor(
    readonly view: RecordingView,
    private readonly input: OpenedInput,
    private readonly analysed: Analysed,
    private readonly mapper: PathMapper,
  ) {}

  /** Throws `recording-not-readable`. */
  static async open({ entry, workspaceFolders, mappedFolder, parts }: ViewRequest): Promise<OpenedView> {
    const { manifest, recorded: ran, threads, problems } = await openRecording(entry.folder, parts);
    const input: OpenedInput = {
      ...{ name: entry.name, program: entry.name, unit: 'microseconds', problems },
      threads: threads.map(toInput),
    };
    const analysed = analyseThreads(input);
    const hashes = await fileHashes(entry.folder, ran);
    const recordedFolder = manifest.cwd;
    const mapper = new PathMapper({
      ...{ recordedFolder, workspaceFolders, hashes },
      ...(mappedFolder === undefined ? {} : { mappedFolder }),
    });
    const recorded = recordingView(analysed);
    const files = recorded.files.map(file => {
      const sha256 = hashes[file.file];
      return sha256 === undefined ? file : { ...file, sha256 };
    });
    // A folder that is here has lost its files: there is nothing to ask for.
    const isMissing =
      !existsSync(recordedFolder) &&
      files.some(({ file }) => path.isAbsolute(file)) &&
      !files.some(({ file }) => mapper.find(file) !== undefined);
    const view = {
      entry,
      ...withPlaces({ ...recorded, files }, file => mapper.find(file) ?? file),
      ...(isMissing ? { missingFolder: recordedFolder } : {}),
    };
    return new OpenedView(view, input, analysed, mapper);
  }

  /** A profile file: what ran is not known beyond it. Throws what `openInput` throws. */
  static async openFile({ entry, workspaceFolders }: ViewRequest): Promise<OpenedView> {
    const input = await openInput(entry.folder);
    const analysed = analyseThreads(input);
    const mapper = new PathMapper({ recordedFolder: '', workspaceFolders, hashes: {} });
    const view = { entry, ...withPlaces(recordingView(analysed), file => mapper.find(file) ?? file) };
    return new OpenedView(view, input, analysed, mapper);
  }

  /** What a flamegraph of it is made of. */
  flame(): FlameSource {
    return {
      profile: stacksOf(this.input, this.analysed.profile),
      metric: 'cpu',
      metrics: ['cpu'],
      find: file => this.mapper.find(file),
    };
  }

  callers(chain: readonly number[]): PathNode[] {
    return callerNodes(this.analysed, chain).map(node =>
      node.place
        ? { ...node, place: { ...node.place, file: this.mapper.find(node.place.file) ?? node.place.file } }
        : node,
    );
  }
}

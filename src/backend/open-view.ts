/** A recording or a profile file of the user's, opened for the editor. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PathNode, RecordingView } from '../contracts/views/recording.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import type { Metric, OperationSelection, TimeRange } from '../contracts/profile-source.ts';
import type { LeaksDocument } from '../contracts/leaks.ts';
import type { FileHashes } from '../contracts/recording.ts';
import type { TimeOrderedStacks } from '../model/stacks/time-ordered-stacks.ts';
import { analyseThreads, type Analysed } from '../present/document.ts';
import { callerNodes, recordingView, withPlaces } from '../present/recording-view.ts';
import { metricsOf, weighedBy } from '../present/weighed.ts';
import type { FlameSource } from './flame-views.ts';
import {
  inputOfOperations,
  inputWithin,
  openInput,
  operationsInput,
  toInput,
  type OpenedInput,
} from './open-input.ts';
import { timeOrderOf } from './open-time-order.ts';
import { stacksOf } from './open-stacks.ts';
import { OpenedOperations } from './opened-operations.ts';
import { fileHashes } from './file-hashes.ts';
import { readLeaks } from './leaks/leaks-file.ts';
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

/** What of a view is the same for all of its recording. */
export interface Surroundings {
  readonly entry: RecordingEntry;
  readonly mapper: PathMapper;
  readonly hashes: FileHashes;
  /** The folder that the recorded paths begin with; '' where none is known. */
  readonly recordedFolder: string;
  /** What snapshots of its heap have told, if any were taken. */
  readonly leaks?: LeaksDocument;
}

export class OpenedView {
  /** By the first metric that there is. */
  readonly view: RecordingView;
  private readonly analysed: Analysed;

  private constructor(
    private readonly input: OpenedInput,
    private readonly around: Surroundings,
  ) {
    this.analysed = analyseThreads(input);
    this.view = viewOf(this.analysed, around);
  }

  /** Throws `recording-not-readable`. */
  static async open({ entry, workspaceFolders, mappedFolder, parts }: ViewRequest): Promise<OpenedView> {
    const opened = await openRecording(entry.folder, parts);
    const { manifest, recorded, threads, allocations, problems, span } = opened;
    const input: OpenedInput = {
      ...{ name: entry.name, program: entry.name, unit: 'microseconds', problems },
      ...{ threads: threads.map(toInput), wholes: threads, allocations },
      ...(span ? { span } : {}),
      ...operationsInput(opened),
    };
    const hashes = await fileHashes(entry.folder, recorded);
    const recordedFolder = manifest.cwd;
    const mapper = new PathMapper({
      ...{ recordedFolder, workspaceFolders, hashes },
      ...(mappedFolder === undefined ? {} : { mappedFolder }),
    });
    const leaks = await readLeaks(entry.folder);
    return new OpenedView(input, {
      ...{ entry, mapper, hashes, recordedFolder },
      ...(leaks ? { leaks } : {}),
    });
  }

  /** A profile file: what ran is not known beyond it. Throws what `openInput` throws. */
  static async openFile({ entry, workspaceFolders }: ViewRequest): Promise<OpenedView> {
    const input = await openInput(entry.folder);
    const mapper = new PathMapper({ recordedFolder: '', workspaceFolders, hashes: {} });
    return new OpenedView(input, { entry, mapper, hashes: {}, recordedFolder: '' });
  }

  /** By another metric. Throws `metric-not-recorded`. */
  viewBy(metric: Metric): RecordingView {
    return metric === this.view.metric ? this.view : viewOf(this.analysed, this.around, metric);
  }

  /** The same of a stretch only; of all of it again by the view that it came from. Throws `range-without-times`. */
  async within(range: TimeRange): Promise<OpenedView> {
    return new OpenedView(await inputWithin(this.input, range), this.around);
  }

  /** The same of what ran in some operations only. Throws `operation-gone`. */
  ofOperations(selection: OperationSelection): OpenedView {
    return new OpenedView(inputOfOperations(this.input, selection), this.around);
  }

  /** What ran, in the order of time. */
  timeOrder(range?: TimeRange): Promise<TimeOrderedStacks> {
    return timeOrderOf(this.input, range);
  }

  /** What a flamegraph of it is made of. Throws `metric-not-recorded`. */
  flame(metric: Metric = this.view.metric): FlameSource {
    const { range } = this.view;
    const hasTimes = this.input.wholes !== undefined && metric === 'cpu';
    return {
      profile: stacksOf(this.input, () => this.analysed.profile, metric),
      metric,
      metrics: metricsOf(this.analysed),
      ...(hasTimes ? { timeOrder: () => this.timeOrder(range) } : {}),
      find: file => this.around.mapper.find(file),
    };
  }

  /** What can be asked of its kept operations. */
  get operations(): OpenedOperations {
    return new OpenedOperations(this.analysed, this.input, this.around);
  }

  callers(chain: readonly number[], metric: Metric = this.view.metric): PathNode[] {
    return callerNodes(weighedBy(this.analysed, metric), chain).map(node =>
      node.place
        ? {
            ...node,
            place: { ...node.place, file: this.around.mapper.find(node.place.file) ?? node.place.file },
          }
        : node,
    );
  }
}

function viewOf(
  analysed: Analysed,
  { entry, mapper, hashes, recordedFolder, leaks }: Surroundings,
  metric?: Metric,
): RecordingView {
  const recorded = recordingView(analysed, metric, leaks);
  const files = recorded.files.map(file => {
    const sha256 = hashes[file.file];
    return sha256 === undefined ? file : { ...file, sha256 };
  });
  // A folder that is here has lost its files: there is nothing to ask for.
  const isMissing =
    recordedFolder !== '' &&
    !existsSync(recordedFolder) &&
    files.some(({ file }) => path.isAbsolute(file)) &&
    !files.some(({ file }) => mapper.find(file) !== undefined);
  return {
    entry,
    ...withPlaces({ ...recorded, files }, file => mapper.find(file) ?? file),
    ...(isMissing ? { missingFolder: recordedFolder } : {}),
  };
}

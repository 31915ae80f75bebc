/**
 * The recording folder of one thread. Everything is on disk when a call returns; segments appear under their name
 * only when complete, so a kill never leaves a damaged one.
 */
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { CandidateRecord, OperationRecord, RoutesFile } from '../../contracts/operations.ts';
import {
  CANDIDATES_FILE,
  OPERATIONS_FILE,
  ROUTES_FILE,
  RUNTIME_FILE,
  SCRIPTS_FILE,
  SOURCES_FOLDER,
  STACKS_FILE,
  allocationFile,
  pendingFile,
  segmentFile,
  threadFolder,
} from '../../contracts/recording-files.ts';
import type { RuntimeRecord, ScriptRecord, StackRecord, ThreadRecord } from '../../contracts/recording.ts';
import type { AllocationPart } from './contract.ts';

export class ThreadStore {
  private readonly folder: string;
  private readonly sources: string;
  private segments = 0;

  constructor(recording: string, thread: ThreadRecord) {
    this.sources = path.join(recording, SOURCES_FOLDER);
    this.folder = makeFresh(path.join(recording, threadFolder(thread.pid, thread.threadId)));
    this.record(thread);
  }

  /** `profile` is V8's JSON text. */
  segment(profile: string): void {
    const name = segmentFile(++this.segments);
    writeWhole(path.join(this.folder, name), zlib.gzipSync(profile, { level: 1 }));
  }

  /** A segment of which it is not yet known what stays; answers its number. */
  pending(profile: string): number {
    const number = ++this.segments;
    writeWhole(path.join(this.folder, pendingFile(number)), zlib.gzipSync(profile, { level: 1 }));
    return number;
  }

  readPending(number: number): string {
    return zlib.gunzipSync(fs.readFileSync(path.join(this.folder, pendingFile(number)))).toString();
  }

  /** `profile` stays of it. */
  settle(number: number, profile: string | undefined): void {
    if (profile !== undefined)
      writeWhole(path.join(this.folder, segmentFile(number)), zlib.gzipSync(profile));
    fs.rmSync(path.join(this.folder, pendingFile(number)), { force: true });
  }

  /** Replaces what was written of the same turn before. */
  allocations(part: AllocationPart): void {
    const {
      metric,
      turn,
      fromMicroseconds,
      toMicroseconds: atMicroseconds,
      stallMicroseconds,
      profile,
    } = part;
    const name = allocationFile(metric, turn);
    writeWhole(path.join(this.folder, name), zlib.gzipSync(profile, { level: 1 }));
    this.record({
      type: 'allocations',
      ...{ metric, turn, fromMicroseconds, atMicroseconds, stallMicroseconds },
    });
  }

  record(record: RuntimeRecord): void {
    this.records([record]);
  }

  records(records: readonly RuntimeRecord[]): void {
    if (records.length > 0) fs.appendFileSync(path.join(this.folder, RUNTIME_FILE), linesOf(records));
  }

  script(record: ScriptRecord): void {
    fs.appendFileSync(path.join(this.folder, SCRIPTS_FILE), JSON.stringify(record) + '\n');
  }

  stacks(records: readonly StackRecord[]): void {
    if (records.length > 0) fs.appendFileSync(path.join(this.folder, STACKS_FILE), linesOf(records));
  }

  operations(records: readonly OperationRecord[]): void {
    if (records.length > 0) fs.appendFileSync(path.join(this.folder, OPERATIONS_FILE), linesOf(records));
  }

  /** Behind those that are there. */
  addCandidates(records: readonly CandidateRecord[]): void {
    fs.appendFileSync(path.join(this.folder, CANDIDATES_FILE), linesOf(records));
  }

  /** Instead of those that are there. */
  setCandidates(records: readonly CandidateRecord[]): void {
    const file = path.join(this.folder, CANDIDATES_FILE);
    if (records.length > 0) writeWhole(file, linesOf(records));
    else fs.rmSync(file, { force: true });
  }

  routes(file: RoutesFile): void {
    writeWhole(path.join(this.folder, ROUTES_FILE), JSON.stringify(file));
  }

  /** Keeps a script's text under its content's hash; one that is there already is the same. */
  source(sha256: string, text: string | Buffer): void {
    const file = path.join(this.sources, `${sha256}.js.gz`);
    if (!fs.existsSync(file)) writeWhole(file, zlib.gzipSync(text, { level: 1 }));
  }
}

const linesOf = (records: readonly object[]): string =>
  records.map(record => JSON.stringify(record) + '\n').join('');

/** A process id may come twice in a long recording: the second one's folder gets a number. */
function makeFresh(folder: string): string {
  for (let attempt = 1; ; attempt++) {
    const name = attempt === 1 ? folder : `${folder}-${attempt}`;
    try {
      fs.mkdirSync(name);
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 1000) throw error;
    }
  }
}

function writeWhole(file: string, content: Buffer | string): void {
  const temporary = `${file}.${process.pid}.part`;
  try {
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

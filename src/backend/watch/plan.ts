/** From the settings of a workspace to what the agent puts into the files that a program reads. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { asUserError } from '../../contracts/recorded-problem.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { WatchedFile, WatchedFunction, WatchRequest, WatchSetting } from '../../contracts/watched.ts';
import { edited, isAsync, isGenerator, watchEdits, type WatchedNode } from '../../model/watched/edits.ts';
import { compiledFunction, findFunction } from '../../model/watched/find-function.ts';
import type { NamedFunction } from '../../model/watched/named-functions.ts';
import { refusalOf } from '../../model/watched/refusal.ts';
import { placeAt } from '../../model/watched/source-text.ts';
import { compiledFrom, type CompiledFile } from './compiled-files.ts';
import type { SourceParser } from './parser.ts';
import { readSource, type ReadSource } from './read-source.ts';

export interface WatchPlan {
  readonly files: readonly WatchedFile[];
  /** What cannot be watched, and why. */
  readonly problems: readonly UserError[];
}

/**
 * A function is watched in its own file and in each of the folder that a source map says was made from it: a program
 * reads one of them.
 */
export async function planWatch(requests: readonly WatchRequest[], parser: SourceParser): Promise<WatchPlan> {
  const planner = new Planner(parser);
  for (const { functions, folder } of requests) {
    const byFile = new Map<string, WatchSetting[]>();
    for (const setting of functions) {
      const file = path.resolve(folder, setting.file);
      byFile.set(file, [...(byFile.get(file) ?? []), setting]);
    }
    const compiled = await compiledFrom(folder, new Set(byFile.keys()));
    for (const [file, those] of byFile)
      await planner.quietly(() => planner.add(file, those, compiled.get(file) ?? []));
  }
  return { files: planner.files, problems: planner.problems };
}

interface Watched {
  readonly wanted: NamedFunction;
  readonly setting: WatchSetting;
  /** What the file was made from. */
  readonly source?: string;
}

/** What is watched in one file that the program may read. */
interface FileEdits {
  readonly source: ReadSource;
  readonly nodes: WatchedNode[];
  readonly functions: WatchedFunction[];
}

class Planner {
  readonly problems: UserError[] = [];
  private readonly edits = new Map<string, FileEdits>();
  private readonly ids = new Set<number>();

  constructor(private readonly parser: SourceParser) {}

  get files(): WatchedFile[] {
    return [...this.edits.values()].filter(({ nodes }) => nodes.length > 0).map(watchedFile);
  }

  /** A file that cannot be read or parsed leaves the others as they are. */
  async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problems.push(asUserError(error));
    }
  }

  async add(
    file: string,
    settings: readonly WatchSetting[],
    compiled: readonly CompiledFile[],
  ): Promise<void> {
    const { source } = await this.open(file);
    const found = settings.flatMap(setting => {
      const wanted = findFunction(source, setting);
      if (!wanted) this.refuse('watch-function-gone', setting, file);
      return wanted ? [{ wanted, setting }] : [];
    });
    await this.watch(file, found);
    for (const each of compiled) await this.quietly(() => this.addCompiled(each, source, found));
  }

  private async addCompiled(
    { file, map }: CompiledFile,
    source: ReadSource,
    found: readonly Watched[],
  ): Promise<void> {
    const compiled = await this.open(file);
    const there = found.flatMap(({ wanted, setting }) => {
      const made = compiledFunction(compiled.source, map, source, wanted);
      if (!made) this.refuse('watch-function-not-compiled', setting, file);
      return made ? [{ wanted: made, setting, source: source.file }] : [];
    });
    await this.watch(file, there);
  }

  /** A bundle is made of many sources. */
  private async open(file: string): Promise<FileEdits> {
    const known = this.edits.get(file);
    if (known) return known;
    const opened = { source: await readSource(this.parser, file), nodes: [], functions: [] };
    this.edits.set(file, opened);
    return opened;
  }

  private async watch(file: string, found: readonly Watched[]): Promise<void> {
    const { source, nodes, functions } = await this.open(file);
    for (const { wanted, setting, source: from } of found) {
      if (nodes.some(({ node }) => node === wanted.node)) continue;
      const reason = refusalOf(wanted.node, source.text);
      if (reason !== undefined) {
        this.refuse('watch-refused', setting, file, reason);
        continue;
      }
      const id = this.idOf(file, setting.function);
      const { thresholdMilliseconds } = setting;
      nodes.push({ node: wanted.node, id, constructs: wanted.constructs });
      functions.push({
        ...{ id, name: setting.function, thresholdMilliseconds },
        ...placeAt(source.lineStarts, wanted.start),
        ...(isGenerator(wanted.node) ? { isGenerator: true } : {}),
        ...(isAsync(wanted.node) ? { isAsync: true } : {}),
        ...(from === undefined ? {} : { source: from }),
      });
    }
  }

  /** The same in every recording: a program that goes on between two of them still calls by it. */
  private idOf(file: string, name: string): number {
    let id = Number.parseInt(hash(`${file}\n${name}`).slice(0, 7), 16);
    while (this.ids.has(id)) id++;
    this.ids.add(id);
    return id;
  }

  private refuse(
    code: 'watch-function-gone' | 'watch-function-not-compiled' | 'watch-refused',
    setting: WatchSetting,
    file: string,
    reason = '',
  ): void {
    this.problems.push(new UserError(code, { function: setting.function, file, reason }));
  }
}

function watchedFile({ source, nodes, functions }: FileEdits): WatchedFile {
  const { file, text } = source;
  const edits = watchEdits(text, nodes);
  return { file, sha256: hash(text), editedSha256: hash(edited(text, edits)), edits, functions };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

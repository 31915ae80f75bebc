/** The sources of a lint run: read once, parsed when somebody asks. */
import fs from 'node:fs/promises';
import { Project } from '../../analysis/source/module-index.ts';
import { SourceProgram } from '../../analysis/source/program.ts';
import { isGenerated } from '../../analysis/source/skipped.ts';
import type { Problems } from '../problems.ts';
import type { SourceParser } from '../watch/parser.ts';
import { candidatesOf } from './candidates.ts';
import type { FoundFiles } from './find-files.ts';
import { ModuleResolver } from './resolve-module.ts';

/** What is larger is not written by hand. */
const LARGEST_BYTES = 500 * 1024;
/** Files that are read at the same time. */
const READERS = 16;

export class Workspace {
  readonly project: Project;
  private readonly programs = new Map<string, SourceProgram | undefined>();

  private constructor(
    private readonly texts: Map<string, string>,
    readonly candidates: ReadonlySet<string>,
    resolver: ModuleResolver,
    private readonly parser: SourceParser,
    private readonly problems: Problems,
  ) {
    this.project = new Project({
      load: file => this.program(file),
      resolve: (from, specifier) => resolver.resolve(from, specifier),
      candidates: () => [...candidates].flatMap(file => this.program(file) ?? []),
    });
  }

  static async open(found: FoundFiles, parser: SourceParser, problems: Problems): Promise<Workspace> {
    const texts = await readAll(found, problems);
    const resolver = await ModuleResolver.open(file => texts.has(file), found.configurations);
    const candidates = candidatesOf(texts, (from, specifier) => resolver.resolve(from, specifier));
    return new Workspace(texts, candidates, resolver, parser, problems);
  }

  get size(): number {
    return this.texts.size;
  }

  /** Undefined: not of the project, or it cannot be parsed, which is then a problem. */
  program(file: string): SourceProgram | undefined {
    if (!this.programs.has(file)) this.programs.set(file, this.parse(file));
    return this.programs.get(file);
  }

  private parse(file: string): SourceProgram | undefined {
    const text = this.texts.get(file);
    if (text === undefined) return undefined;
    try {
      const parsed = this.parser.parse(file, text);
      if (parsed.ok) return new SourceProgram(file, text, parsed.program);
      this.problems.add('lint-not-parsed', { file, reason: parsed.detail });
    } catch (error) {
      // The parser, or a tree that is too deep for what walks it.
      this.problems.add('lint-not-parsed', { file, reason: String(error) });
    }
    return undefined;
  }
}

async function readAll({ sources, named }: FoundFiles, problems: Problems): Promise<Map<string, string>> {
  const texts = new Map<string, string | undefined>(sources.map(file => [file, undefined]));
  const waiting = sources.values();
  const reader = async (): Promise<void> => {
    for (const file of waiting) texts.set(file, await readOne(file, named.has(file), problems));
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return new Map([...texts].flatMap(([file, text]) => (text === undefined ? [] : [[file, text] as const])));
}

async function readOne(file: string, isNamed: boolean, problems: Problems): Promise<string | undefined> {
  try {
    const { size } = await fs.stat(file);
    if (size > LARGEST_BYTES) {
      problems.add('lint-too-big', { file, kilobytes: Math.round(size / 1024) });
      return undefined;
    }
    const text = await fs.readFile(file, 'utf8');
    return !isNamed && isGenerated(text) ? undefined : text;
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    problems.add('file-not-readable', { file, reason: code });
    return undefined;
  }
}

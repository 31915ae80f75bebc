/** The use case behind every export: a profile is written in a format of the field. */
import os from 'node:os';
import type { ProfileDocument } from '../contracts/document.ts';
import type { ExportFormatId } from '../contracts/export-formats.ts';
import { busyStacks } from '../model/stacks/busy-stacks.ts';
import { RelativePaths, relativeStacks } from '../model/stacks/relative-paths.ts';
import type { StackProfile } from '../model/stacks/stack-profile.ts';
import { writeFolded } from '../model/write/folded.ts';
import { writeSpeedscope } from '../model/write/speedscope.ts';
import { relativeDocument } from '../present/relative-document.ts';
import type { AnalysedInput } from './analyze.ts';
import { renderMarkdown } from './render.ts';
import { EXPORTER } from './version.ts';
import { writeFileWhole, type Chunks } from './write-file.ts';

export interface Export {
  readonly format: ExportFormatId;
  readonly file: string;
  /** Absolute paths: files are written relative to these folders, and nothing else of the machine is written. */
  readonly relativeTo?: readonly string[];
}

/** Answers the files that were written: a format that holds one thread has several. Throws `file-not-writable`. */
export async function exportProfile(profile: AnalysedInput, wanted: Export): Promise<readonly string[]> {
  const written = await WRITERS[wanted.format](content(profile, wanted));
  const files: string[] = [];
  for (const { file = wanted.file, chunks, isPacked } of written) {
    await writeFileWhole(file, chunks, isPacked);
    files.push(file);
  }
  return files;
}

/** What writers take. */
interface Content {
  readonly file: string;
  /** Without times of waiting. */
  readonly busy: () => StackProfile;
  readonly stacks: () => StackProfile;
  readonly document: () => ProfileDocument;
  /** What the places of the document are shown relative to. */
  readonly folder: string;
}

interface WrittenFile {
  /** The one that was asked for, unless told. */
  readonly file?: string;
  readonly chunks: Chunks;
  /** By gzip. */
  readonly isPacked?: boolean;
}

type Writer = (content: Content) => readonly WrittenFile[] | Promise<readonly WrittenFile[]>;

const WRITERS: Readonly<Record<ExportFormatId, Writer>> = {
  speedscope: ({ busy }) => [{ chunks: writeSpeedscope(busy(), EXPORTER) }],
  folded: ({ busy }) => [{ chunks: writeFolded(busy()) }],
  markdown: async ({ document, folder }) => [{ chunks: [await renderMarkdown(document(), folder)] }],
};

function content(profile: AnalysedInput, { file, relativeTo }: Export): Content {
  const { stacks, program } = profile;
  // A command line may hold secrets.
  const document = { ...profile.document, name: program };
  const paths = relativeTo && new RelativePaths(relativeTo, [os.homedir()]);
  const placed = (): StackProfile => (paths ? relativeStacks(stacks(), paths) : stacks());
  return {
    file,
    stacks: placed,
    busy: () => busyStacks(placed()),
    document: () => (paths ? relativeDocument(document, paths) : document),
    folder: paths ? '' : process.cwd(),
  };
}

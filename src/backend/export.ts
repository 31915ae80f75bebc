/** The use case behind every export: a profile is written in a format of the field. */
import os from 'node:os';
import path from 'node:path';
import type { ProfileDocument } from '../contracts/document.ts';
import type { ExportFormatId } from '../contracts/export-formats.ts';
import type { Metric } from '../contracts/profile-source.ts';
import { UserError } from '../contracts/user-error.ts';
import { busyStacks } from '../model/stacks/busy-stacks.ts';
import { RelativePaths, relativeStacks } from '../model/stacks/relative-paths.ts';
import type { StackProfile, StackTrack } from '../model/stacks/stack-profile.ts';
import { writeCpuProfile } from '../model/write/cpu-profile.ts';
import { writeFolded } from '../model/write/folded.ts';
import { writePprof } from '../model/write/pprof.ts';
import { writeSpeedscope } from '../model/write/speedscope.ts';
import type { HtmlFacts } from '../present/flame-html/facts.ts';
import { relativeDocument } from '../present/relative-document.ts';
import type { AnalysedInput } from './analyze.ts';
import { renderFlameHtml } from './flame-html.ts';
import { renderMarkdown } from './render.ts';
import { EXPORTER } from './version.ts';
import { writeFileWhole, type Chunks } from './write-file.ts';

export interface Export {
  readonly format: ExportFormatId;
  readonly file: string;
  /** Absolute paths: files are written relative to these folders, and nothing else of the machine is written. */
  readonly relativeTo?: readonly string[];
  /** Of the CPU unless told, or of the first metric that there is. A report has all. */
  readonly metric?: Metric;
  /** The folder of our bundles: an HTML file holds two of them. */
  readonly dist: string;
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
  readonly dist: string;
  /** Bytes are those that are still held. */
  readonly isHeld: boolean;
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
  html: async ({ stacks, document, dist }) => [
    { chunks: [await renderFlameHtml(stacks(), htmlFacts(document()), dist)] },
  ],
  speedscope: ({ busy }) => [{ chunks: writeSpeedscope(busy(), EXPORTER) }],
  pprof: ({ busy, isHeld }) => {
    const stacks = busy();
    const bytes = isHeld ? 'inuse_space' : 'alloc_space';
    return [{ chunks: writePprof(stacks, stacks.unit === 'bytes' ? bytes : 'cpu'), isPacked: true }];
  },
  cpuprofile: ({ stacks, file }) => cpuProfiles(stacks(), file),
  folded: ({ busy }) => [{ chunks: writeFolded(busy()) }],
  markdown: async ({ document, folder }) => [{ chunks: [await renderMarkdown(document(), folder)] }],
};

const htmlFacts = ({ startedAt, intervalMicroseconds }: ProfileDocument): HtmlFacts => ({
  producer: EXPORTER,
  ...(startedAt === undefined ? {} : { startedAt }),
  ...(intervalMicroseconds > 0 ? { intervalMicroseconds } : {}),
});

/** A thread per file; threads without any sample are left out. The busiest has the name that was asked for. */
function cpuProfiles(stacks: StackProfile, file: string): WrittenFile[] {
  const { unit, functions, tracks } = stacks;
  const busy = busyStacks(stacks).tracks;
  if (unit === 'bytes') throw new UserError('export-without-times', { format: '.cpuprofile' });
  const weightOf = ({ self }: StackTrack): number => self.reduce((sum, value) => sum + value, 0);
  const [first, ...others] = tracks
    .map((track, index) => ({ track, weight: weightOf(track), busy: weightOf(busy[index]!) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.busy - a.busy || b.weight - a.weight);
  if (!first) throw new UserError('export-without-samples');
  const { dir, name } = path.parse(file);
  return [first, ...others].map(({ track }, index) => ({
    chunks: writeCpuProfile(functions, track),
    ...(index === 0
      ? {}
      : { file: path.join(dir, `${name}-${index + 1}-${fileName(track.name)}.cpuprofile`) }),
  }));
}

/** `worker rank.js · pid 4711 thread 1` as part of a file's name. */
const fileName = (text: string): string =>
  text
    .replaceAll(/[^\w.]+/g, '-')
    .replaceAll(/^[-.]+|-$/g, '')
    .slice(0, 60);

function content(profile: AnalysedInput, { file, relativeTo, dist, metric }: Export): Content {
  const { stacks, program } = profile;
  // A command line may hold secrets.
  const document = { ...profile.document, name: program };
  const paths = relativeTo && new RelativePaths(relativeTo, [os.homedir()]);
  const placed = (): StackProfile => {
    const plain = withoutAgentPath(stacks(metric));
    return paths ? relativeStacks(plain, paths) : plain;
  };
  return {
    file,
    dist,
    isHeld: metric === 'live' || (metric === undefined && !document.allocations?.allocated),
    stacks: placed,
    busy: () => busyStacks(placed()),
    document: () => (paths ? relativeDocument(document, paths) : document),
    folder: paths ? '' : process.cwd(),
  };
}

/** Where Slowcatch is installed is nobody's concern; see `FrameOwners`. */
function withoutAgentPath(profile: StackProfile): StackProfile {
  const functions = profile.functions.map(each =>
    each.kind === 'slowcatch' && each.file !== ''
      ? { ...each, file: `slowcatch:${path.basename(each.file)}` }
      : each,
  );
  return { ...profile, functions };
}

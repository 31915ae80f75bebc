/** The programs of the benchmark `inlining`: what each of them shows stands in its first lines. */
import path from 'node:path';
import { build } from 'esbuild';

export interface InliningProgram {
  readonly name: string;
  /** Arguments for node, the file last. */
  readonly arguments: readonly string[];
  /** Folder that holds all of the program's own sources, or the one file. */
  readonly sources: string;
}

const FILES = [
  'same-file.cjs',
  'coincident.cjs',
  'candidates.cjs',
  'deep.cjs',
  'node-internals.cjs',
  'streams.cjs',
  'array-callbacks.cjs',
  'classes.cjs',
  'closures.cjs',
  'iterators.mjs',
  'async-functions.mjs',
  'modules.mjs',
  'recursion.cjs',
  'mixed.cjs',
  'typescript.ts',
];

/** One of each kind that matters most: the hard case, several candidates, Node's functions, a bundle. */
export const QUICK = ['coincident', 'candidates', 'node-internals', 'bundle'];

const FOLDER = 'test/bench/programs/inlining';

/** `folder` takes what is built: the bundle with its map. */
export async function inliningPrograms(root: string, folder: string): Promise<InliningProgram[]> {
  const sources = path.join(root, FOLDER);
  const outfile = path.join(folder, 'bundle.cjs');
  await build({
    entryPoints: [path.join(sources, 'bundle', 'main.ts')],
    ...{ outfile, bundle: true, platform: 'node', format: 'cjs', sourcemap: 'linked', logLevel: 'warning' },
  });
  const programs = FILES.map(file => ({
    name: path.parse(file).name,
    arguments: [...(file.endsWith('.ts') ? ['--import', 'tsx'] : []), path.join(sources, file)],
    sources,
  }));
  return [...programs, { name: 'bundle', arguments: [outfile], sources }];
}

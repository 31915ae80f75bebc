import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { compiledFileOf } from './compiled-file.ts';
import { isFile, isFolder } from './disk.ts';
import { executableName, nodeVersionOf } from './executable.ts';
import { tsconfigOutputOf } from './tsconfig-output.ts';

/** What will run a program. */
export interface Runtime {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface ProgramSearch {
  readonly owner: string;
  /** The workspace folder. */
  readonly folder: string;
  /** Globs of built files, absolute or relative to the workspace folder. */
  readonly outFiles: readonly string[];
  /** Tasks are yet to run that may build the program: it is taken as it is where nothing is found. */
  readonly tasksPending: boolean;
  readonly note: (sentence: string) => void;
}

/**
 * The file to start for `program` (absolute). Like js-debug, whatever the runtime: a source that a source map
 * among `outFiles` names is replaced by its built file. Beyond js-debug: TypeScript that this Node.js cannot run
 * is looked up by tsconfig.json. Throws `launch-program-missing` and `launch-program-typescript`.
 */
export async function resolveProgram(
  program: string,
  runtime: Runtime,
  search: ProgramSearch,
): Promise<string> {
  const compiled = ['', '.js'].includes(path.extname(program))
    ? undefined
    : await compiledFileOf(program, search.outFiles, search.folder);
  if (compiled !== undefined) return noted(program, compiled, search);
  if (!isNode(runtime.file)) return program;
  if (search.tasksPending && !(await exists(program, false))) return program;
  const loads = hasLoader(runtime);
  if (!(await exists(program, loads))) {
    throw new UserError('launch-program-missing', { owner: search.owner, program });
  }
  return loads || !/\.[cm]?tsx?$/.test(program) ? program : typeScriptProgram(program, runtime, search);
}

export const isNode = (executable: string): boolean =>
  /^(?:node|nodejs|electron)(?:64)?$/.test(executableName(executable));

async function typeScriptProgram(program: string, runtime: Runtime, search: ProgramSearch): Promise<string> {
  const version = await nodeVersionOf(runtime.file);
  const strippable = !program.endsWith('x');
  if (strippable && version !== undefined && stripsTypes(version)) return program;
  const output = await tsconfigOutputOf(program, search.folder);
  if (output !== undefined) return noted(program, output, search);
  if (strippable && version === undefined) {
    search.note(`Whether ${runtime.file} can run TypeScript is not known; ${program} is started as it is.`);
    return program;
  }
  if (search.tasksPending) return program;
  const node = version === undefined ? runtime.file : `Node.js ${version.join('.')}`;
  throw new UserError('launch-program-typescript', { owner: search.owner, program, node });
}

function noted(program: string, output: string, { owner, folder, note }: ProgramSearch): string {
  const [from, to] = [program, output].map(file => path.relative(folder, file));
  note(`The program ${from} of the ${owner} is started as its built file ${to}.`);
  return output;
}

/** Without a flag since 22.18 and 23.6: https://nodejs.org/api/typescript.html#type-stripping */
const stripsTypes = ([major, minor]: readonly [number, number]): boolean =>
  major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);

/** Whether options load something first that may teach Node.js other file types. */
function hasLoader({ args, environment }: Runtime): boolean {
  const options = [...args, ...(environment['NODE_OPTIONS'] ?? '').split(/\s+/)];
  const loader =
    /^(?:-r|--require|--import|--loader|--experimental-(?:loader|strip-types|transform-types))(?:=|$)/;
  return options.some(option => loader.test(option));
}

const NODE_EXTENSIONS = ['', '.js', '.json', '.node'];
const LOADER_EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.jsx'];

async function exists(program: string, loads: boolean): Promise<boolean> {
  for (const extension of [...NODE_EXTENSIONS, ...(loads ? LOADER_EXTENSIONS : [])]) {
    if (await isFile(program + extension)) return true;
  }
  return isFolder(program);
}

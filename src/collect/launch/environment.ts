import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { readText } from './disk.ts';
import { parseDotenv } from './dotenv.ts';

/** null unsets a variable. */
export type Variables = Readonly<Record<string, string | null | undefined>>;

/** Belong to a running editor; VS Code and js-debug keep them from the programs that they start. */
const EDITOR_ONLY = /^(?:VSCODE|ELECTRON)_/i;

/** What a program inherits from `environment`: all but the editor's own variables. */
export function inheritedEnvironment(environment: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !EDITOR_ONLY.test(entry[0]),
    ),
  );
}

/** Later wins; null unsets. On Windows names are equal whatever their case, and the first spelling stays. */
export function mergeVariables(
  base: Readonly<Record<string, string>>,
  changes: Variables,
  platform: NodeJS.Platform,
): Record<string, string> {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(changes)) {
    const key = spelling([...merged.keys()], name, platform);
    if (value === undefined) continue;
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** The value of an environment variable; on Windows whatever its case. */
export function lookUp(environment: Variables, name: string, platform: NodeJS.Platform): string | undefined {
  return environment[spelling(Object.keys(environment), name, platform)] ?? undefined;
}

/**
 * The environment of a configuration: inherited, then its `envFile`s in order, then its `env`.
 * NODE_OPTIONS is not replaced but joined, the configuration's after the inherited, since Node takes the last
 * of two equal options; unless the configuration's holds the inherited already (`${env:NODE_OPTIONS} …`).
 * `env: { NODE_OPTIONS: null }` unsets it altogether.
 * Throws `launch-env-file-missing`.
 */
export async function launchEnvironment(
  inherited: Readonly<Record<string, string>>,
  files: readonly string[],
  variables: Variables,
  { owner, platform }: { readonly owner: string; readonly platform: NodeJS.Platform },
): Promise<Record<string, string>> {
  let merged = inherited;
  for (const file of files) merged = mergeVariables(merged, await readEnvFile(file, owner), platform);
  merged = mergeVariables(merged, variables, platform);
  const before = lookUp(inherited, 'NODE_OPTIONS', platform);
  const after = lookUp(merged, 'NODE_OPTIONS', platform);
  if (before === undefined || after === undefined || after.includes(before)) return { ...merged };
  return mergeVariables(merged, { NODE_OPTIONS: `${before} ${after}`.trim() }, platform);
}

/** Puts a folder before all others on PATH. */
export function withPathFolder(
  environment: Readonly<Record<string, string>>,
  folder: string,
  platform: NodeJS.Platform,
): Record<string, string> {
  const delimiter = platform === 'win32' ? path.win32.delimiter : path.posix.delimiter;
  const before = lookUp(environment, 'PATH', platform);
  return mergeVariables(environment, { PATH: before ? `${folder}${delimiter}${before}` : folder }, platform);
}

async function readEnvFile(file: string, owner: string): Promise<Record<string, string>> {
  const text = await readText(file);
  if (text === undefined) throw new UserError('launch-env-file-missing', { owner, file });
  return parseDotenv(text);
}

function spelling(names: readonly string[], name: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return name;
  return names.find(one => one.toLowerCase() === name.toLowerCase()) ?? name;
}

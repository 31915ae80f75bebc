import path from 'node:path';
import { isFile } from './disk.ts';
import { isObject } from './json-fields.ts';
import { readJsonc } from './jsonc-file.ts';

interface OutputOptions {
  readonly outDir?: string;
  readonly rootDir?: string;
}

/**
 * The file that `tsc` makes of a TypeScript source according to the nearest tsconfig.json up to `folder`
 * (`outDir`, `rootDir`, relative `extends`). Undefined when it was not built, or there is no tsconfig.json.
 */
export async function tsconfigOutputOf(source: string, folder: string): Promise<string | undefined> {
  const config = await nearestConfig(path.dirname(source), folder);
  if (config === undefined) return undefined;
  const { outDir, rootDir } = await outputOptions(config, []);
  const roots =
    rootDir === undefined ? foldersBetween(path.dirname(config), path.dirname(source)) : [rootDir];
  for (const root of outDir === undefined ? [path.dirname(source)] : roots) {
    const output = path.join(outDir ?? root, compiledName(path.relative(root, source)));
    if (await isFile(output)) return output;
  }
  return undefined;
}

const compiledName = (source: string): string => source.replace(/\.([cm]?)tsx?$/, '.$1js');

async function nearestConfig(from: string, last: string): Promise<string | undefined> {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const config = path.join(folder, 'tsconfig.json');
    if (await isFile(config)) return config;
    if (folder === last || folder === path.dirname(folder)) return undefined;
  }
}

/** Without `rootDir` tsc takes the folder that is common to all sources: one of those around this one. */
function foldersBetween(outer: string, inner: string): string[] {
  const steps = path.relative(outer, inner).split(path.sep).filter(Boolean);
  return [outer, ...steps.map((_, index) => path.join(outer, ...steps.slice(0, index + 1)))];
}

async function outputOptions(config: string, seen: readonly string[]): Promise<OutputOptions> {
  if (seen.includes(config)) return {};
  const content = (await readJsonc(config, { tolerant: true })) ?? {};
  const options: OutputOptions = {};
  for (const base of [content['extends']].flat()) {
    if (typeof base !== 'string' || !/^\.{0,2}[/\\]/.test(base)) continue;
    const file = path.resolve(path.dirname(config), base.endsWith('.json') ? base : `${base}.json`);
    Object.assign(options, await outputOptions(file, [...seen, config]));
  }
  const own = isObject(content['compilerOptions']) ? content['compilerOptions'] : {};
  const folders = ['outDir', 'rootDir'].flatMap(key => {
    const value = own[key];
    return typeof value === 'string' ? [[key, path.resolve(path.dirname(config), value)]] : [];
  });
  return { ...options, ...Object.fromEntries(folders) };
}

/**
 * Which file of the project a specifier means: relative ones, and `paths` and `baseUrl` of the tsconfig.json above the
 * file. A configuration that extends a missing package counts with what stands in it. Packages are not looked for.
 */
import path from 'node:path';
import { readJsonc } from '../../collect/launch/jsonc-file.ts';
import { slashes } from './find-files.ts';

interface PathSettings {
  readonly folder: string;
  readonly baseUrl?: string;
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const INDEXES = ENDINGS.slice(1).map(ending => `/index${ending}`);

export class ModuleResolver {
  private readonly found = new Map<string, string | undefined>();

  private constructor(
    private readonly exists: (file: string) => boolean,
    private readonly settings: readonly PathSettings[],
  ) {}

  /** `exists` knows the files of the project. */
  static async open(
    exists: (file: string) => boolean,
    configurations: readonly string[],
  ): Promise<ModuleResolver> {
    const settings: PathSettings[] = [];
    for (const file of configurations) {
      const found = await readSettings(file, 0);
      if (found) settings.push({ ...found, folder: path.posix.dirname(file) });
    }
    // The innermost first.
    return new ModuleResolver(
      exists,
      settings.sort((a, b) => b.folder.length - a.folder.length),
    );
  }

  resolve(from: string, specifier: string): string | undefined {
    const key = `${path.posix.dirname(from)}\n${specifier}`;
    if (!this.found.has(key)) this.found.set(key, this.look(from, specifier));
    return this.found.get(key);
  }

  private look(from: string, specifier: string): string | undefined {
    if (specifier.startsWith('.')) return this.file(path.posix.join(path.posix.dirname(from), specifier));
    for (const { folder, baseUrl, paths } of this.settings) {
      if (!from.startsWith(`${folder}/`)) continue;
      for (const { pattern, targets } of paths) {
        const rest = matched(pattern, specifier);
        if (rest === undefined) continue;
        for (const target of targets) {
          const file = this.file(target.replace('*', () => rest));
          if (file !== undefined) return file;
        }
      }
      const file = baseUrl === undefined ? undefined : this.file(path.posix.join(baseUrl, specifier));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  private file(base: string): string | undefined {
    // TypeScript imports `./a.js` and means `./a.ts`.
    const typed = /\.[cm]?jsx?$/.test(base)
      ? [base.replace(/js(x?)$/, 'ts$1'), base.replace(/js$/, 'tsx')]
      : [];
    const candidates = [
      ...ENDINGS.map(ending => base + ending),
      ...typed,
      ...INDEXES.map(index => base + index),
    ];
    return candidates.find(this.exists);
  }
}

/** What `*` stands for; '' where there is none. */
function matched(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === specifier ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits =
    specifier.startsWith(before) && specifier.endsWith(after) && specifier.length >= pattern.length - 1;
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

const MOST_EXTENDED = 5;

/** Undefined: it says nothing of paths, or cannot be read. */
async function readSettings(file: string, depth: number): Promise<Omit<PathSettings, 'folder'> | undefined> {
  const content = await readJsonc(file, { tolerant: true }).catch(() => undefined);
  const options = content?.['compilerOptions'] as { baseUrl?: unknown; paths?: unknown } | undefined;
  const folder = path.posix.dirname(file);
  const baseUrl =
    typeof options?.baseUrl === 'string' ? slashes(path.resolve(folder, options.baseUrl)) : undefined;
  const paths = pathsOf(options?.paths, baseUrl ?? folder);
  if (paths.length > 0 || baseUrl !== undefined)
    return { paths, ...(baseUrl === undefined ? {} : { baseUrl }) };
  const parent = content?.['extends'];
  if (typeof parent !== 'string' || !parent.startsWith('.') || depth === MOST_EXTENDED) return undefined;
  const next = slashes(path.resolve(folder, parent));
  return readSettings(next.endsWith('.json') ? next : `${next}.json`, depth + 1);
}

function pathsOf(paths: unknown, base: string): PathSettings['paths'] {
  if (typeof paths !== 'object' || paths === null) return [];
  return Object.entries(paths as Record<string, unknown>).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : [])
      .filter((target): target is string => typeof target === 'string')
      .map(target => slashes(path.resolve(base, target))),
  }));
}

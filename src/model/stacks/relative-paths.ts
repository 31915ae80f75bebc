/**
 * Paths that say nothing of the machine: files of the given folders relative to them, those of packages from
 * `node_modules/` on, others by their names.
 *
 *   /home/ann/shop/src/rank.ts                      ──►  src/rank.ts              (folder /home/ann/shop)
 *   /usr/lib/node_modules/npm/lib/npm.js            ──►  node_modules/npm/lib/npm.js
 *   /home/ann/other/tool.js                         ──►  tool.js
 *   node:internal/timers, webpack://shop/./a.ts     ──►  as they are
 */
import type { StackProfile } from './stack-profile.ts';

const ABSOLUTE = /^(?:\/|[a-z]:[\\/]|\\\\|file:)/i;
const PACKAGE = /(?:^|\/)(node_modules\/.*)$/;
/** A path inside a sentence, up to its last name. */
const PATH_IN_TEXT = /(?<=^|[\s"'(=:,])(?:\/|[a-z]:[\\/]|\\\\)(?:[^\s"'(),:\\/]+[\\/])+/gi;

export class RelativePaths {
  /** With slashes, one behind each; the longest first. */
  readonly #folders: readonly string[];
  readonly #hidden: readonly string[];
  readonly #files = new Map<string, string>();

  /** Absolute paths. `hidden` are folders whose names may not stand anywhere: the user's home. */
  constructor(folders: readonly string[], hidden: readonly string[] = []) {
    const normal = (paths: readonly string[]): string[] =>
      [...new Set(paths.map(path => withSlashes(path).replace(/\/*$/, '/')))]
        .filter(path => path !== '/')
        .sort((a, b) => b.length - a.length);
    this.#folders = normal(folders);
    this.#hidden = normal([...folders, ...hidden]);
  }

  /** The path of a file of a profile: an absolute path, or a URL, which stays. */
  file(file: string): string {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const relative = ABSOLUTE.test(file) ? this.#relative(withSlashes(file)) : this.#withoutHidden(file);
    this.#files.set(file, relative);
    return relative;
  }

  /** Any other text, in which paths may stand. */
  text(text: string): string {
    return this.#withoutHidden(text).replaceAll(PATH_IN_TEXT, '');
  }

  #relative(file: string): string {
    const folder = this.#folders.find(each => file.startsWith(each));
    if (folder !== undefined) return file.slice(folder.length);
    return PACKAGE.exec(file)?.[1] ?? file.slice(file.lastIndexOf('/') + 1);
  }

  #withoutHidden(text: string): string {
    let plain = text;
    for (const folder of this.#hidden)
      for (const written of new Set([folder, folder.replaceAll('/', '\\')])) {
        plain = plain.replaceAll(written, '').replaceAll(written.slice(0, -1), '');
      }
    return plain;
  }
}

/** The same stacks with such paths. */
export function relativeStacks(profile: StackProfile, paths: RelativePaths): StackProfile {
  return {
    ...profile,
    name: paths.text(profile.name),
    functions: profile.functions.map(each => ({
      ...each,
      name: paths.text(each.name),
      file: paths.file(each.file),
    })),
    tracks: profile.tracks.map(track => ({ ...track, name: paths.text(track.name) })),
  };
}

const withSlashes = (path: string): string => path.replaceAll('\\', '/');

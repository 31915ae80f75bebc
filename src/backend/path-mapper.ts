/** From recorded paths to files of the workspace: other machines, containers, symbolic links. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileHashes } from '../contracts/recording.ts';
import { hashOfText } from './text-hash.ts';

export interface PathPlaces {
  /** Folder that the program ran in, as recorded. */
  readonly recordedFolder: string;
  /** Where the user says that this folder is now. */
  readonly mappedFolder?: string;
  readonly workspaceFolders: readonly string[];
  /** Of the sources as they were recorded: tells a file from another one of its name. */
  readonly hashes: FileHashes;
}

/** A path outside of the program's folder has to share so many names at its end with a file here. */
const LEAST_NAMES = 2;

export class PathMapper {
  private readonly known = new Map<string, string | undefined>();

  constructor(private readonly places: PathPlaces) {}

  /** The file here; undefined when there is none. */
  find(recorded: string): string | undefined {
    if (!this.known.has(recorded)) this.known.set(recorded, this.search(recorded));
    return this.known.get(recorded);
  }

  private search(recorded: string): string | undefined {
    if (!isAbsolute(recorded)) return undefined;
    const { recordedFolder, mappedFolder, workspaceFolders } = this.places;
    const inside = below(recordedFolder, recorded);
    if (mappedFolder !== undefined && inside !== undefined) {
      const mapped = path.join(mappedFolder, inside);
      if (existsSync(mapped)) return mapped;
    }
    if (existsSync(recorded)) return this.asOpened(recorded);
    const names = [...(inside === undefined ? [] : [inside]), ...tails(recorded)];
    return names
      .flatMap(name => workspaceFolders.map(folder => path.join(folder, name)))
      .find(file => this.isSame(file, recorded));
  }

  /** A name says little (every project has its `src/index.ts`): the text has to be the recorded one. */
  private isSame(file: string, recorded: string): boolean {
    const hash = this.places.hashes[recorded];
    if (hash === undefined || !existsSync(file) || !statSync(file).isFile()) return false;
    return hashOfText(readFileSync(file, 'utf8')) === hash;
  }

  /** Node names the target of a symbolic link, the editor the link. */
  private asOpened(file: string): string {
    for (const folder of this.places.workspaceFolders) {
      const real = existsSync(folder) ? realpathSync(folder) : folder;
      const inside = real === folder ? undefined : below(real, file);
      if (inside !== undefined) return path.join(folder, inside);
    }
    return file;
  }
}

const isAbsolute = (file: string): boolean => /^(?:\/|[a-z]:[\\/])/i.test(file);

/** Path inside a folder, whichever system wrote it; undefined for what is outside. */
function below(folder: string, file: string): string | undefined {
  const base = `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  const normal = file.replaceAll('\\', '/');
  return normal.startsWith(base) ? normal.slice(base.length) : undefined;
}

/** `/home/ann/app/src/a.ts` ends in `ann/app/src/a.ts`, `app/src/a.ts`, `src/a.ts`. */
function tails(file: string): string[] {
  const names = file.replaceAll('\\', '/').split('/').slice(1);
  return names
    .slice(0, Math.max(0, names.length - LEAST_NAMES + 1))
    .map((_, index) => names.slice(index).join('/'));
}

/** The source files of what the user has named. Links are not followed, so that none leads in a circle. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { isSkippedPath } from '../../analysis/source/skipped.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { Problems } from '../problems.ts';
import { GitIgnore } from './gitignore.ts';

export interface FoundFiles {
  /** Absolute, with forward slashes, sorted. */
  readonly sources: readonly string[];
  /** Those that the user has named one by one: generated ones of them are checked too. */
  readonly named: ReadonlySet<string>;
  readonly configurations: readonly string[];
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const CONFIGURATION = /^[jt]sconfig(?:\.\w+)?\.json$/;

/** Throws `file-unreadable` when something named does not exist. */
export async function findFiles(paths: readonly string[], problems: Problems): Promise<FoundFiles> {
  const walk = new Walk(problems);
  for (const each of paths) await walk.start(slashes(path.resolve(each)));
  const { named, sources, configurations } = walk;
  return { named, sources: [...new Set([...sources, ...named])].sort(), configurations };
}

export const slashes = (file: string): string => (path.sep === '\\' ? file.replaceAll('\\', '/') : file);

class Walk {
  readonly named = new Set<string>();
  readonly sources: string[] = [];
  readonly configurations: string[] = [];

  constructor(private readonly problems: Problems) {}

  async start(named: string): Promise<void> {
    try {
      if ((await fs.stat(named)).isDirectory()) await this.folder(named, named, []);
      else this.named.add(named);
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new UserError('file-unreadable', { file: named, detail: code }, error);
    }
  }

  private async folder(folder: string, root: string, outer: readonly GitIgnore[]): Promise<void> {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    const own = entries.some(({ name }) => name === '.gitignore') ? await this.gitIgnore(folder) : [];
    const ignores = [...outer, ...own];
    for (const entry of entries) {
      const file = `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (isIgnored(file, isFolder, ignores)) continue;
      if (isFolder) {
        if (!isSkippedPath(`${file.slice(root.length + 1)}/`)) await this.inner(file, root, ignores);
      } else if (entry.isFile()) this.file(file, entry.name, root);
    }
  }

  private async inner(folder: string, root: string, ignores: readonly GitIgnore[]): Promise<void> {
    try {
      await this.folder(folder, root, ignores);
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      this.problems.add('file-not-readable', { file: folder, reason: code });
    }
  }

  private file(file: string, name: string, root: string): void {
    if (CONFIGURATION.test(name)) this.configurations.push(file);
    if (SOURCE.test(name) && !isSkippedPath(file.slice(root.length + 1))) this.sources.push(file);
  }

  private async gitIgnore(folder: string): Promise<GitIgnore[]> {
    try {
      return [new GitIgnore(folder, await fs.readFile(`${folder}/.gitignore`, 'utf8'))];
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      this.problems.add('file-not-readable', { file: `${folder}/.gitignore`, reason: code });
      return [];
    }
  }
}

/** The innermost file that says something decides. */
function isIgnored(file: string, isFolder: boolean, ignores: readonly GitIgnore[]): boolean {
  for (const each of ignores.toReversed()) {
    const answer = each.ignores(file, isFolder);
    if (answer !== undefined) return answer;
  }
  return false;
}

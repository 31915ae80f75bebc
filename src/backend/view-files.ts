/** Data of views, as files that the editor's webviews fetch. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { isRunning } from '../collect/attach/process-facts.ts';

/** More views than anyone has before them; an older one is made again when it is asked for. */
const MOST_FILES = 24;

/**
 * One folder per server, named by its process id, so that windows do not remove each other's. Files are new ones each
 * time: a view may still be reading the old one.
 */
export class ViewFiles {
  private readonly folder: string;
  /** The oldest first. */
  private readonly files: string[] = [];
  private swept: Promise<unknown> | undefined;

  /** `root` is `ServerOptions.viewsFolder`. */
  constructor(private readonly root: string) {
    this.folder = path.join(root, String(process.pid));
  }

  /** Answers the absolute path. `extension`: `.json`. */
  async write(content: string | Uint8Array, extension = '.json'): Promise<string> {
    this.swept ??= this.sweep();
    await this.swept;
    const file = path.join(this.folder, `${randomUUID()}${extension}`);
    await fs.writeFile(file, content);
    this.files.push(file);
    for (const old of this.files.splice(0, Math.max(0, this.files.length - MOST_FILES)))
      await fs.rm(old, { force: true });
    return file;
  }

  /** Whether a file that was written is still there. */
  has(file: string): boolean {
    return this.files.includes(file);
  }

  async dispose(): Promise<void> {
    // Without a file there is no folder, perhaps nor a place for one.
    if (!this.swept) return;
    await Promise.allSettled([this.swept]);
    await fs.rm(this.folder, { recursive: true, force: true });
  }

  /** Removes what servers have left that do not run any more. */
  private async sweep(): Promise<void> {
    await fs.mkdir(this.root, { recursive: true });
    for (const name of await fs.readdir(this.root)) {
      const isLeft = /^\d+$/.test(name) && (name === String(process.pid) || !(await isRunning(Number(name))));
      if (isLeft) await fs.rm(path.join(this.root, name), { recursive: true, force: true });
    }
    await fs.mkdir(this.folder, { recursive: true });
  }
}

/** The recordings that are kept: listed, named, pinned, removed when they are old. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { LABEL_FILE, MANIFEST_FILE } from '../contracts/recording-files.ts';
import { LabelSchema, ManifestSchema, type Label, type Manifest } from '../contracts/recording.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import { UserError } from '../contracts/user-error.ts';
import { processAge } from '../collect/attach/process-age.ts';
import { isRunning } from '../collect/attach/process-facts.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
const RETENTION_MILLISECONDS = 30 * DAY_MILLISECONDS;
const RETENTION_BYTES = 2e9;
const ID = /^[\w-]+$/;

export class Recordings {
  /** Sizes of recordings that do not change any more. */
  private readonly sizes = new Map<string, number>();

  constructor(readonly folder: string) {}

  /** The newest first; what is no recording, belongs to others or is being removed is left out. */
  async list(): Promise<RecordingEntry[]> {
    if (!existsSync(this.folder)) return [];
    const found = await fs.readdir(this.folder, { withFileTypes: true });
    const names = found.filter(each => each.isDirectory() && ID.test(each.name)).map(({ name }) => name);
    const entries = await Promise.all(names.map(name => ifReadable(this.find(name))));
    return entries
      .filter(entry => entry !== undefined)
      .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  }

  /** Throws `recording-gone`. */
  async entry(id: string): Promise<RecordingEntry> {
    const entry = ID.test(id) ? await this.find(id) : undefined;
    if (!entry) throw new UserError('recording-gone', { id });
    return entry;
  }

  async label(id: string): Promise<Label> {
    return (await readJsonFile(path.join((await this.entry(id)).folder, LABEL_FILE), LabelSchema)) ?? {};
  }

  /** An empty name takes the user's own back. */
  async change(id: string, changes: Label): Promise<RecordingEntry> {
    const { folder } = await this.entry(id);
    const { name, ...rest } = { ...(await this.label(id)), ...changes };
    await writeJsonFile(path.join(folder, LABEL_FILE), {
      ...rest,
      ...(name?.trim() ? { name: name.trim() } : {}),
    });
    return this.entry(id);
  }

  /** Throws `recording-runs`, `recording-not-removed`. */
  async delete(id: string): Promise<void> {
    const { folder, state } = await this.entry(id);
    if (state === 'recording') throw new UserError('recording-runs');
    await remove(folder);
  }

  /**
   * Removes what is older than 30 days, and the oldest beyond 2 GB. The newest, pinned ones, those that run, and the
   * one that has just ended (`kept`: it may have begun long before others) stay. Fails after having tried all.
   */
  async removeOld(now: number, kept?: string): Promise<void> {
    const [newest, ...others] = await this.list();
    const stays = others.find(({ id }) => id === kept);
    let room = RETENTION_BYTES - (newest?.bytes ?? 0) - (stays?.bytes ?? 0);
    const removals: Promise<void>[] = [];
    for (const { folder, bytes, startedAt, isPinned, state } of others.filter(entry => entry !== stays)) {
      room -= bytes;
      const isOld = now - Date.parse(startedAt) > RETENTION_MILLISECONDS;
      if ((isOld || room < 0) && !isPinned && state !== 'recording') removals.push(remove(folder));
    }
    const failed = (await Promise.allSettled(removals)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  private async find(id: string): Promise<RecordingEntry | undefined> {
    const folder = path.join(this.folder, id);
    const manifest = await readJsonFile(path.join(folder, MANIFEST_FILE), ManifestSchema);
    if (!manifest) return undefined;
    const label = (await readJsonFile(path.join(folder, LABEL_FILE), LabelSchema)) ?? {};
    const { startedAt, stoppedAt } = manifest;
    return {
      id,
      name: label.name ?? manifest.name,
      startedAt,
      ...(stoppedAt === undefined
        ? {}
        : { durationMilliseconds: Date.parse(stoppedAt) - Date.parse(startedAt) }),
      isPinned: label.isPinned ?? false,
      cwd: manifest.cwd,
      state: await stateOf(manifest),
      bytes: await this.size(folder, manifest),
      folder,
    };
  }

  private async size(folder: string, { state }: Manifest): Promise<number> {
    const known = this.sizes.get(folder);
    if (known !== undefined) return known;
    const size = await sizeOf(folder);
    if (state === 'saved') this.sizes.set(folder, size);
    return size;
  }
}

/** Another window may be at it too. Throws `recording-not-removed`. */
async function remove(folder: string): Promise<void> {
  try {
    await fs.rm(folder, { recursive: true, force: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError('recording-not-removed', { folder, reason: code ?? message }, error);
  }
}

/** Clocks that were set meanwhile must not make a recording that goes on look like a dead one. */
const CLOCK_TOLERANCE_MILLISECONDS = 60_000;

async function stateOf({ state, recorderPid, startedAt }: Manifest): Promise<RecordingEntry['state']> {
  if (state === 'saved') return 'saved';
  if (recorderPid === undefined || !(await isRunning(recorderPid))) return 'unfinished';
  // A process that is younger than the recording has got the recorder's id after it had ended.
  const age = (await processAge(recorderPid)) ?? Number.POSITIVE_INFINITY;
  const isOwner = age + CLOCK_TOLERANCE_MILLISECONDS >= Date.now() - Date.parse(startedAt);
  return isOwner ? 'recording' : 'unfinished';
}

const UNREADABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR']);

async function ifReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (UNREADABLE.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Bytes of all files below; what vanishes meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter(entry => entry.isFile())
    .map(async entry => {
      try {
        return (await fs.stat(path.join(entry.parentPath, entry.name))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
        throw error;
      }
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

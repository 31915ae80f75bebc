/**
 * Reading files whose names come from profiles: regular files only (opening a device or a FIFO can block or act),
 * bounded in size, and never over the network.
 */
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** A script or a source map that is larger is refused, also inside a recording: unpacked. */
export const LARGEST_SOURCE_BYTES = 64 * 1024 * 1024;

export type FileContent = { readonly ok: true; readonly bytes: Buffer } | FileRefusal;

export interface FileRefusal {
  readonly ok: false;
  readonly reason: 'missing' | 'too-big' | 'damaged';
  readonly detail: string;
}

const MEGABYTE = 1024 * 1024;
const inflate = promisify(gunzip);

/** The content of a file, or why it was not read; what the system answers is in `detail` (`ENOENT`). */
export async function readRegularFile(file: string): Promise<FileContent> {
  if (file.includes('\0')) return missing('its name holds a zero byte');
  try {
    if (!(await fs.stat(file)).isFile()) return missing('it is not a regular file');
    // It may have been replaced since: then do not wait at the other end of a FIFO.
    const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readHandle(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return missing((error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** The same for a file packed by gzip. */
export async function readGzipFile(file: string): Promise<FileContent> {
  const packed = await readRegularFile(file);
  if (!packed.ok) return packed;
  try {
    return { ok: true, bytes: await inflate(packed.bytes, { maxOutputLength: LARGEST_SOURCE_BYTES }) };
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooBig() : { ok: false, reason: 'damaged', detail: code };
  }
}

/** Path of a local `file:` URL; undefined for any other URL, for files of other machines, and for broken encoding. */
export function localPath(url: string): string | undefined {
  if (!url.startsWith('file:') || !URL.canParse(url)) return undefined;
  const { hostname, pathname } = new URL(url);
  if (hostname !== '' || pathname.startsWith('//')) return undefined;
  try {
    return fileURLToPath(url);
  } catch {
    // No path of this system: an encoded separator, no drive letter on Windows, broken encoding.
    return undefined;
  }
}

export function tooBig(bytes?: number): FileRefusal {
  const size = bytes === undefined ? '' : `${Math.ceil(bytes / MEGABYTE)} MB, `;
  return {
    ok: false,
    reason: 'too-big',
    detail: `${size}the limit is ${LARGEST_SOURCE_BYTES / MEGABYTE} MB`,
  };
}

async function readHandle(handle: fs.FileHandle): Promise<FileContent> {
  const stat = await handle.stat();
  if (!stat.isFile()) return missing('it is not a regular file');
  if (stat.size > LARGEST_SOURCE_BYTES) return tooBig(stat.size);
  const bytes = Buffer.alloc(stat.size);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return { ok: true, bytes: bytes.subarray(0, length) };
}

const missing = (detail: string): FileRefusal => ({
  ok: false,
  reason: 'missing',
  detail,
});

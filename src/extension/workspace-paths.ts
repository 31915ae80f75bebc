/** Whether paths belong to this window's workspace. Pure. */
import { fileKey } from './hints/file-key.ts';

/** Whether a folder or file is one of the folders, or lies below one. */
export function isInside(path: string, folders: readonly string[], platform: NodeJS.Platform): boolean {
  const key = withEnd(fileKey(path, platform));
  return path !== '' && folders.some(folder => key.startsWith(withEnd(fileKey(folder, platform))));
}

/** Ends in one separator: `/shop` does not hold `/shop-old`. */
const withEnd = (path: string): string => `${path.replaceAll('\\', '/').replace(/\/+$/, '')}/`;

/** `shop` of `/home/me/shop`. */
export const lastName = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');

/** Where something is, short enough to be shown and without what may be private. */

/** The end of a path: its last three segments. */
export const endOfPath = (path: string): string => path.split(/[\\/]/).slice(-3).join('/');

/** A path or a file URL as `fs` takes them; undefined for descriptors and buffers. */
export function fileDetail(file: unknown): string | undefined {
  if (typeof file === 'string') return endOfPath(file);
  return file instanceof URL ? endOfPath(file.pathname) : undefined;
}

/** Host and path, without user, query and fragment. */
export function addressDetail(origin: string, path: string): string {
  const host = origin.replace(/^[a-z+]+:\/\//i, '').replace(/^.*@/, '');
  return host + path.replace(/^[a-z+]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
}

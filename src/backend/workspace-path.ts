import path from 'node:path';

/** `src/products.ts` for what lies in one of the folders; all else stays as it is. */
export function workspacePath(file: string, folders: readonly string[]): string {
  const folder = folders.find(each => file.startsWith(each + path.sep));
  return folder === undefined ? file : path.relative(folder, file);
}

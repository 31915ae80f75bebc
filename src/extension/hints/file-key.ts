/** One key for all spellings of a file's absolute path, on systems whose file names do not tell case. */
export function fileKey(file: string, platform: NodeJS.Platform): string {
  const path = platform === 'win32' ? file.replaceAll('/', '\\') : file;
  return platform === 'win32' || platform === 'darwin' ? path.toLowerCase() : path;
}

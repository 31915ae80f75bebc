import path from 'node:path';
import { entriesIfReadable } from './disk.ts';

/** Never searched: packages are not compiled from the workspace's sources. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

interface Pattern {
  /** Absolute; taken literally. */
  readonly base: string;
  /** Relative to `base`, with forward slashes. */
  readonly glob: string;
}

/**
 * The files that fit at least one pattern and none of those with a leading `!`, sorted; never those in
 * `node_modules`. Patterns are absolute or relative to `root`; `**`, `*`, `?`, `[ab]`, `{a,b}` and `(a|b)` are known.
 */
export async function filesMatching(patterns: readonly string[], root: string): Promise<string[]> {
  const [negative, positive] = [true, false].map(not => patterns.filter(one => one.startsWith('!') === not));
  const unwanted = (negative ?? []).map(one => matcher(located(one.slice(1), root)));
  const found = new Set<string>();
  for (const pattern of (positive ?? []).map(one => located(one, root))) {
    const fits = matcher(pattern);
    for await (const file of filesBelow(fixedFolder(pattern))) {
      if (fits(file) && !unwanted.some(one => one(file))) found.add(file);
    }
  }
  return [...found].sort();
}

function located(pattern: string, root: string): Pattern {
  const absolute = path.resolve(root, pattern);
  const inside = path.relative(root, absolute);
  const base = inside.startsWith('..') || path.isAbsolute(inside) ? path.parse(absolute).root : root;
  return { base, glob: posix(path.relative(base, absolute)) };
}

function matcher({ base, glob }: Pattern): (file: string) => boolean {
  const expression = new RegExp(`^${globExpression(glob)}$`);
  return file => expression.test(posix(path.relative(base, file)));
}

/** A glob as the source of a regular expression; brackets that do not close stand for themselves. */
function globExpression(glob: string): string {
  const closers: string[] = [];
  let expression = '';
  for (const [token] of glob.matchAll(/\*\*\/|\*\*|[@?*+]?\(|\[[^\]]+\]|./gsu)) {
    const closer = token === '{' ? '}' : ')';
    if ((token === '{' || token.endsWith('(')) && glob.includes(closer)) {
      closers.push(closer);
      expression += '(?:';
    } else if (token === closers.at(-1)) {
      closers.pop();
      expression += ')';
    } else if (token === (closers.at(-1) === '}' ? ',' : '|') && closers.length > 0) expression += '|';
    else expression += TOKENS.get(token) ?? literal(token);
  }
  return expression + ')'.repeat(closers.length);
}

const TOKENS: ReadonlyMap<string, string> = new Map([
  ['**/', '(?:[^/]+/)*'],
  ['**', '.*'],
  ['*', '[^/]*'],
  ['?', '[^/]'],
]);

const literal = (token: string): string =>
  token.startsWith('[') && token.length > 1
    ? token.replace(/^\[!/, '[^').replaceAll('\\', String.raw`\\`)
    : token.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** The folder to search: all of a pattern before its first part with magic. */
function fixedFolder({ base, glob }: Pattern): string {
  const parts = glob.split('/');
  const magic = parts.findIndex(part => /[*?{}()[\]]/.test(part));
  return path.join(base, ...parts.slice(0, magic === -1 ? -1 : magic));
}

/** What cannot be read (another user's folder in the workspace) is passed by. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await entriesIfReadable(folder)) {
    const full = path.join(folder, entry.name);
    if (entry.isFile()) yield full;
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* filesBelow(full);
  }
}

const posix = (file: string): string => file.replaceAll('\\', '/');

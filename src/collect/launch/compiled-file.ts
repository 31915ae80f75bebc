import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { textIfReadable } from './disk.ts';
import { filesMatching } from './glob.ts';
import { isObject, objectsOf } from './json-fields.ts';

/** js-debug's own default, relative to the workspace folder. */
export const DEFAULT_OUT_FILES = ['**/*.(m|c|)js', '!**/node_modules/**'];

/**
 * The built file whose source map names `source`, searched among `outFiles` as js-debug does before it launches
 * a program that is no `.js`. Of several the one that is named like the source, else the first in order.
 * Undefined when there is none.
 */
export async function compiledFileOf(
  source: string,
  outFiles: readonly string[],
  folder: string,
): Promise<string | undefined> {
  const candidates = await filesMatching(outFiles, folder);
  const alike = candidates.filter(file => path.parse(file).name === path.parse(source).name);
  for (const file of new Set([...alike, ...candidates])) {
    if (file !== source && (await sourcesOf(file, folder)).includes(source)) return file;
  }
  return undefined;
}

async function sourcesOf(file: string, folder: string): Promise<string[]> {
  const map = await readSourceMap(file);
  if (map === undefined) return [];
  const maps = [
    map.content,
    ...objectsOf(map.content['sections'])
      .map(section => section['map'])
      .filter(isObject),
  ];
  return maps.flatMap(one => {
    const root = typeof one['sourceRoot'] === 'string' ? one['sourceRoot'] : '';
    const sources = Array.isArray(one['sources']) ? one['sources'] : [];
    return sources
      .flatMap(source => (typeof source === 'string' ? [source, decoded(source)] : []))
      .map(source => absoluteSource(source, root, path.dirname(map.file), folder))
      .filter(source => source !== undefined);
  });
}

interface SourceMapFile {
  /** What the paths in the map are relative to. */
  readonly file: string;
  readonly content: Readonly<Record<string, unknown>>;
}

async function readSourceMap(file: string): Promise<SourceMapFile | undefined> {
  const text = (await textIfReadable(file)) ?? '';
  const url = [...text.matchAll(/\/\/[#@]\s*sourceMappingURL=(\S+)/g)].at(-1)?.[1];
  if (url === undefined) return undefined;
  const inline = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
  if (inline !== null) {
    const [, base64, data = ''] = inline;
    return parsedMap(file, base64 ? Buffer.from(data, 'base64').toString('utf8') : decoded(data));
  }
  const mapFile = url.startsWith('file:') ? pathOfUrl(url) : path.resolve(path.dirname(file), decoded(url));
  return mapFile === undefined ? undefined : parsedMap(mapFile, (await textIfReadable(mapFile)) ?? '');
}

/** A map that is no JSON names no sources: js-debug skips it too. */
function parsedMap(file: string, text: string): SourceMapFile | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content) ? { file, content } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function absoluteSource(source: string, root: string, base: string, folder: string): string | undefined {
  const joined = root === '' ? source : `${root.replace(/\/$/, '')}/${source}`;
  if (joined.startsWith('file:')) return pathOfUrl(joined);
  const bundled = /^webpack:\/\/[^/]*\/(?:\.\/)?(.*)$/.exec(joined);
  return bundled === null ? path.resolve(base, joined) : path.resolve(folder, bundled[1] ?? '');
}

/** Tools differ in whether they percent-encode paths; one that is no valid encoding was not encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Undefined for a URL that is no path of this machine: `file://host/…`, or with an encoded slash. */
function pathOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return undefined;
    throw error;
  }
}

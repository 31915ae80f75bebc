/** What the sources of a workspace were compiled to: known by the source maps that lie beside compiled files. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openSourceMap, type SourceMap } from '../../model/source/source-map.ts';
import { readRegularFile } from '../regular-file.ts';

export interface CompiledFile {
  /** Absolute path. */
  readonly file: string;
  readonly map: SourceMap;
}

/** A workspace with more entries than that is not searched to its end. */
const MOST_ENTRIES = 50_000;
const MAP_OF_SCRIPT = /\.[cm]?js\.map$/;
const SKIPPED = /^(?:node_modules$|\.)/;

/** By source file (absolute path); a source that nothing was made of is missing. */
export async function compiledFrom(
  folder: string,
  sources: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly CompiledFile[]>> {
  const found = new Map<string, CompiledFile[]>();
  for (const mapFile of await mapFiles(folder)) {
    const map = await openMap(mapFile, sources);
    for (const source of map?.files.filter(each => sources.has(each)) ?? []) {
      const known = found.get(source) ?? [];
      found.set(source, [...known, { file: mapFile.slice(0, -'.map'.length), map: map! }]);
    }
  }
  return found;
}

async function mapFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [folder];
  let room = MOST_ENTRIES;
  for (let next = folders.pop(); next !== undefined && room > 0; next = folders.pop()) {
    for (const entry of await entriesOf(next)) {
      room--;
      const file = path.join(next, entry.name);
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) folders.push(file);
      else if (entry.isFile() && MAP_OF_SCRIPT.test(entry.name)) found.push(file);
    }
  }
  return found;
}

/** A folder may be gone by now, or not ours to read: nothing of it runs for us then. */
async function entriesOf(folder: string) {
  return await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
}

/** Undefined for a map that names none of the sources; a quick look spares parsing most. */
async function openMap(file: string, sources: ReadonlySet<string>): Promise<SourceMap | undefined> {
  const content = await readRegularFile(file);
  if (!content.ok) return undefined;
  const text = content.bytes.toString('utf8');
  if (![...sources].some(source => text.includes(path.basename(source)))) return undefined;
  const mapUrl = pathToFileURL(file).href;
  const opened = openSourceMap(text, { mapUrl, scriptUrl: mapUrl.slice(0, -'.map'.length) });
  return opened.ok ? opened.map : undefined;
}

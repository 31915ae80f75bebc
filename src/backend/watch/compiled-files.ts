/**
 * What the sources of a workspace were compiled to: known by the source maps of compiled files, beside them, in them, or
 * where they say.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { openSourceMap, type SourceMap } from '../../model/source/source-map.ts';
import { mapOfScript, type ScriptMap } from './script-maps.ts';

export interface CompiledFile {
  /** Absolute path. */
  readonly file: string;
  readonly map: SourceMap;
}

/** A workspace with more entries than that is not searched to its end. */
const MOST_ENTRIES = 50_000;
const SCRIPT = /\.[cm]?js$/;
const SKIPPED = /^(?:node_modules$|\.)/;

/** By source file (absolute path); a source that nothing was made of is missing. */
export async function compiledFrom(
  folder: string,
  sources: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly CompiledFile[]>> {
  const found = new Map<string, CompiledFile[]>();
  for (const file of await scriptFiles(folder)) {
    const map = openMap(await mapOfScript(file), sources);
    for (const source of map?.files.filter(each => each !== file && sources.has(each)) ?? []) {
      const known = found.get(source) ?? [];
      found.set(source, [...known, { file, map: map! }]);
    }
  }
  return found;
}

async function scriptFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [folder];
  let room = MOST_ENTRIES;
  for (let next = folders.pop(); next !== undefined && room > 0; next = folders.pop()) {
    for (const entry of await entriesOf(next)) {
      room--;
      const file = path.join(next, entry.name);
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) folders.push(file);
      else if (entry.isFile() && SCRIPT.test(entry.name)) found.push(file);
    }
  }
  return found;
}

/** A folder may be gone by now, or not ours to read: nothing of it runs for us then. */
async function entriesOf(folder: string) {
  return await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
}

/** Undefined for a map that names none of the sources; a quick look spares parsing most. */
function openMap(found: ScriptMap | undefined, sources: ReadonlySet<string>): SourceMap | undefined {
  if (!found || ![...sources].some(source => found.text.includes(path.basename(source)))) return undefined;
  const opened = openSourceMap(found.text, found);
  return opened.ok ? opened.map : undefined;
}

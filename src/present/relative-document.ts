import type { ProfileDocument } from '../contracts/document.ts';
import type { RelativePaths } from '../model/stacks/relative-paths.ts';

/** Keys whose text is a path. */
const FILES: ReadonlySet<string> = new Set(['file', 'recording']);

/** The same document with paths that say nothing of the machine, in its texts too. */
export function relativeDocument(document: ProfileDocument, paths: RelativePaths): ProfileDocument {
  const changed = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return FILES.has(key) ? paths.file(value) : paths.text(value);
    if (Array.isArray(value)) return value.map(each => changed(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, name)]));
  };
  return changed(document, '') as ProfileDocument;
}

import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');

/** What a user gets of this project, as far as it is there. */
const PARTS = [
  ...['package.json', 'package.nls.json', 'l10n', 'telemetry.json', '.vscodeignore'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'media'],
];

/**
 * Copies the extension as built into `folder`, a copy that a build in the meantime does not change.
 * @param {string} folder
 * @param {string} dist absolute path of another build
 */
export function copyExtension(folder, dist = path.join(root, 'dist')) {
  if (!existsSync(path.join(dist, 'extension.cjs')))
    throw new Error('dist/extension.cjs is missing: run `npm run build` first');
  cpSync(dist, path.join(folder, 'dist'), { recursive: true });
  for (const part of PARTS.filter(name => existsSync(path.join(root, name))))
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
}

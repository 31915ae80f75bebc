// The extension as one file, packed by vsce from dist/ as it is.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { copyExtension } from '../editor/extension.mjs';
import { EDITOR_NODE } from '../editor/packages.mjs';
import { install } from '../packages.mjs';
import { packedReadme } from './readme.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const VSCE = 'node_modules/@vscode/vsce/vsce';

/** vsce needs Node 22: where this is an older one it has to be the editor's. */
export const needsEditorNode = Number(process.versions.node.split('.')[0]) < 22;

/**
 * Packs the extension; answers the file's absolute path and size. Throws with all that vsce says when it warns.
 * @param {object} options
 * @param {string} options.folder absolute path, where the file goes
 * @param {string} [options.images] https address of the README's pictures; none are packed without it
 * @param {string} [options.target] `linux-x64`; without it the file says that it fits all
 */
export async function packVsix({ folder, images, target }) {
  const vsce = path.join(await install('scripts/vsce', ['--ignore-scripts']), VSCE);
  const parts = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-vsix-'));
  try {
    copyExtension(parts);
    const { name, version } = writeManifest(parts);
    writeFileSync(path.join(parts, 'README.md'), packedReadme(read('README.md'), images));
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${[name, ...(target ? [target] : []), version].join('-')}.vsix`);
    rmSync(file, { force: true });
    runVsce(vsce, parts, ['--out', file, ...(target ? ['--target', target] : [])]);
    return { file, bytes: statSync(file).size };
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}

/** Without what only this project needs. */
function writeManifest(folder) {
  const manifest = JSON.parse(read('package.json'));
  for (const key of ['scripts', 'devDependencies', 'overrides', 'allowScripts', 'bin', 'exports', 'private'])
    delete manifest[key];
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

function runVsce(vsce, cwd, flags) {
  // There is no public repository yet, and the README has no links into one.
  const words = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const node = needsEditorNode ? EDITOR_NODE : process.execPath;
  const { status, stdout, stderr } = spawnSync(node, [vsce, ...words, ...flags], { cwd, encoding: 'utf8' });
  const said = stdout + stderr;
  if (status !== 0 || /warning/i.test(said)) throw new Error(`vsce: ${said}`);
}

const read = name => readFileSync(path.join(root, name), 'utf8');

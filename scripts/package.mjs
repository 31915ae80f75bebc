// `npm run package`: builds and packs the extension into dist-vsix/, one file for every platform: no part of it is native.
// `-- --images https://…` says where the README's pictures are, relative addresses as in the repository.
// `-- --target linux-x64 [--target …]`, or `--target all`, packs files that say which platform they are for.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installEditorPackages } from './editor/packages.mjs';
import { needsEditorNode, packVsix } from './package/vsix.mjs';
import { runNode } from './run.mjs';

/** Where VS Code has a Node.js of its own for extensions. */
const TARGETS = [
  ...['linux-x64', 'linux-arm64', 'linux-armhf', 'alpine-x64', 'alpine-arm64'],
  ...['darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
];
const { images, target } = parseArgs({
  options: { images: { type: 'string' }, target: { type: 'string', multiple: true } },
}).values;
const targets = target?.includes('all') ? TARGETS : (target ?? [undefined]);
const folder = path.join(import.meta.dirname, '..', 'dist-vsix');

if (needsEditorNode) await installEditorPackages();
if ((await runNode('scripts/build.mjs', [])) !== 0) throw new Error('the build failed');
for (const target of targets) {
  const { file, bytes } = await packVsix({ folder, images, target });
  console.log(`${path.relative('.', file)}  ${(bytes / 1e6).toFixed(2)} MB`);
}

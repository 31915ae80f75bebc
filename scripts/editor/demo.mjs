// The editor at the end of `npm run demo`.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { copyExtension } from './extension.mjs';
import { installEditorPackages } from './packages.mjs';
import { serveEditor } from './serve.mjs';

const PORT = 8420;
/** Folder of the recording among those of the editor. */
const SHOWN = 'demo';

/**
 * Serves VS Code with the extension installed, opened on `folder` with a recording, and prints its address; resolves
 * after Ctrl-C.
 * @param {string} folder absolute path
 * @param {string} recording absolute path
 */
export async function demoEditor(folder, recording) {
  try {
    await installEditorPackages();
  } catch (error) {
    console.error(`\nNo editor to show: ${error.message}.`);
    return;
  }
  const extensions = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-extensions-'));
  try {
    const slowcatch = path.join(extensions, 'slowcatch.slowcatch');
    mkdirSync(slowcatch);
    copyExtension(slowcatch);
    await serveUntilInterrupted(folder, extensions, recording);
  } finally {
    rmSync(extensions, { recursive: true, force: true });
  }
}

async function serveUntilInterrupted(folder, extensions, recording) {
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const token = randomUUID();
  const server = await serveEditor({
    token,
    port: (await isFree(PORT)) ? PORT : 0,
    extensions,
    flags: ['--disable-workspace-trust'],
    env: { ...process.env, SLOWCATCH_SHOW: SHOWN },
  });
  const kept = path.join(server.data, 'user', 'User', 'globalStorage', 'slowcatch.slowcatch', 'recordings');
  cpSync(recording, path.join(kept, SHOWN), { recursive: true });
  const address = `http://${server.authority}/?tkn=${token}&folder=${encodeURI(folder)}`;
  console.log(`\nVS Code with Slowcatch: ${address}\nCtrl-C ends it.`);
  await interrupted;
  await server.stop();
}

async function isFree(port) {
  const server = createServer();
  const free = await new Promise(resolve => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise(resolve => server.close(resolve));
  return free;
}

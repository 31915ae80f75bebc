// A VS Code server on 127.0.0.1 whose data lives in a temporary folder; for the demo and for the editor tests.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EDITOR_NODE, VSCODE } from './packages.mjs';
import { endProcess, killMarked } from './processes.mjs';

const START_MILLISECONDS = 60_000;

/** In the environment of everything that belongs to one server: the folder of its data. */
const MARK = 'SLOWCATCH_EDITOR';

/** Nothing that blinks, asks, or calls home: what is left is the editor and the extension. */
const QUIET_SETTINGS = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Starts the server and waits until it listens.
 * @param {object} options
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {string} [options.token] secret that the first address needs as `tkn`; without it every local program may come in
 * @param {string} [options.extensions] folder of installed extensions; none without it
 * @param {Readonly<Record<string, unknown>>} [options.settings] user settings beside the quiet ones
 * @param {string} [options.telemetry] address that the editor's own telemetry goes to; without it there is none
 * @param {readonly string[]} [options.flags] more flags of server-main.js
 * @param {NodeJS.ProcessEnv} [options.env] of the server and of every program it starts
 * @returns {Promise<{ authority: string, data: string, output: () => string, stop: () => Promise<void>,
 *   writeSettings: (settings: Readonly<Record<string, unknown>>) => void }>}
 *   `authority` is host:port, `data` the folder of the server's data, which `stop` removes; `writeSettings` replaces
 *   the user settings beside the quiet ones
 */
export async function serveEditor({
  port = 0,
  token,
  extensions,
  settings = {},
  telemetry,
  flags = [],
  env = process.env,
}) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-editor-'));
  const write = more => writeSettings(data, { ...QUIET_SETTINGS, ...more });
  write(settings);
  const parameters = [
    path.join(import.meta.dirname, 'server-process.mjs'),
    path.join(VSCODE, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...tokenFlags(data, token),
    ...['--server-data-dir', path.join(data, 'server'), '--user-data-dir', path.join(data, 'user')],
    ...['--extensions-dir', extensions ?? path.join(data, 'extensions')],
    ...['--accept-server-license-terms', '--disable-experiments'],
    ...(telemetry ? [] : ['--disable-telemetry']),
    // Else the Node of a login shell runs the programs.
    '--force-disable-user-env',
    ...flags,
  ];
  const child = spawn(EDITOR_NODE, parameters, {
    env: {
      ...{ ...env, EXTENSIONS_GALLERY: '{}', [MARK]: data },
      ...(telemetry ? { CS_TELEMETRY_URL: telemetry } : {}),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await endProcess(child);
    killMarked(MARK, data);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  const log = collect(child);
  try {
    const listening = await log.find(/agent listening on (\d+)/, START_MILLISECONDS);
    return { authority: `127.0.0.1:${listening}`, data, output: log.text, stop, writeSettings: write };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** In a file: the arguments of a process can be read by everybody. */
function tokenFlags(data, token) {
  if (token === undefined) return ['--without-connection-token'];
  const file = path.join(data, 'token');
  writeFileSync(file, token, { mode: 0o600 });
  return ['--connection-token-file', file];
}

function writeSettings(data, settings) {
  const folder = path.join(data, 'user', 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

/** All that a process prints; `find` answers the first group of a pattern once it has been printed. */
function collect(child) {
  let text = '';
  const find = (pattern, milliseconds) =>
    new Promise((resolve, reject) => {
      const fail = why => reject(new Error(`the VS Code server ${why}:\n${text}`));
      const timer = setTimeout(() => fail(`was not ready after ${milliseconds} ms`), milliseconds);
      child.stdout.on('data', () => {
        const found = pattern.exec(text);
        if (!found) return;
        clearTimeout(timer);
        resolve(found[1]);
      });
      child.once('error', error => fail(`could not be started (${error.message})`));
      child.once('exit', status => fail(`ended with status ${status}`));
    });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', chunk => {
      text += chunk;
    });
  return { find, text: () => text };
}

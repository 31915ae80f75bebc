import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { isFolder, namesIn } from './disk.ts';

interface VersionManager {
  readonly name: string;
  /** Holds one folder per version, named `<prefix><version>`. */
  readonly versions: string;
  readonly prefix: string;
  /** Path of the folder with the executables inside a version's folder. */
  readonly executables: string;
}

/**
 * The folder that holds the `node` of a `runtimeVersion` ("20", "20.11" or "20.11.1"), as installed by nvs, nvm,
 * nvm-windows or fnm; for an incomplete version the newest one that fits, as js-debug chooses.
 * Throws `launch-runtime-version`.
 */
export async function nodeFolderOf(
  runtimeVersion: string,
  environment: Readonly<NodeJS.ProcessEnv>,
  { owner, platform }: { readonly owner: string; readonly platform: NodeJS.Platform },
): Promise<string> {
  const version = runtimeVersion.replace(/^v/, '');
  const managers = versionManagers(environment, platform);
  const installed: string[] = [];
  for (const manager of managers) {
    const found = await versionsOf(manager);
    const best = found
      .filter(one => one === version || one.startsWith(`${version}.`))
      .sort(byVersion)
      .at(-1);
    if (best !== undefined) return path.join(manager.versions, manager.prefix + best, manager.executables);
    installed.push(...found.map(one => `${one} (${manager.name})`));
  }
  const found = installed.length === 0 ? 'none' : installed.join(', ');
  throw new UserError('launch-runtime-version', { owner, version: runtimeVersion, found });
}

function versionManagers(
  environment: Readonly<NodeJS.ProcessEnv>,
  platform: NodeJS.Platform,
): VersionManager[] {
  const home = environment['HOME'] ?? homedir();
  if (platform === 'win32') return windowsManagers(environment);
  const nvs = environment['NVS_HOME'] ?? path.join(home, '.nvs');
  const nvm = environment['NVM_DIR'] ?? path.join(home, '.nvm');
  const fnm = environment['FNM_DIR'] ?? path.join(home, '.fnm');
  return [
    {
      name: 'nvs',
      versions: path.join(nvs, 'node'),
      prefix: '',
      executables: path.join(process.arch, 'bin'),
    },
    { name: 'nvm', versions: path.join(nvm, 'versions', 'node'), prefix: 'v', executables: 'bin' },
    { name: 'fnm', versions: path.join(fnm, 'node-versions'), prefix: 'v', executables: 'installation/bin' },
  ];
}

function windowsManagers(environment: Readonly<NodeJS.ProcessEnv>): VersionManager[] {
  const nvs = environment['NVS_HOME'] ?? path.join(environment['LOCALAPPDATA'] ?? '', 'nvs');
  const fnm = environment['FNM_DIR'] ?? path.join(environment['APPDATA'] ?? '', 'fnm');
  const nvm = environment['NVM_HOME'];
  return [
    { name: 'nvs', versions: path.join(nvs, 'node'), prefix: '', executables: process.arch },
    ...(nvm === undefined ? [] : [{ name: 'nvm-windows', versions: nvm, prefix: 'v', executables: '' }]),
    { name: 'fnm', versions: path.join(fnm, 'node-versions'), prefix: 'v', executables: 'installation' },
  ];
}

async function versionsOf(manager: VersionManager): Promise<string[]> {
  const names = await namesIn(manager.versions);
  const versions = names
    .filter(name => name.startsWith(manager.prefix))
    .map(name => name.slice(manager.prefix.length));
  const usable: string[] = [];
  for (const version of versions.filter(one => /^\d/.test(one))) {
    const folder = path.join(manager.versions, manager.prefix + version, manager.executables);
    if (await isFolder(folder)) usable.push(version);
  }
  return usable;
}

const byVersion = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

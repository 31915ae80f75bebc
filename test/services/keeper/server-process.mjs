import { spawn } from 'node:child_process';
import { once } from 'node:events';

const START_MS = 30_000;
const END_MS = 5_000;
/** Of what a server says while it starts. */
const KEPT_CHARACTERS = 4_000;

/**
 * Starts a server and waits until it says that it is ready. Rejects with what it said when it ends or is late.
 * @param {string} command
 * @param {string[]} parameters
 * @param {RegExp} ready
 * @param {import('node:child_process').SpawnOptions} options
 */
export async function startServer(command, parameters, ready, options) {
  const server = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    const fail = why => {
      server.kill('SIGKILL');
      reject(new Error(`${command} ${why}\n${said}`));
    };
    const late = setTimeout(() => fail('is not ready in time'), START_MS);
    const hear = chunk => {
      if (said.length < KEPT_CHARACTERS) said += chunk;
      if (!ready.test(said)) return;
      clearTimeout(late);
      resolve(undefined);
    };
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', hear);
    server.once('error', reject);
    server.once('exit', code => fail(`ended with ${code}`));
  });
  // Once it runs, what it says is read and dropped.
  return server;
}

/**
 * Ends a server by a signal, and by force when it takes too long.
 * @param {import('node:child_process').ChildProcess} server
 * @param {NodeJS.Signals} signal
 */
export async function endServer(server, signal) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  const late = setTimeout(() => server.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(late);
}

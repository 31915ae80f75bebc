// Holds a Redis, where the machine has `redis-server`.
import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.mjs';
import { keepUntilLeft } from './keep.mjs';
import { endServer, startServer } from './server-process.mjs';

const program = (process.env.PATH ?? '')
  .split(path.delimiter)
  .map(folder => path.join(folder, 'redis-server'))
  .find(isProgram);
if (program === undefined) await keepUntilLeft(undefined, async () => {});
else {
  const password = randomUUID();
  const port = await freePort();
  const flags = { bind: '127.0.0.1', port, requirepass: password, save: '', appendonly: 'no' };
  const parameters = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const options = { cwd: os.tmpdir() };
  const server = await startServer(program, parameters, /ready to accept connections/i, options);
  await keepUntilLeft(`redis://:${password}@127.0.0.1:${port}`, () => endServer(server, 'SIGTERM'));
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

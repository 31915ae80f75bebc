import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * @typedef {object} Service
 * @property {string} url
 * @property {() => Promise<void>} stop resolves when the server has ended and its data is gone; may be called again
 */

/**
 * Starts `keeper/<name>.mjs`, a process that holds a server for as long as this one keeps its standard input open: the
 * server ends even when this process is killed. Ctrl-C in a terminal does not reach it: it is ended by us.
 * @param {string} name
 * @param {object} options handed to the keeper as JSON
 * @returns {Promise<Service | undefined>} `undefined` when the keeper says that the machine has no such server
 */
export async function startKept(name, options) {
  const script = path.join(import.meta.dirname, 'keeper', `${name}.mjs`);
  const keeper = spawn(process.execPath, [script, JSON.stringify(options)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    detached: process.platform !== 'win32',
  });
  const ended = once(keeper, 'exit');
  const complaint = text(keeper.stderr);
  // It ends when we do: it must not keep us from ending.
  for (const held of [keeper, keeper.stdin, keeper.stdout, keeper.stderr]) held.unref();
  keeper.stdin.on('error', () => keeper.stdin.destroy());
  const answer = await firstLine(keeper.stdout);
  if (answer === undefined) throw new Error(`${name} did not start: ${(await complaint).trim()}`);
  const { url } = JSON.parse(answer);
  const stop = async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
  if (url !== undefined) return { url, stop };
  await stop();
  return undefined;
}

async function firstLine(stream) {
  let line = '';
  stream.ref();
  for await (const chunk of stream.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    line += chunk;
    if (line.includes('\n')) break;
  }
  stream.unref();
  return line.includes('\n') ? line.slice(0, line.indexOf('\n')) : undefined;
}

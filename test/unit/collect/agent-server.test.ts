import net from 'node:net';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentServer } from '../../../src/collect/agent-server.ts';

let server: AgentServer;
const heard: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  server = new AgentServer();
  server.on('hello', ({ pid }) => heard.push(`hello ${pid}`));
  server.on('problem', ({ pid, code }) => heard.push(`problem ${pid} ${code}`));
  server.on('gone', pid => heard.push(`gone ${pid}`));
  await server.listen();
});

afterEach(() => server.dispose());

async function connect(): Promise<net.Socket> {
  const socket = net.connect(server.path);
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
}

const hello = (pid: number, token = server.token) =>
  JSON.stringify({
    ...{ type: 'hello', version: 1, token, pid, parentPid: 1 },
    ...{ argv: [], execPath: '', nodeVersion: 'v20' },
  }) + '\n';

/** Sends the lines; resolves when the server has closed the connection. */
async function refused(...lines: string[]): Promise<void> {
  const socket = await connect();
  const closed = once(socket, 'close');
  socket.on('error', () => socket.destroy());
  for (const line of lines) socket.write(line);
  socket.resume();
  await closed;
}

async function said(count: number): Promise<readonly string[]> {
  await expect.poll(() => heard.length).toBe(count);
  return heard;
}

describe('the line to the agents', () => {
  test('hears an agent that knows the token, from its hello to its end', async () => {
    const socket = await connect();
    socket.write(hello(7));
    socket.write('{"type":"problem","pid":7,"code":"segment-not-written","detail":"full"}\n');
    await said(2);
    expect(server.pids).toEqual([7]);
    socket.end();
    expect(await said(3)).toEqual(['hello 7', 'problem 7 segment-not-written', 'gone 7']);
    expect(server.pids).toEqual([]);
  });

  test('reads messages however they are cut', async () => {
    const socket = await connect();
    for (const character of hello(8)) socket.write(character);
    expect(await said(1)).toEqual(['hello 8']);
    socket.destroy();
  });

  test('tells every agent to stop, and waits for them', async () => {
    const [a, b] = [await connect(), await connect()];
    a.write(hello(1));
    b.write(hello(2));
    await said(2);
    for (const socket of [a, b])
      socket.on('data', (text: string) => {
        if (text === '{"type":"stop"}\n') socket.write('{"type":"stopped","pid":0}\n');
      });
    await server.stopAgents(5000);
    expect(server.pids).toEqual([]);
    expect(await server.allGone(0)).toBe(true);
  });

  test('does not wait for ever for an agent that hangs', async () => {
    const socket = await connect();
    socket.write(hello(3));
    await said(1);
    expect(await server.allGone(20)).toBe(false);
    socket.destroy();
  });
});

describe('whoever does not belong there', () => {
  test.each([
    ['a wrong token', () => hello(9, 'x'.repeat(48))],
    ['a token of another length', () => hello(9, '')],
    ['no hello first', () => '{"type":"stopped","pid":9}\n'],
    ['no JSON', () => 'GET / HTTP/1.1\r\n\r\n'],
    ['JSON that is no message', () => 'null\n'],
    ['an endless line', () => 'x'.repeat(100_000)],
  ])('is cut off: %s', async (_, line) => {
    await refused(line());
    expect(heard).toEqual([]);
    expect(server.pids).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('cannot even reach the socket as another user', () => {
    expect(statSync(path.dirname(server.path)).mode & 0o077).toBe(0);
  });

  test.skipIf(process.platform === 'win32')('finds nothing left behind', async () => {
    const { path: address } = server;
    await server.dispose();
    expect(existsSync(path.dirname(address))).toBe(false);
    server = new AgentServer();
    await server.listen();
  });
});

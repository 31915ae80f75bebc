/** Requests of a program that runs already are followed from the moment of the attachment to its end, and not after it. */
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachTo } from '../../src/collect/attach/attach.ts';
import { bundle, freePort, Program, startHost, type Host } from './attach-world.ts';
import { NODES } from './node-matrix.ts';
import { KEEP_ALL, readOperations } from './recorded-operations.ts';

/** Asks itself again and again, over connections that stay open; `answer` runs in the request. */
const SERVING = `
  const http = require('node:http');
  const http2 = require('node:http2');

  const diagnostics = require('node:diagnostics_channel');
  const answer = async (request, response) => {
    const end = performance.now() + 3;
    while (performance.now() < end);
    await new Promise(resolve => setTimeout(resolve, 5));
    response.end('x');
  };
  const servers = [http.createServer(answer), http2.createServer(answer)];
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  let client;
  const ask = port => http.get({ host: '127.0.0.1', port, path: '/one', agent }, response => response.resume()).on('error', () => undefined);
  const ask2 = () => client.request({ ':path': '/two' }).on('error', () => undefined).resume();
  const ports = Promise.all(servers.map(server => new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => resolve(server.address().port)))));
  ready = ports.then(([port, port2]) => {
    client = http2.connect('http://127.0.0.1:' + port2);
    const timer = setInterval(() => { ask(port); ask2(); }, 20);
    ending.push(() => { clearInterval(timer); agent.destroy(); client.close(); for (const server of servers) server.close(); });
  });
  process.on('message', question => {
    if (question !== 'hooks') return;
    process.send({
      emits: [http.ServerResponse, http.IncomingMessage, servers[1].constructor]
        .map(({ prototype }) => Object.hasOwn(prototype, 'emit')),
      subscribed: ['http.server.request.start', 'net.server.socket'].filter(name => diagnostics.hasSubscribers(name)),
      // Promises carry numbers as long as a hook follows them.
      tracked: Object.getOwnPropertySymbols(Promise.resolve()).length,
    });
  });
`;
const SLOW = { timeout: 20_000, interval: 50 };

let agent = '';
let host: Host;
let program: Program | undefined;

beforeAll(async () => {
  agent = await bundle('src/agent/entry.ts', 'cjs', 'node12');
});
beforeEach(async () => {
  host = await startHost(agent, KEEP_ALL);
});
afterEach(async () => {
  await program?.kill();
  await host.dispose();
});

async function hooksOf({ child }: Program): Promise<unknown> {
  const answer = new Promise(resolve => child.on('message', message => resolveHooks(message, resolve)));
  child.send('hooks');
  return answer;
}

function resolveHooks(message: unknown, resolve: (hooks: unknown) => void): void {
  if (typeof message === 'object' && message !== null && 'emits' in message) resolve(message);
}

describe.each(NODES)('attaching to Node $major', ({ binary }) => {
  test('follows its requests until it is detached from, and takes its hooks with it', async () => {
    program = await Program.start(binary, [`--inspect-port=${await freePort()}`], SERVING);
    const before = await hooksOf(program);
    const attachment = await attachTo(String(program.pid), host.configuration);
    const names = (): Set<string> =>
      new Set(readOperations(host.configuration.folder).kept.map(({ name }) => name));
    await vi.waitFor(() => expect(names()).toEqual(new Set(['GET /one', 'GET /two'])), SLOW);
    await host.server.stopAgents(5000);
    await vi.waitFor(() => expect(host.server.pids).toEqual([]), SLOW);
    await attachment.detach();

    const { kept, records } = readOperations(host.configuration.folder);
    for (const { slices } of kept.filter(({ end }) => end === 'ended'))
      expect(
        slices.filter((_, index) => index % 2 === 1).reduce((sum, time) => sum + time, 0),
      ).toBeGreaterThan(2900);
    expect(records.filter(({ type }) => type === 'problem')).toEqual([]);
    await vi.waitFor(async () => expect(await hooksOf(program as Program)).toEqual(before), SLOW);
    program.end();
    expect(await program.exited).toEqual([0, null]);
  });
});

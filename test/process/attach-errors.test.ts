import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { attachTo } from '../../src/collect/attach/attach.ts';
import { takesConnections } from '../../src/collect/attach/watch.ts';
import { AGENT_VARIABLE } from '../../src/contracts/agent.ts';
import { temporaryFolders } from './cli.ts';
import { bundle, freePort, Program, startHost, type Host } from './attach-world.ts';
import { NODES } from './node-matrix.ts';

const STAYS = 'const timer = setInterval(() => {}, 1000); ending.push(() => clearInterval(timer));';
const NEWEST = NODES.at(-1)?.binary ?? '';
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

const temporaryFolder = temporaryFolders();
let agent = '';
let host: Host;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  agent = await bundle('src/agent/entry.ts', 'cjs', 'node12');
});
beforeEach(async () => {
  host = await startHost(agent);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await host.dispose();
});

async function start(options: readonly string[], code = STAYS, binary = NEWEST): Promise<Program> {
  const program = await Program.start(binary, options, code);
  cleanups.push(() => program.kill());
  return program;
}

function spawned(file: string, args: readonly string[]): Program {
  const program = Program.spawn(file, args);
  cleanups.push(() => program.kill());
  return program;
}

/** The code of the error that attaching ends with; its message and advice have no gaps. */
async function refusal(target: string | number, configuration = host.configuration): Promise<string> {
  const error: unknown = await attachTo(String(target), configuration).then(
    attachment => attachment.detach(),
    (thrown: unknown) => thrown,
  );
  const { code, message, advice } = error as { code: string; message: string; advice: string };
  expect(`${message} ${advice}`).not.toMatch(/[{}]|undefined/);
  return `${code}: ${message}`;
}

async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as net.AddressInfo).port;
}

const answering = (answers: Readonly<Record<string, unknown>>): http.Server =>
  http.createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? 'no'));
  });

describe('a process that cannot be attached to', () => {
  test('is not there', async () => {
    const ended = spawned('true', []);
    await ended.exited;
    expect(await refusal(ended.pid)).toMatch(/^attach-no-process/);
    expect(await refusal(2 ** 31)).toMatch(/^attach-no-process/);
  });

  test('is not Node, whether it catches signals or not, and is left alone', async () => {
    const sleep = spawned('sleep', ['60']);
    const shell = spawned('sh', ['-c', 'trap "echo hit" USR1; echo ready; while :; do sleep 0.1; done']);
    await vi.waitFor(() => expect(shell.stdout).toContain('ready'));
    expect(await refusal(sleep.pid)).toMatch(/^attach-not-node: Process \d+ is not Node.js but sleep/);
    expect(await refusal(shell.pid)).toMatch(/^attach-not-node/);
    expect([sleep.running, shell.running, shell.stdout]).toEqual([true, true, 'ready\n']);
  });

  test('has its inspector port taken by another process, which the message names', async () => {
    const other = await start(['--inspect=127.0.0.1:0'], STAYS);
    const { port } = new URL(other.inspectorUrl ?? '');
    const program = await start([`--inspect-port=${port}`]);
    expect(await refusal(program.pid)).toMatch(
      new RegExp(`^attach-port-taken: .* port ${port} belongs to process ${other.pid}`),
    );
    expect(program.stderr).toBe('');
  });

  test('waits for a debugger to begin', async () => {
    const program = spawned(NEWEST, ['--inspect-brk=127.0.0.1:0', '-e', '0']);
    await vi.waitFor(() => expect(program.inspectorUrl).toBeDefined());
    expect(await refusal(program.pid)).toMatch(/^attach-waiting/);
  });

  test("is under Node's permission model", async () => {
    for (const { binary, major } of NODES) {
      const flag = major < 24 ? '--experimental-permission' : '--permission';
      const program = spawned(binary, [flag, '-e', 'setInterval(() => {}, 1000); console.log("ready")']);
      await vi.waitFor(() => expect(program.stdout).toContain('ready'));
      expect(await refusal(program.pid)).toMatch(/^permission-model/);
    }
  });

  test('only starts the program', async () => {
    const folder = path.join(temporaryFolder(), 'nodemon', 'bin');
    mkdirSync(folder, { recursive: true });
    const script = path.join(folder, 'nodemon.js');
    writeFileSync(script, 'setInterval(() => {}, 1000); console.log("ready")');
    const port = await freePort();
    const program = spawned(NEWEST, [`--inspect-port=${port}`, script]);
    await vi.waitFor(() => expect(program.stdout).toContain('ready'));
    expect(await refusal(program.pid)).toMatch(/^attach-wrapper: Process \d+ \(.*nodemon.js\)/);
    expect(await takesConnections({ host: '127.0.0.1', port })).toBe(false);
  });

  test('is being recorded already; that recording goes on', async () => {
    const program = await start([`--inspect-port=${await freePort()}`]);
    const attachment = await attachTo(String(program.pid), host.configuration);
    await vi.waitFor(() => expect(host.server.pids).toEqual([program.pid]), 10_000);
    expect(await refusal(program.pid)).toMatch(/^attach-active/);
    expect(host.server.pids).toEqual([program.pid]);
    await host.server.stopAgents(5000);
    await attachment.detach();
  });

  test('cannot read the agent or write the recording', async () => {
    const program = await start([`--inspect-port=${await freePort()}`]);
    const before = await program.state();
    const missing = { ...host.configuration, agent: '/nowhere/agent.cjs' };
    expect(await refusal(program.pid, missing)).toMatch(/^attach-files: .*\/nowhere\/agent.cjs \(ENOENT\)/);
    const nowhere = { ...host.configuration, folder: '/nowhere/recording' };
    expect(await refusal(program.pid, nowhere)).toMatch(/^attach-files/);
    const silent = { ...host.configuration, socket: '/nowhere/socket' };
    expect(await refusal(program.pid, silent)).toMatch(/^attach-files/);
    expect(await program.state()).toEqual(before);
  });

  test('has a broken agent to load', async () => {
    const broken = path.join(temporaryFolder(), 'agent.cjs');
    writeFileSync(broken, 'throw new Error("broken bundle")');
    const program = await start([`--inspect-port=${await freePort()}`]);
    const before = await program.state();
    const configuration = { ...host.configuration, agent: broken };
    expect(await refusal(program.pid, configuration)).toMatch(/^agent-failed: .*broken bundle/);
    expect(await program.state()).toEqual(before);
  });

  test.each(NODES)('ends as soon as its inspector opens (Node $major)', async ({ binary }) => {
    const code = `const timer = setInterval(() => require('node:inspector').url() && process.exit(7), 1)`;
    const program = await start([`--inspect-port=${await freePort()}`], code, binary);
    expect(await refusal(program.pid)).toMatch(/^attach-(target-gone|no-process|port-closed)/);
    expect(await program.exited).toEqual([7, null]);
  });

  test('is in a native call, handles SIGUSR1 itself, or does not take it', { timeout: 60_000 }, async () => {
    const native = `setImmediate(() => require('node:child_process').spawnSync('sleep', ['40']))`;
    const own = `${STAYS} process.on('SIGUSR1', () => {})`;
    const [blocked, open, handles, ignores] = await Promise.all([
      start([`--inspect-port=${await freePort()}`], native),
      start(['--inspect=127.0.0.1:0'], native),
      start([`--inspect-port=${await freePort()}`], own),
      start(['--disable-sigusr1']),
    ]);
    const refusals = await Promise.all([blocked, open, handles, ignores].map(({ pid }) => refusal(pid)));
    expect(refusals).toEqual([
      expect.stringMatching(/^attach-no-inspector/),
      expect.stringMatching(/^attach-no-answer/),
      expect.stringMatching(/^attach-no-inspector/),
      expect.stringMatching(/^attach-no-signal/),
    ]);
    expect([blocked, open, handles, ignores].map(({ running }) => running)).toEqual([true, true, true, true]);
  });

  test.skipIf(isRoot)("is another user's", async () => {
    expect(await refusal(1)).toMatch(/^attach-not-permitted/);
  });

  test.runIf(isRoot)("is root's, and we are not", async () => {
    const program = await start([`--inspect-port=${await freePort()}`]);
    const module = await bundle('src/collect/attach/attach.ts', 'esm', 'node20');
    const code = `
      const { attachTo } = await import(${JSON.stringify(module)});
      await attachTo(${JSON.stringify(String(program.pid))}, {}).catch(error => console.log(error.code));
    `;
    const options = { uid: NOBODY, gid: NOBODY, cwd: '/' };
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], options);
    const [output] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    expect(output.trim()).toBe('attach-not-permitted');
    expect(program.stderr).toBe('');
  });

  test.runIf(isRoot)("is another user's, who may not write the recording of root", async () => {
    const port = await freePort();
    const options = { uid: NOBODY, gid: NOBODY, cwd: '/' };
    const program = await Program.start(NEWEST, [`--inspect-port=${port}`], STAYS, options);
    cleanups.push(() => program.kill());
    chmodSync(path.dirname(agent), 0o755);
    expect(await refusal(program.pid)).toMatch(/^attach-files: .* \(EACCES\)/);
    expect(await takesConnections({ host: '127.0.0.1', port })).toBe(false);
  });
});

describe('an address that cannot be attached to', () => {
  test('names nothing', async () => {
    for (const target of ['', 'app.js', '0', '-1', 'host:', 'host:99999', 'wss://x:1/a', 'ws://h:0/a'])
      expect(await refusal(target)).toMatch(/^attach-target/);
  });

  test('is closed, or of an unknown host', async () => {
    expect(await refusal(`127.0.0.1:${await freePort()}`)).toMatch(/^attach-port-closed: .*ECONNREFUSED/);
    expect(await refusal(`ws://127.0.0.1:${await freePort()}/id`)).toMatch(/^attach-port-closed/);
    expect(await refusal('no-such-host.invalid:9229')).toMatch(/^attach-port-closed/);
  });

  test('is a web server', async () => {
    const port = await listening(answering({ '/': 'hello' }));
    expect(await refusal(`localhost:${port}`)).toMatch(/^attach-not-inspector: .*answers something else/);
    expect(await refusal(`ws://127.0.0.1:${port}/id`)).toMatch(/^attach-no-session/);
  });

  test('takes connections and never answers, or answers no HTTP', async () => {
    const silent = await listening(net.createServer());
    const gibberish = await listening(net.createServer(socket => socket.end('SSH-2.0-x\r\n')));
    expect(await refusal(`127.0.0.1:${silent}`)).toMatch(
      /^attach-not-inspector: .*did not answer within 2 s/,
    );
    expect(await refusal(`127.0.0.1:${gibberish}`)).toMatch(/^attach-not-inspector/);
  });

  test('is another inspector', async () => {
    const port = await listening(answering({ '/json/version': { Browser: 'Chrome/156\u001B[31m' } }));
    expect(await refusal(`127.0.0.1:${port}`)).toMatch(
      /^attach-not-inspector: .*it says "Chrome\/156\?\[31m"/,
    );
  });

  test('says that it is Node, and is not', async () => {
    const version = { '/json/version': { Browser: 'node.js/v24.0.0' } };
    expect(await refusal(`127.0.0.1:${await listening(answering(version))}`)).toMatch(
      /^attach-not-inspector/,
    );
    const answers: Record<string, unknown> = { ...version };
    const server = answering(answers);
    const port = await listening(server);
    answers['/json/list'] = [{ webSocketDebuggerUrl: 'ws://elsewhere.invalid:1/page' }];
    const sockets = new WebSocketServer({ server, path: '/page' });
    cleanups.push(() => sockets.close());
    sockets.once('connection', socket => socket.on('message', () => socket.close()));
    expect(await refusal(`127.0.0.1:${port}`)).toMatch(/^attach-target-gone/);
    sockets.once('connection', socket =>
      socket.on('message', (data: Buffer) => {
        const { id } = JSON.parse(data.toString()) as { id: number };
        socket.send(JSON.stringify({ id, result: { result: { value: null } } }));
      }),
    );
    expect(await refusal(`127.0.0.1:${port}`)).toMatch(/^attach-not-inspector: .*no Node.js behind it/);
  });

  test('answers what no Node answers, with signs that act on a terminal', async () => {
    const answers: Record<string, unknown> = {
      '/json/version': { Browser: 'node.js/v24.0.0' },
      '/json/list': [{ webSocketDebuggerUrl: 'ws://127.0.0.1:1/page' }],
    };
    const server = answering(answers);
    const port = await listening(server);
    const sockets = new WebSocketServer({ server, path: '/page' });
    cleanups.push(() => sockets.close());
    const answered = (message: (id: number) => unknown): Promise<string> => {
      sockets.once('connection', socket =>
        socket.on('message', (data: Buffer) => {
          const { id } = JSON.parse(data.toString()) as { id: number };
          const text = message(id);
          socket.send(typeof text === 'string' ? text : JSON.stringify(text));
        }),
      );
      return refusal(`127.0.0.1:${port}`);
    };
    const thrown = {
      exceptionDetails: { text: 'Uncaught', exception: { description: 'Error: no\n  at x' } },
    };
    expect(await answered(id => ({ id, result: thrown }))).toMatch(/^attach-answer: .*asked: Error: no\.$/);
    expect(await answered(id => ({ id, error: { message: 'not here' } }))).toMatch(
      /^attach-answer: .*not here/,
    );
    expect(await answered(id => ({ id }))).toMatch(/^attach-answer: .*answered nothing/);
    expect(await answered(() => 'no JSON')).toMatch(/^attach-answer: .*no message of an inspector/);
    expect(await answered(() => 'null')).toMatch(/^attach-answer/);
    const value = { version: 7, pid: 'x' };
    expect(await answered(id => ({ id, result: { result: { value } } }))).toMatch(/^attach-not-inspector/);
  });

  test('has no such session', async () => {
    const program = await start(['--inspect=127.0.0.1:0']);
    const { host: address } = new URL(program.inspectorUrl ?? '');
    expect(await refusal(`ws://${address}/11111111-2222`)).toMatch(/^attach-no-session/);
  });
});

describe('programs that are attached to all the same', () => {
  test('share one inspector port, one after the other', async () => {
    const port = await freePort();
    const programs = [await start([`--inspect-port=${port}`]), await start([`--inspect-port=${port}`])];
    const attachments = [];
    for (const { pid } of programs) attachments.push(await attachTo(String(pid), host.configuration));
    const pids = programs.map(({ pid }) => pid);
    await vi.waitFor(() => expect(new Set(host.server.pids)).toEqual(new Set(pids)), 10_000);
    await host.server.stopAgents(5000);
    for (const attachment of attachments) await attachment.detach();
  });

  test('were launched by a recording that is over, and keep its variables', async () => {
    const stale = JSON.stringify({ ...host.configuration, socket: '/nowhere/socket' });
    const env = { ...process.env, [AGENT_VARIABLE]: stale };
    const program = await Program.start(NEWEST, [`--inspect-port=${await freePort()}`], STAYS, { env });
    cleanups.push(() => program.kill());
    const before = await program.state();
    const attachment = await attachTo(String(program.pid), host.configuration);
    await vi.waitFor(() => expect(host.server.pids).toEqual([program.pid]), 10_000);
    expect((await program.state()).env).toEqual(before.env);
    await host.server.stopAgents(5000);
    await attachment.detach();
    await vi.waitFor(async () => expect(await program.state()).toEqual(before), 10_000);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachTo, type Attachment } from '../../src/collect/attach/attach.ts';
import { InspectorSession } from '../../src/collect/attach/inspector-session.ts';
import { takesConnections } from '../../src/collect/attach/watch.ts';
import { bundle, freePort, Program, startHost, type Host } from './attach-world.ts';
import { NODES } from './node-matrix.ts';

/**
 * Works for 5 of 20 ms until its timer is cleared. V8 inlines no generators, and without a loop of its own the function
 * is never replaced while it runs: its name stays in profiles that begin late.
 */
const busy = (name: string): string => `
  function* ${name}() { let x = 1; ${'x = (x * 31 + 7) % 1009; '.repeat(200)} yield x; }
  const timer = setInterval(() => { const start = Date.now(); while (Date.now() - start < 5) ${name}().next(); }, 20);
`;

const NESTED = `
  ${busy('hotNested')}
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', () => clearInterval(timer));
  parentPort.postMessage('runs');
`;
const WORKER = `
  const { Worker, parentPort } = require('node:worker_threads');
  ${busy('hotWorker')}
  const nested = new Worker(${JSON.stringify(NESTED)}, { eval: true });
  parentPort.once('message', () => { clearInterval(timer); nested.postMessage('end'); });
  nested.once('message', () => parentPort.postMessage('runs'));
`;
/** Worker threads, one inside the other, module hooks (a thread of Node's own), and a server on loopback; all run. */
const MAIN = `
  const { Worker } = require('node:worker_threads');
  require('node:module').register('data:text/javascript,export async function resolve(s, c, n) { return n(s, c); }');
  const server = require('node:http').createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  const worker = new Worker(${JSON.stringify(WORKER)}, { eval: true, name: 'reports' });
  ${busy('hotMain')}
  ready = new Promise(resolve => worker.once('message', resolve));
  ending.push(() => { clearInterval(timer); server.close(); worker.postMessage('end'); });
`;
const SLOW = { timeout: 20_000, interval: 50 };

let agent = '';
let host: Host;
const programs: Program[] = [];

beforeAll(async () => {
  agent = await bundle('src/agent/entry.ts', 'cjs', 'node12');
});
beforeEach(async () => {
  host = await startHost(agent);
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
  await host.dispose();
});
afterAll(() => vi.restoreAllMocks());

async function start(binary: string, options: readonly string[], code: string): Promise<Program> {
  const program = await Program.start(binary, options, code);
  programs.push(program);
  return program;
}

async function detach(attachment: Attachment): Promise<void> {
  await host.server.stopAgents(5000);
  await vi.waitFor(() => expect(host.server.pids).toEqual([]), SLOW);
  await attachment.detach();
}

describe.each(NODES)('attaching to Node $major', ({ binary, version }) => {
  test('samples every thread of a process, and leaves it as it was, twice', async () => {
    const port = await freePort();
    const program = await start(binary, [`--inspect-port=${port}`], MAIN);
    const before = await program.state();

    for (const round of [1, 2]) {
      const attachment = await attachTo(String(program.pid), host.configuration);
      expect(attachment).toMatchObject({ pid: program.pid, nodeVersion: version });
      expect(attachment.title).toContain(`node --inspect-port=${port} -e`);
      const [listening, ...others] = attachment.notes;
      expect(listening).toContain('Debugger listening');
      // On a busy machine the inspector may close a little later.
      expect(others.filter(note => !note.includes('closes as soon as'))).toEqual([]);
      await vi.waitFor(
        async () => expect(await takesConnections({ host: '127.0.0.1', port })).toBe(false),
        SLOW,
      );

      await vi.waitFor(() => {
        const functions = Object.values(host.sampled(program.pid)).flat();
        expect(functions.filter(name => name.startsWith('hot')).sort()).toEqual(
          Array.from({ length: round }, () => ['hotMain', 'hotNested', 'hotWorker'])
            .flat()
            .sort(),
        );
      }, SLOW);
      await detach(attachment);
      await vi.waitFor(async () => expect(await program.state()).toEqual(before), SLOW);
    }

    program.end();
    expect(await program.exited).toEqual([0, null]);
    expect(program.stderr).not.toContain('Waiting for the debugger');
  });

  test("attaches by an inspector's address beside a debugger, and disturbs neither", async () => {
    const program = await start(binary, ['--inspect=127.0.0.1:0'], busy('hotMain'));
    const url = new URL(program.inspectorUrl ?? '');
    const address = { host: '127.0.0.1', port: Number(url.port) };
    const debuggerSession = await InspectorSession.open(address, url.pathname);
    const ask = (method: string): Promise<unknown> => debuggerSession.send(method, {}, 5000);
    await ask('Debugger.enable');
    await ask('Profiler.enable');
    await ask('Profiler.start');

    for (const target of [`localhost:${url.port}`, url.href, String(program.pid)]) {
      const attachment = await attachTo(target, host.configuration);
      expect(attachment.notes).toEqual([expect.stringContaining('open already')]);
      await vi.waitFor(() => expect(host.server.pids).toEqual([program.pid]), SLOW);
      await detach(attachment);
    }

    const { profile } = (await ask('Profiler.stop')) as {
      profile: { nodes: { callFrame: { functionName: string } }[] };
    };
    expect(profile.nodes.map(node => node.callFrame.functionName)).toContain('hotMain');
    expect(await debuggerSession.evaluate('1 + 1', 5000)).toBe(2);
    await debuggerSession.close();
  });

  test('attaches while the main thread is in a long synchronous loop or sleeps in Atomics.wait', async () => {
    const loop = `
      ${busy('hotLoop')}
      setImmediate(() => { const start = Date.now(); while (Date.now() - start < 20000) hotLoop().next(); });
    `;
    const sleep = 'setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20000))';
    for (const [code, expected] of [
      [loop, 'hotLoop'],
      [sleep, ''],
    ] as const) {
      const program = await start(binary, [`--inspect-port=${await freePort()}`], code);
      const attachment = await attachTo(String(program.pid), host.configuration);
      expect(attachment.notes.join(' ')).toContain('as soon as the program is free');
      await vi.waitFor(() => expect(host.sampled(program.pid)['t0']?.join(' ')).toContain(expected), SLOW);
      await detach(attachment);
      expect(program.running).toBe(true);
      await program.kill();
    }
  });

  test('notices the end of the program, which nothing of ours delays', async () => {
    const program = await start(binary, [`--inspect-port=${await freePort()}`], MAIN);
    const attachment = await attachTo(String(program.pid), host.configuration);
    await vi.waitFor(() => expect(host.sampled(program.pid)['t0']).toContain('hotMain'), SLOW);
    program.end();
    expect(await program.exited).toEqual([0, null]);
    await attachment.closed;
    expect(program.stderr).not.toContain('Waiting for the debugger');
  });
});

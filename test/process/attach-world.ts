/** What the attach tests need around them: programs to attach to, and a host as the recorder sets it up. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { build } from 'esbuild';
import { AgentServer } from '../../src/collect/agent-server.ts';
import { AGENT_PROTOCOL_VERSION, type AgentConfiguration } from '../../src/contracts/agent.ts';
import type { OperationsConfiguration } from '../../src/contracts/operation-kinds.ts';
import { SEGMENT_FILE_PATTERN, SOURCES_FOLDER } from '../../src/contracts/recording-files.ts';
import { microseconds } from '../../src/contracts/units.ts';
import { ROOT, temporaryFolders } from './cli.ts';

const temporaryFolder = temporaryFolders();

/** A host that waits for agents, as the recorder is one. */
export interface Host {
  readonly server: AgentServer;
  readonly configuration: AgentConfiguration;
  /** Names of the functions that have samples, per thread folder (`t0` is the main thread). */
  sampled(pid: number): Record<string, string[]>;
  dispose(): Promise<void>;
}

/** Builds a bundle as it ships; answers its path, in a folder that every user may read. */
export async function bundle(entry: string, format: 'cjs' | 'esm', target: string): Promise<string> {
  const folder = temporaryFolder('bundle-');
  chmodSync(folder, 0o755);
  const outfile = path.join(folder, format === 'cjs' ? 'agent.cjs' : 'attach.mjs');
  const banner = `import{createRequire as r}from'node:module';const require=r(import.meta.url);`;
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    target,
    banner: format === 'esm' ? { js: banner } : {},
    logLevel: 'warning',
  });
  return outfile;
}

export async function startHost(agent: string, operations?: OperationsConfiguration): Promise<Host> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-recording-'));
  mkdirSync(path.join(folder, SOURCES_FOLDER));
  const server = new AgentServer();
  await server.listen();
  const configuration: AgentConfiguration = {
    version: AGENT_PROTOCOL_VERSION,
    agent,
    socket: server.path,
    token: server.token,
    folder,
    intervalMicroseconds: microseconds(1000),
    ...(operations ? { operations } : {}),
  };
  return {
    server,
    configuration,
    sampled: pid => sampledFunctions(folder, pid),
    dispose: async () => {
      await server.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface SegmentNode {
  readonly hitCount?: number;
  readonly callFrame: { readonly functionName: string };
}

function sampledFunctions(folder: string, pid: number): Record<string, string[]> {
  const threads = readdirSync(folder).filter(name => name.startsWith(`p${pid}-`));
  return Object.fromEntries(
    threads.map(thread => {
      const names = readdirSync(path.join(folder, thread)).filter(name => SEGMENT_FILE_PATTERN.test(name));
      const nodes = names.flatMap(name => {
        const text = zlib.gunzipSync(readFileSync(path.join(folder, thread, name))).toString('utf8');
        return (JSON.parse(text) as { nodes: SegmentNode[] }).nodes;
      });
      const hit = nodes.filter(node => (node.hitCount ?? 0) > 0).map(node => node.callFrame.functionName);
      return [thread.replace(`p${pid}-`, ''), [...new Set(hit)]];
    }),
  );
}

/** What a program says about itself on request; the same before and after a recording. */
export interface ProgramState {
  readonly env: Record<string, string>;
  readonly globals: readonly string[];
  readonly exitListeners: number;
  readonly inspector: string;
  readonly loaded: readonly string[];
  readonly resources: readonly string[];
}

/** Says when it is `ready`; answers `state`; on `end` it stops what keeps it alive (`ending`) and is expected to exit by itself. */
const ANSWERING = `
  const ending = [];
  let ready = Promise.resolve();
  process.on('message', question => {
    if (question === 'state') process.send({
      env: { ...process.env },
      globals: Object.getOwnPropertySymbols(globalThis).map(String),
      exitListeners: process.listenerCount('exit'),
      inspector: String(require('node:inspector').url()),
      loaded: Object.keys(require.cache),
      resources: process.getActiveResourcesInfo().filter(name => !/Timeout|Immediate/.test(name)).sort(),
    });
    else if (question === 'end') { for (const end of ending) end(); process.disconnect(); }
  });
`;

export class Program {
  stdout = '';
  stderr = '';
  readonly exited: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;

  private constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  /** Starts `code`, which can push functions to `ending` and set `ready`; resolves once it has run, and is ready. */
  static async start(
    binary: string,
    options: readonly string[],
    code: string,
    spawnOptions: SpawnOptions = {},
  ): Promise<Program> {
    const program = Program.spawn(
      binary,
      [...options, '-e', `${ANSWERING}${code};ready.then(() => process.send('ready'))`],
      {
        ...spawnOptions,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    await once(program.child, 'message');
    return program;
  }

  static spawn(file: string, args: readonly string[], options: SpawnOptions = {}): Program {
    return new Program(spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async state(): Promise<ProgramState> {
    const answer = once(this.child, 'message');
    this.child.send('state');
    const [state] = (await answer) as [ProgramState];
    return state;
  }

  end(): void {
    this.child.send('end');
  }

  async kill(): Promise<void> {
    if (!this.running) return;
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** The address that Node printed, once it has. */
  get inspectorUrl(): string | undefined {
    return /ws:\/\/\S+/.exec(this.stderr)?.[0];
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

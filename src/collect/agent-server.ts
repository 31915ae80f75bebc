/**
 * The host's end of the line to the agents: a Unix socket in a private folder (a named pipe on Windows) that only
 * talks to who opens with the token.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { AgentMessage, AgentProblem, HeapAnswer, Hello, HostMessage } from '../contracts/agent.ts';

/** A first line longer than this is not one of ours. */
const LONGEST_LINE = 64 * 1024;

interface Events {
  hello: [Hello];
  problem: [AgentProblem];
  /** The agent of this process has closed its recording, or the process is gone. */
  gone: [pid: number];
}

export class AgentServer extends EventEmitter<Events> {
  readonly token = randomBytes(24).toString('hex');
  private readonly server = net.createServer(socket => this.accept(socket));
  private readonly sockets = new Set<net.Socket>();
  private readonly agents = new Map<net.Socket, Hello>();
  private readonly heapRequests = new Map<
    number,
    { readonly pid: number; readonly resolve: (answer: HeapAnswer | undefined) => void }
  >();
  private lastRequest = 0;
  private folder: string | undefined;
  private address = '';

  /** Path for the agents to connect to: short, since Unix socket paths hold about 100 bytes. */
  get path(): string {
    return this.address;
  }

  /** Process ids of the connected agents. */
  get pids(): readonly number[] {
    return [...this.agents.values()].map(hello => hello.pid);
  }

  async listen(): Promise<void> {
    this.address = await this.chooseAddress();
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.address, resolve);
    });
  }

  /** Asks every agent to end its recording; resolves when all are gone, at the latest after the timeout. */
  async stopAgents(timeoutMilliseconds: number): Promise<void> {
    this.broadcast({ type: 'stop' });
    await this.allGone(timeoutMilliseconds);
  }

  /** Resolves to whether all agents were gone in time. */
  async allGone(timeoutMilliseconds: number): Promise<boolean> {
    if (this.agents.size === 0) return true;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMilliseconds);
    const gone = new Promise<void>(resolve => {
      this.on('gone', () => this.agents.size === 0 && resolve());
      timeout.signal.addEventListener('abort', () => resolve());
    });
    await gone;
    clearTimeout(timer);
    return this.agents.size === 0;
  }

  async dispose(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    if (this.folder) await fs.rm(this.folder, { recursive: true, force: true });
  }

  private async chooseAddress(): Promise<string> {
    if (process.platform === 'win32') return `\\\\.\\pipe\\slowcatch-${randomBytes(8).toString('hex')}`;
    this.folder = await fs.mkdtemp(path.join(os.tmpdir(), 'slowcatch-'));
    return path.join(this.folder, 's');
  }

  /** Asks one agent about its heap; without an answer when it is gone. */
  async askHeap(pid: number, file?: string): Promise<HeapAnswer | undefined> {
    const [socket] = [...this.agents].find(([, hello]) => hello.pid === pid) ?? [];
    if (!socket) return undefined;
    const request = ++this.lastRequest;
    const answered = new Promise<HeapAnswer | undefined>(resolve => {
      this.heapRequests.set(request, { pid, resolve });
    });
    write(socket, { type: 'heap', request, ...(file === undefined ? {} : { file }) });
    return answered;
  }

  private broadcast(message: HostMessage): void {
    for (const socket of this.agents.keys()) write(socket, message);
  }

  private accept(socket: net.Socket): void {
    let rest = '';
    this.sockets.add(socket);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.take(socket, line);
      if (rest.length > LONGEST_LINE) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.forget(socket);
    });
  }

  private take(socket: net.Socket, line: string): void {
    const message = parse(line);
    if (message?.type === 'hello' && this.isOurs(message)) {
      this.agents.set(socket, message);
      this.emit('hello', message);
    } else if (!message || !this.agents.has(socket)) socket.destroy();
    else if (message.type === 'problem') this.emit('problem', message);
    else if (message.type === 'heap') this.answer(message);
    else if (message.type === 'stopped') this.forget(socket);
  }

  private answer(message: HeapAnswer): void {
    this.heapRequests.get(message.request)?.resolve(message);
    this.heapRequests.delete(message.request);
  }

  private isOurs(hello: Hello): boolean {
    const given = Buffer.from(String(hello.token));
    const expected = Buffer.from(this.token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private forget(socket: net.Socket): void {
    const hello = this.agents.get(socket);
    if (!hello) return;
    this.agents.delete(socket);
    for (const [request, { pid, resolve }] of this.heapRequests) {
      if (pid !== hello.pid) continue;
      this.heapRequests.delete(request);
      resolve(undefined);
    }
    this.emit('gone', hello.pid);
  }
}

const write = (socket: net.Socket, message: HostMessage): void => {
  socket.write(JSON.stringify(message) + '\n');
};

function parse(line: string): AgentMessage | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null && 'type' in message
      ? (message as AgentMessage)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

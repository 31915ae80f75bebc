import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import type { AgentMessage, HostMessage } from '../../contracts/agent.ts';

/** The collector's line to the host. Ends for good at the first error: a host that is gone does not come back. */
export class HostLink {
  private readonly socket: net.Socket;
  private rest = '';

  constructor(path: string, on: { message: (message: HostMessage) => void; gone: () => void }) {
    this.socket = connect(path);
    this.socket.setEncoding('utf8');
    this.socket.on('data', (text: string) => this.take(text, on.message));
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', on.gone);
  }

  send(message: AgentMessage): void {
    if (this.socket.writable) this.socket.write(JSON.stringify(message) + '\n');
  }

  /** Resolves when everything sent has been handed to the system. */
  end(): Promise<void> {
    return new Promise(resolve => {
      if (this.socket.destroyed) resolve();
      else this.socket.once('close', () => resolve()).end();
    });
  }

  private take(text: string, on: (message: HostMessage) => void): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) if (line) on(JSON.parse(line) as HostMessage);
  }
}

const STDERR = 2;

/**
 * A program may have closed its standard streams by now. A socket must not get one of their numbers: libuv ends the
 * process when it is closed, and what the program still prints would go into it.
 */
function connect(path: string): net.Socket {
  const taken: number[] = [];
  do taken.push(fs.openSync(os.devNull, 'r'));
  while ((taken.at(-1) ?? 0) < STDERR);
  try {
    return net.connect(path);
  } finally {
    for (const descriptor of taken) fs.closeSync(descriptor);
  }
}

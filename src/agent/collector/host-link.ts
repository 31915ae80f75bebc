import net from 'node:net';
import type { AgentMessage, HostMessage } from '../../contracts/agent.ts';

/** The collector's line to the host. Ends for good at the first error: a host that is gone does not come back. */
export class HostLink {
  private readonly socket: net.Socket;
  private rest = '';

  constructor(path: string, on: { message: (message: HostMessage) => void; gone: () => void }) {
    this.socket = net.connect(path);
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

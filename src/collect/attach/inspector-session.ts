/** A session with an inspector, over its web socket. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { UserError } from '../../contracts/user-error.ts';
import { CdpChannel } from './cdp-channel.ts';
import { formatAddress, type InspectorAddress } from './target.ts';

const OPEN_TIMEOUT_MILLISECONDS = 3000;
const CLOSE_TIMEOUT_MILLISECONDS = 1000;
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;

export class InspectorSession extends CdpChannel {
  private readonly closed: Promise<void>;

  private constructor(private readonly socket: WebSocket) {
    super(message => socket.send(message));
    this.closed = new Promise(resolve => socket.once('close', () => resolve()));
    const gone = (cause?: unknown): void => this.break(new UserError('attach-target-gone', {}, cause));
    socket.on('message', data => this.take((data as Buffer).toString('utf8')));
    socket.on('close', () => gone());
    socket.on('error', gone);
    // A Node that ends waits for its sessions; this one must not keep it.
    this.on('NodeRuntime.waitingForDisconnect', () => {
      gone();
      socket.close();
    });
    this.post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
  }

  /** Throws `attach-no-session`, `attach-port-closed`, `attach-not-inspector`. */
  static async open(address: InspectorAddress, path: string): Promise<InspectorSession> {
    const socket = new WebSocket(`ws://${formatAddress(address)}${path}`, {
      perMessageDeflate: false,
      handshakeTimeout: OPEN_TIMEOUT_MILLISECONDS,
      maxPayload: LARGEST_MESSAGE_BYTES,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.on('error', error => reject(openError(address, path, error)));
    });
    return new InspectorSession(socket);
  }

  /** Whether the other side has closed the session within this time. */
  async closedByOther(timeoutMilliseconds: number): Promise<boolean> {
    const timer = new AbortController();
    const timeout = sleep(timeoutMilliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([this.closed, timeout]);
    timer.abort();
    return this.socket.readyState === WebSocket.CLOSED;
  }

  /** Resolves when the socket is closed; one whose other side does not answer is cut. */
  async close(): Promise<void> {
    this.socket.close();
    if (!(await this.closedByOther(CLOSE_TIMEOUT_MILLISECONDS))) this.socket.terminate();
    await this.closed;
  }
}

/** Node's inspector answers 400 to a session id that it does not have. */
function openError(address: InspectorAddress, path: string, error: Error): UserError {
  const where = formatAddress(address);
  if (/\b40[04]\b/.test(error.message))
    return new UserError('attach-no-session', { address: where, path }, error);
  const { code } = error as NodeJS.ErrnoException;
  if (code) return new UserError('attach-port-closed', { address: where, reason: code }, error);
  return new UserError('attach-not-inspector', { address: where, reason: error.message }, error);
}

/** A session with an inspector, over its web socket. */
import { WebSocket } from 'ws';
import { UserError } from '../../contracts/user-error.ts';
import { CdpChannel } from './cdp-channel.ts';
import { formatAddress, type InspectorAddress } from './target.ts';

const OPEN_TIMEOUT_MILLISECONDS = 3000;
const CLOSE_TIMEOUT_MILLISECONDS = 1000;
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;

export class InspectorSession extends CdpChannel {
  private constructor(private readonly socket: WebSocket) {
    super(message => socket.send(message));
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

  /** Resolves when the socket is closed; one whose other side does not answer is cut. */
  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const timer = setTimeout(() => this.socket.terminate(), CLOSE_TIMEOUT_MILLISECONDS);
    await new Promise<void>(resolve => {
      this.socket.once('close', () => resolve());
      this.socket.close();
    });
    clearTimeout(timer);
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

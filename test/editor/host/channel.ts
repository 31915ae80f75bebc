/**
 * Requests both ways over one socket, one JSON document per line: between a suite in the extension host and
 * the test that drives it and its page from outside.
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import readline from 'node:readline';

export type Handler = (...parameters: readonly string[]) => Promise<unknown>;

type Message =
  | { readonly id: number; readonly method: string; readonly parameters: readonly string[] }
  | { readonly id: number; readonly value?: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly stack: string } };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Channel {
  /** Resolves when the other end has gone. */
  readonly closed: Promise<unknown>;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;

  constructor(
    readonly socket: Socket,
    readonly handlers: Readonly<Record<string, Handler>>,
  ) {
    this.closed = once(socket, 'close');
    socket.on('close', () => this.#rejectAll());
    // Whoever waits for an answer hears of it by 'close', which follows.
    socket.on('error', () => socket.destroy());
    readline
      .createInterface({ input: socket })
      .on('line', line => this.#receive(JSON.parse(line) as Message));
  }

  /** Rejects with the error of the other end, its stack included, or when that end goes away. */
  async request(method: string, ...parameters: readonly string[]): Promise<unknown> {
    if (this.socket.destroyed) throw gone();
    const id = ++this.#requests;
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, parameters });
    });
  }

  #receive(message: Message): void {
    if ('method' in message) {
      void this.#answer(message.id, message.method, message.parameters);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(Object.assign(new Error(message.error.message), message.error));
    else waiting?.resolve(message.value);
  }

  async #answer(id: number, method: string, parameters: readonly string[]): Promise<void> {
    try {
      const handler = this.handlers[method];
      if (!handler) throw new Error(`nobody answers to "${method}"`);
      this.#send({ id, value: await handler(...parameters) });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      this.#send({ id, error: { message, stack: stack ?? message } });
    }
  }

  #send(message: Message): void {
    if (!this.socket.destroyed) this.socket.write(`${JSON.stringify(message)}\n`);
  }

  #rejectAll(): void {
    for (const { reject } of this.#waiting.values()) reject(gone());
    this.#waiting.clear();
  }
}

const gone = (): Error => new Error('the other end of the channel has gone');

import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from './mixture.ts';

const START_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 15_000;

/** Keeps its connections, and the session of the last login. */
export class ShopClient {
  readonly #agent = new http.Agent({ keepAlive: true });
  readonly #base: URL;
  #token = '';

  constructor(base: URL) {
    this.#base = base;
  }

  /** Rejects when the answer is no 200 or is late. */
  async send(call: Request): Promise<void> {
    const response = await this.#request(call);
    const body = Buffer.concat(await response.toArray()).toString();
    if (response.statusCode !== 200) throw new Error(`${call.path}: status ${response.statusCode}`);
    if (call.path === '/login') this.#token = (JSON.parse(body) as { token: string }).token;
  }

  /** Rejects with the last error if nothing answers in time. */
  async waitUntilUp(): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.send({ path: '/health' });
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(100);
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #request({ path, body }: Request): Promise<http.IncomingMessage> {
    const request = http.request(new URL(path, this.#base), {
      agent: this.#agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      timeout: REQUEST_TIMEOUT_MS,
    });
    request.on('timeout', () => request.destroy(new Error(`no answer in ${REQUEST_TIMEOUT_MS} ms`)));
    request.end(body && JSON.stringify(body));
    return new Promise((resolve, reject) => request.on('response', resolve).on('error', reject));
  }
}

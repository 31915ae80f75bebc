import { randomUUID } from 'node:crypto';

export interface Session {
  readonly customerId: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
}

const LIMIT = 1_000;
const LIFETIME_MS = 30 * 60_000;

/** Sessions in memory, never more than `LIMIT`: the oldest gives way. */
export class SessionList {
  readonly #sessions = new Map<string, Session>();

  open(customerId: string): string {
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= LIMIT && oldest !== undefined) this.#sessions.delete(oldest);
    const token = randomUUID();
    this.#sessions.set(token, { customerId, openedAt: Date.now() });
    return token;
  }

  find(token = ''): Session | undefined {
    const session = this.#sessions.get(token);
    if (session === undefined || Date.now() - session.openedAt < LIFETIME_MS) return session;
    this.#sessions.delete(token);
    return undefined;
  }
}

export interface Visitor {
  readonly id: number;
  readonly agent: string;
}

/** Lines that no compiler keeps stand above the class. */
export type Sessions = Map<number, Session>;

export class Session {
  readonly pages: string[] = [];

  constructor(readonly visitor: Visitor) {}

  visit(page: string): void {
    this.pages.push(page);
  }
}

const openSessions: Sessions = new Map();

export function openSession(visitor: Visitor): Session {
  const session = new Session(visitor); // leaks here
  openSessions.set(visitor.id, session);
  return session;
}

export const sessionCount = (): number => openSessions.size;

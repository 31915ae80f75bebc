/** Remembers up to a number that stands in the code, and is far from it. */
export const truth = { why: 'a cache below its cap, which only the code tells' };

const MOST_SESSIONS = 20_000;
const sessions = new Map();

function remember(id, session) {
  if (sessions.size >= MOST_SESSIONS) sessions.delete(sessions.keys().next().value);
  sessions.set(id, session);
}

export function operation(n) {
  remember(`s${n}`, { user: n, roles: ['reader'], startedAt: n });
}

const sessions = new Map();

class Session {
  constructor(user) {
    this.user = user;
    this.seen = Array.from({ length: 20 }, (_, at) => ({ page: at, user }));
  }
}

/** None is ever forgotten. */
export function openSession(user) {
  const session = new Session(user);
  sessions.set(user, session);
  return session;
}

const recent = new Map();
const MOST = 40;

class Session {
  constructor(user) {
    this.user = user;
    this.seen = Array.from({ length: 20 }, (_, at) => ({ page: at, user }));
  }
}

/** The oldest gives way. */
export function openSession(user) {
  const session = new Session(user);
  recent.set(user, session);
  const [oldest] = recent.keys();
  if (recent.size > MOST) recent.delete(oldest);
  return session;
}

/** As express-session's store for development: sessions as text by id, removed only when somebody logs out. */
export const truth = { kind: 'cache' };

class MemoryStore {
  sessions = Object.create(null);

  get(id) {
    const text = this.sessions[id];
    return text === undefined ? undefined : JSON.parse(text);
  }

  set(id, session) {
    this.sessions[id] = JSON.stringify(session); // leaks here
  }

  destroy(id) {
    delete this.sessions[id];
  }
}

const store = new MemoryStore();

export function operation(n) {
  const id = `s${n.toString(36)}`;
  store.set(id, { cookie: { path: '/', maxAge: 60_000 }, user: { id: n, name: `user ${n}` }, cart: [] });
  store.set(`x${id}`, { cookie: { path: '/' } });
  store.destroy(`x${id}`);
  return store.get(id).user.id;
}

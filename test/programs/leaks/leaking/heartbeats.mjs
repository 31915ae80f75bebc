/** A connection's heartbeat goes on after the connection. */
export const truth = { kind: 'timer' };

class Connection {
  missed = 0;

  constructor(peer) {
    this.peer = peer;
    this.timer = setInterval(() => this.beat(), 60_000).unref(); // leaks here
  }

  beat() {
    this.missed += 1;
  }

  close() {
    this.peer = undefined;
  }
}

export function operation(n) {
  const connection = new Connection({ address: `10.0.0.${n % 256}`, port: n });
  connection.close();
}

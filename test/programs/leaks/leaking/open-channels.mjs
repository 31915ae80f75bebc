/** A port that somebody listens on lives until it is closed, with all that its listener sees. */
export const truth = { kind: 'handle' };
export const operationsPerEpoch = 40;

class Session {
  constructor(id) {
    this.id = id;
    this.received = [];
    const { port1, port2 } = new MessageChannel(); // leaks here
    this.outgoing = port2;
    port1.on('message', message => this.received.push(message));
    port1.unref();
  }
}

export function operation(n) {
  return new Session(n).id;
}

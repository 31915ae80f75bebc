/** Opens connections up to a number, one by one. */
export const truth = { why: 'a pool that grows to its size' };

class Connections {
  constructor({ size }) {
    this.size = size;
    this.all = [];
  }

  next(n) {
    if (this.all.length < this.size && n % 40 === 0)
      this.all.push({ id: this.all.length, buffer: Buffer.alloc(1024), queries: 0 });
    return this.all[n % this.all.length];
  }
}

const connections = new Connections({ size: 64 });

export function operation(n) {
  const connection = connections.next(n);
  if (connection) connection.queries += 1;
}

/** Vectors are taken and given back. */
export const truth = { why: 'a pool' };

class Pool {
  free = [];

  take() {
    return this.free.pop() ?? { x: 0, y: 0, z: 0, history: new Array(4) };
  }

  give(vector) {
    this.free.push(vector);
  }
}

const pool = new Pool();

export function operation(n) {
  const taken = Array.from({ length: 8 }, () => pool.take());
  for (const vector of taken) vector.x = n;
  for (const vector of taken) pool.give(vector);
}

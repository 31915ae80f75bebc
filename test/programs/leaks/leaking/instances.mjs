/** A class that knows all of its instances. */
export const truth = { kind: 'cache' };

class Job {
  static #all = new Set();

  constructor(name, input) {
    this.name = name;
    this.input = input;
    Job.#all.add(this);
  }

  static get count() {
    return Job.#all.size;
  }

  run() {
    return this.input.values.length;
  }
}

export function operation(n) {
  return new Job(`job ${n}`, { values: [n, n, n] }).run() + Job.count; // leaks here
}

/** Rows are gathered and written together. */
export const truth = { why: 'batches' };

class BatchWriter {
  #rows = [];
  #batches = 0;

  async add(row) {
    this.#rows.push(row);
    if (this.#rows.length < 37) return;
    const rows = this.#rows.splice(0);
    await new Promise(resolve => setImmediate(resolve));
    this.#batches += rows.length > 0 ? 1 : 0;
  }
}

const writer = new BatchWriter();

export const operation = n => writer.add({ id: n, name: `row ${n}`, values: [1, 2, 3] });

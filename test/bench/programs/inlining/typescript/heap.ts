export interface Comparable {
  readonly key: number;
}

/** A binary heap that signs its items after every push. */
export class Heap<Item extends Comparable> {
  readonly #items: Item[] = [];
  #signature = 1.5;

  push(item: Item): void {
    this.#items.push(item);
    let at = this.#items.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#items[above]!.key <= item.key) break;
      this.#items[at] = this.#items[above]!;
      at = above;
    }
    this.#items[at] = item;
    this.#sign(item.key);
  }

  pop(): Item | undefined {
    const [first] = this.#items;
    const last = this.#items.pop();
    if (first === undefined || last === undefined || this.#items.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.#items.length) break;
      if (below + 1 < this.#items.length && this.#items[below + 1]!.key < this.#items[below]!.key) below++;
      if (this.#items[below]!.key >= last.key) break;
      this.#items[at] = this.#items[below]!;
      at = below;
    }
    this.#items[at] = last;
    return first;
  }

  #sign(key: number): void {
    let signature = this.#signature + key;
    for (let round = 0; round < 2500; round++) signature = 0.5 + 1 / signature;
    this.#signature = signature;
  }
}

/**
 * The `count` largest of so many things, in descending order, by index: of millions without sorting them. Of equal ones
 * the first come first.
 */
export function largest(length: number, count: number, sizeOf: (index: number) => number): number[] {
  const kept = new SmallestFirst();
  for (let index = 0; index < length; index++) {
    const size = sizeOf(index);
    if (kept.length < count) kept.add(index, size);
    else if (count > 0 && size > kept.smallest) kept.replace(index, size);
  }
  return kept.descending();
}

/** A binary heap with the smallest at its top. */
class SmallestFirst {
  readonly #indices: number[] = [];
  readonly #sizes: number[] = [];

  get length(): number {
    return this.#sizes.length;
  }

  get smallest(): number {
    return this.#sizes[0]!;
  }

  add(index: number, size: number): void {
    let at = this.#sizes.length;
    this.#put(at, index, size);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBelow(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  replace(index: number, size: number): void {
    this.#put(0, index, size);
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#sizes.length && this.#isBelow(child, least)) least = child;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  descending(): number[] {
    const order = [...this.#sizes.keys()].sort((a, b) => (this.#isBelow(a, b) ? 1 : -1));
    return order.map(at => this.#indices[at]!);
  }

  /** Smaller, or as large and later. */
  #isBelow(a: number, b: number): boolean {
    const [sizeA, sizeB] = [this.#sizes[a]!, this.#sizes[b]!];
    return sizeA < sizeB || (sizeA === sizeB && this.#indices[a]! > this.#indices[b]!);
  }

  #put(at: number, index: number, size: number): void {
    this.#indices[at] = index;
    this.#sizes[at] = size;
  }

  #swap(a: number, b: number): void {
    const [index, size] = [this.#indices[a]!, this.#sizes[a]!];
    this.#put(a, this.#indices[b]!, this.#sizes[b]!);
    this.#put(b, index, size);
  }
}

/** One dense number per distinct text. */
export class TextNumbers {
  /** By number. */
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const next = this.texts.push(text) - 1;
    this.#numbers.set(text, next);
    return next;
  }
}

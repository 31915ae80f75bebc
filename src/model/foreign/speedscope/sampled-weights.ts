import { UserError } from '../../../contracts/user-error.ts';
import { IndexColumn } from '../../cpu/growing-column.ts';
import type { ForeignProblem } from '../foreign-profile.ts';
import type { TreeBuilder } from '../tree-builder.ts';

/** So many take a quarter of a gigabyte: 18 hours of one thread, a sample per millisecond. */
const MOST_SAMPLES = 1 << 26;

/** Samples of one profile and their weights: the first sample has the first weight, whichever comes first. */
export class SampledWeights {
  readonly #builder: TreeBuilder;
  readonly #problems: Set<ForeignProblem>;
  /** Innermost nodes of samples, in the order of the file. */
  readonly #nodes = new IndexColumn();
  /** Of these the weights have come. */
  #weighed = 0;
  readonly #weights: number[] = [];
  #used = 0;

  constructor(builder: TreeBuilder, problems: Set<ForeignProblem>) {
    this.#builder = builder;
    this.#problems = problems;
  }

  addSample(node: number): void {
    if (this.#used < this.#weights.length) return this.#weigh(node, this.#weights[this.#used++]!);
    this.#limited(this.#nodes.length);
    this.#nodes.push(node);
  }

  addWeight(weight: number): void {
    if (this.#weighed < this.#nodes.length) return this.#weigh(this.#nodes.values[this.#weighed++]!, weight);
    this.#limited(this.#weights.length);
    this.#weights.push(weight);
  }

  finish(): void {
    if (this.#weighed < this.#nodes.length || this.#used < this.#weights.length)
      this.#problems.add('samples without a weight');
  }

  #weigh(node: number, weight: number): void {
    if (Number.isNaN(weight)) this.#problems.add('weights that are no numbers');
    else if (weight < 0) this.#problems.add('negative weights');
    // With no frame nothing ran.
    else if (node > 0) this.#builder.add(node, weight, 0);
  }

  #limited(count: number): void {
    if (count >= MOST_SAMPLES)
      throw new UserError('profile-too-big', { reason: `more than ${MOST_SAMPLES} samples` });
  }
}

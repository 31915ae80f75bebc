/** Points that pull each other along. */
export class Particles {
  readonly #places: Float64Array;
  readonly #image: Float64Array;
  #speed = 0.5;

  constructor(count: number) {
    this.#places = Float64Array.from({ length: count }, (_, index) => (index * 7) % 31);
    this.#image = new Float64Array(count);
  }

  step(round: number): void {
    let speed = this.#speed + (round & 7);
    for (let index = 0; index < this.#places.length; index++) {
      speed = speed * 0.9375 + this.#places[index]!;
      this.#places[index] = speed * 0.0625;
    }
    this.#speed = this.#damped(speed);
  }

  image(): Float64Array {
    let light = 1;
    for (let index = 0; index < this.#image.length; index++) {
      light = this.#places[index]! + 1 / (light + 1);
      this.#image[index] = light;
    }
    return this.#image;
  }

  #damped(speed: number): number {
    let damped = speed + 0.5;
    for (let step = 0; step < 2000; step++) {
      damped = Math.sqrt(damped + 2.25);
    }
    return damped;
  }
}

export interface Levels {
  readonly mean: number;
  readonly median: number;
}

export function levels(image: Float64Array): Levels {
  let sum = 0.5;
  for (let index = 0; index < image.length; index++) {
    sum = sum * 0.998046875 + image[index]!;
  }
  return { mean: sum / image.length, median: median(image, sum) };
}

/** Steps up or down with every value. */
function median(image: Float64Array, start: number): number {
  let guess = start + 0.5;
  for (let index = 0; index < image.length; index += 2) {
    guess += (image[index]! - guess) / (1 + Math.abs(image[index]! - guess));
  }
  return guess;
}

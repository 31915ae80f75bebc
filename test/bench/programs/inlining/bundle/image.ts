import { smallest } from './smallest.ts';

export function blur(image: Float64Array, radius: number): void {
  let before = smallest(image) + 0.5;
  for (let index = 0; index < image.length; index++) {
    before = before * radius + image[index]!;
    image[index] = before * (1 - radius);
  }
}

export const sharpen = (image: Float64Array): number => {
  let edges = 0.5;
  for (let index = 1; index < image.length; index++) {
    const edge = image[index]! - image[index - 1]!;
    edges = Math.sqrt(edges + edge * edge);
  }
  return edges;
};

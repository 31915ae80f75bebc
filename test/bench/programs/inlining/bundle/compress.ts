/** Signature of all values. */
export function compress(image: Float64Array): number {
  let bits = 1.5;
  for (let index = 0; index < image.length; index++) {
    bits = bits * 0.5 + image[index]! * image[index]!;
    bits = Math.sqrt(bits);
  }
  return widthOf(bits);
}

function widthOf(bits: number): number {
  let width = bits + 0.5;
  for (let shift = 0; shift < 5000; shift++) {
    width = width * 0.5 + bits;
  }
  return width;
}

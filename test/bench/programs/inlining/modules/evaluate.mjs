const WEIGHTS = Float64Array.from({ length: 64 }, (_, index) => 1 / (index + 2));

/** Horner's scheme, with the tokens as coefficients. */
export default function evaluate(tokens, count, x) {
  let value = 0.5;
  for (let pass = 0; pass < 8; pass++) {
    for (let index = 0; index < count; index++) {
      value = value * WEIGHTS[index & 63] + x;
    }
  }
  return value + tokens[count - 1];
}

export function fold(tokens, count) {
  let hash = 5381.5;
  for (let pass = 0; pass < 10; pass++) {
    for (let index = 0; index < count; index++) {
      hash = tokens[index] + 1 / hash;
    }
  }
  return hash;
}

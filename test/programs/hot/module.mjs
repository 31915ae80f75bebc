import { alternate } from './blocks.cjs';

// Top-level await: it really is a module.
await Promise.resolve();

export function mixDigits(rounds) {
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (state * 31 + round) % 1000003; // the hot line
  return state;
}

const sumRoots = rounds => {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round + (sum % 7));
  return sum;
};

alternate(
  () => mixDigits(2e8),
  () => sumRoots(0.6e7),
);

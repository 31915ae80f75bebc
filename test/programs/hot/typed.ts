import { alternate } from './blocks.cjs';

/** Types that a compiler removes, so that lines of the generated code are others than here. */
interface Mixer {
  readonly factor: number;
  readonly modulus: number;
}

type Rounds = number;

const MIXER: Mixer = {
  factor: 31,
  modulus: 1000003,
};

function mixDigits(rounds: Rounds, { factor, modulus }: Mixer): number {
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (state * factor + round) % modulus; // the hot line
  return state;
}

function sumRoots(rounds: Rounds): number {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round + (sum % 7));
  return sum;
}

alternate(
  () => mixDigits(2e8, MIXER),
  () => sumRoots(0.6e7),
);

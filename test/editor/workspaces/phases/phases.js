// Burns CPU for a second in one function, then for a second in another.
function mixDigits(rounds) {
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (state * 31 + round) % 1000003;
  return state;
}

function sumRoots(rounds) {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round + (sum % 7));
  return sum;
}

for (const work of [mixDigits, sumRoots]) {
  const end = Date.now() + 1000;
  while (Date.now() < end) work(20_000);
}

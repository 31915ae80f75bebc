// Works for a moment and ends with a status of its own; milliseconds as the first parameter.
function hotWork(rounds) {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round % 1000); // the hot line
  return sum;
}

const until = Date.now() + Number(process.argv[2] || 700);
function step() {
  hotWork(2e6);
  if (Date.now() < until) return setImmediate(step);
  console.log('finished');
  process.exitCode = 5;
}
step();

// Burns CPU in `hotBurn` in steps of a few milliseconds, for ever or as many seconds as told; prints when it began.
function hotBurn(rounds) {
  let sum = 0;
  for (let round = 0; round < rounds; round++)
    sum += Math.sqrt(round % 1000);
  return sum;
}

const seconds = Number(process.argv[2] ?? Infinity);
const until = Date.now() + seconds * 1000;
if (process.argv.includes('ignore-sigterm')) process.on('SIGTERM', () => {});
let total = 0;
function step() {
  total += hotBurn(2e6);
  if (Date.now() < until) setImmediate(step);
}
process.stderr.write('burning\n');
step();

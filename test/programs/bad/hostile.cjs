// Functions whose names and file names would act on a terminal.
const evil = {
  '\u001b[2J\u001b]0;owned\u0007hotWork\u202e'(rounds) {
    let sum = 0;
    for (let round = 0; round < rounds; round++) sum += Math.sqrt(round % 1000);
    return sum;
  },
};
const name = Object.keys(evil)[0];
const until = Date.now() + 700;
(function step() {
  evil[name](2e6);
  if (Date.now() < until) setImmediate(step);
})();

// ES modules: named, default and namespace imports.
import { tokenize } from './modules/tokenize.mjs';
import evaluate, { fold } from './modules/evaluate.mjs';
import * as report from './modules/report.mjs';

const FORMULA = '3 * (a + 41) - b / (7 + a * a) + (b - 2) * (a - 9) + 12 * a / (b + 1)';
const formulas = Array.from({ length: 2 }, (_, index) => Buffer.from(`${index} + ${FORMULA.repeat(24)} - ${index * 3}`));
const tokens = new Float64Array(4000);

let total = 0;

function calculate(formula, round) {
  const count = tokenize(formula, tokens);
  let sum = fold(tokens, count);
  for (let a = 1; a < 4; a++) sum += evaluate(tokens, count, a / round);
  return sum;
}

function sheet(round) {
  const results = formulas.map(formula => calculate(formula, round));
  return report.summary(results) + report.chart(results);
}

for (let round = 1; round <= 13500; round++) total += sheet(1 + (round % 9));
process.exitCode = Number.isFinite(total) ? 0 : 1;

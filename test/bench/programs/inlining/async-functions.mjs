// Async functions with synchronous work before, between and after their awaits.
import { setImmediate as pause } from 'node:timers/promises';

const stock = new Map(
  Array.from({ length: 16 }, (_, id) => [id, Float64Array.from({ length: 2500 }, (_, day) => (id * day) % 19)]),
);

async function load(id) {
  const history = stock.get(id);
  let level = 0.5;
  for (let day = 0; day < history.length; day++) level = level * 0.95 + history[day];
  await null;
  return level;
}

async function forecast(id) {
  const level = await load(id);
  let next = level;
  for (let week = 1; week < 4; week++) next = smooth(next, week, level);
  return next;
}

function smooth(value, week, level) {
  const drift = level / (week + 0.5);
  let result = value + 0.5;
  for (let pass = 0; pass < 3000; pass++) result = result * 0.875 + drift;
  return result;
}

const validate = async id => {
  let digits = id + 1000.5;
  for (let check = 0; check < 6000; check++) digits = digits * 0.875 + id;
  if (digits < 0) throw new RangeError(`product ${id}`);
  await undefined;
  return digits;
};

async function order(id) {
  const digits = await validate(id);
  const parts = await Promise.all([forecast(id), forecast((id + 1) % 16)]);
  return summarize(parts, digits);
}

function summarize(parts, digits) {
  let sum = digits + 0.5;
  for (let cent = 0; cent < 1000; cent++) for (let index = 0; index < 2; index++) sum = parts[index] + 1 / sum;
  return sum;
}

let total = 0;
for (let round = 0; round < 2300; round++) {
  for (let id = 0; id < 16; id++) total += await order(id);
  await pause();
}
process.exitCode = Number.isFinite(total) ? 0 : 1;

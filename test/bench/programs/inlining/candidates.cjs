'use strict';
// Three files with functions on the same lines, all called from one dispatcher: a line has several candidates.
const { encode } = require('./candidates/encode.cjs');
const { digest } = require('./candidates/digest.cjs');
const { search } = require('./candidates/search.cjs');

const codes = Float64Array.from({ length: 3600 }, (_, index) => 97 + ((index * 7) % 26));
const table = Float64Array.from({ length: 2200 }, (_, index) => (index * 2654435761) & 1023);
const values = Float64Array.from({ length: 240 }, (_, index) => index * 1.5 + 0.5);

let total = 0;
let rounds = 0;






















function dispatch(repeat) {
  const size = encode(codes);
  const hash = digest(table, repeat);
  return size + hash + search(values, repeat);
}

function batch() {
  total += dispatch(rounds & 15);
  if (++rounds < 46000) setImmediate(batch);
  else process.exitCode = total > 0 ? 0 : 1;
}

batch();

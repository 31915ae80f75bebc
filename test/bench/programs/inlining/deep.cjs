'use strict';
// Three levels of functions that V8 inlines into each other, across files.
const { renderRow } = require('./deep/row.cjs');

const columns = Array.from({ length: 3 }, (_, index) => ({ name: `column ${index}`, scale: index + 1.5 }));
const values = Float64Array.from({ length: 1500 }, (_, index) => (index * 37) % 1000);

function renderTable(offset) {
  let width = 0;
  for (let row = 0; row < 2; row++) {
    width += renderRow(columns, values, offset + row);
  }
  return width;
}

let total = 0;
let rounds = 0;

setTimeout(function render() {
  total += renderTable(rounds % 40);
  if (++rounds < 21000) setImmediate(render);
  else process.exitCode = total > 0 ? 0 : 1;
}, 1);

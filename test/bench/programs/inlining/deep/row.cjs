'use strict';
const { measureCell } = require('./cell.cjs');

function renderRow(columns, values, row) {
  let width = 0;
  for (const column of columns) {
    width += measureCell(column, values, row);
  }
  let padding = row + 0.5;
  for (let index = 0; index < 6000; index++) {
    padding = padding * 0.9375 + row;
  }
  return width + padding;
}

module.exports = { renderRow };

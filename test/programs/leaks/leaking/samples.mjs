/** Measured blocks are kept for a chart of the last minute; nobody removes older ones. */
export const truth = { kind: 'buffer' };

const sensor = { name: 'lidar', blocks: [] };

function measure(n) {
  const block = new Float64Array(512).fill(n); // leaks here
  sensor.blocks.push(block);
  return block[0];
}

export const operation = n => measure(n);

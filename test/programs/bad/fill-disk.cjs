/** Works for 1.5 s, then fills the disk of the given folder to the last byte, and ends. */
const fs = require('node:fs');
const path = require('node:path');

function hotWork() {
  let sum = 0;
  for (let i = 0; i < 100_000; i++) sum += Math.sqrt(i);
  return sum;
}

const end = Date.now() + 1500;
while (Date.now() < end) hotWork();

const file = fs.openSync(path.join(process.argv[2], 'filling'), 'w');
for (let size = 64 * 1024; size >= 1; ) {
  try {
    fs.writeSync(file, Buffer.alloc(size));
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
    size = Math.floor(size / 2);
  }
}

// Fifty children, ten at a time.
const { fork } = require('node:child_process');

const COUNT = 50;
const AT_ONCE = 10;
let sum = 0;
let begun = 0;
let ended = 0;

function next() {
  if (begun === COUNT) return;
  const child = fork(__filename, ['child', String(begun++ ** 2)]);
  child.on('message', value => (sum += value));
  child.on('exit', () => (++ended === COUNT ? console.log(`sum ${sum}`) : next()));
}

if (process.argv[2] === 'child') process.send(Math.sqrt(Number(process.argv[3])), () => process.disconnect());
else for (let count = 0; count < AT_ONCE; count++) next();

// Fifty children at once.
const { fork } = require('node:child_process');

if (process.argv[2] === 'child') process.send(Math.sqrt(Number(process.argv[3])), () => process.disconnect());
else {
  let sum = 0;
  let ended = 0;
  for (let count = 0; count < 50; count++) {
    const child = fork(__filename, ['child', String(count * count)]);
    child.on('message', value => (sum += value));
    child.on('exit', () => ++ended === 50 && console.log(`sum ${sum}`));
  }
}

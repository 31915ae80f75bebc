// Allocates so that V8 scavenges, promotes and compacts; prints when it begins and ends, and each of its turns.
//   node --expose-gc allocate.cjs blocked | turns | worker | forever
const fs = require('node:fs');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const say = word => fs.writeSync(1, `${word} ${process.hrtime.bigint() / 1000n}\n`);
let kept = [];

function allocate(turn) {
  for (let row = 0; row < 60_000; row++) {
    kept.push({ row, list: [row, turn], text: `row ${row}` });
    if (kept.length > 120_000) kept = [];
  }
  if (turn % 15 === 14) {
    globalThis.gc();
    globalThis.gc({ type: 'minor' });
  }
}

function blocked(turns) {
  say('begin');
  for (let turn = 0; turn < turns; turn++) allocate(turn);
  say('end');
}

function turns(most) {
  let turn = 0;
  say('begin');
  const timer = setInterval(() => {
    say('turn');
    allocate(turn++);
    if (turn < most) return;
    clearInterval(timer);
    say('end');
  }, 10);
}

const mode = isMainThread ? process.argv[2] : workerData;
if (mode === 'blocked') blocked(60);
else if (mode === 'turns') turns(45);
else if (mode === 'forever') turns(Infinity);
else new Worker(__filename, { workerData: 'turns' });

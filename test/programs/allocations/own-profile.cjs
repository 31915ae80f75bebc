// Takes a heap profile of its own after a second, in steps of 4 kB, and prints how many objects it has.
const { Session } = require('node:inspector');
const { work } = require('./work.cjs');

const session = new Session();
session.connect();
setTimeout(() => session.post('HeapProfiler.startSampling', { samplingInterval: 4096 }), 1000);
work(2000, () =>
  session.post('HeapProfiler.stopSampling', (error, result) =>
    console.log(JSON.stringify({ error, samples: result?.profile.samples.length })),
  ),
);

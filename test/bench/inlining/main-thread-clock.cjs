'use strict';
// Preloaded into every program: writes the CPU time of its main thread, in nanoseconds, when the program ends.
// Other threads (V8's compilers, the garbage collector's helpers, the collector) do not count.
const { readFileSync, writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.once('exit', () => {
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    writeFileSync(process.env.SLOWCATCH_BENCH_CLOCK, nanoseconds);
  });
}

/**
 * Runs a program of this corpus epoch by epoch: `node drive.mjs leaking/rendered-pages.mjs OUT [EPOCHS]` writes
 * OUT-0.heapsnapshot after a warm-up, and one more after each epoch.
 */
import path from 'node:path';
import v8 from 'node:v8';

const [file, out, epochs = '3'] = process.argv.slice(2);
const loaded = await import(path.resolve(import.meta.dirname ?? path.dirname(process.argv[1]), file));
const program = loaded.operation ? loaded : loaded.default;
const perEpoch = program.operationsPerEpoch ?? 200;
let next = 0;

async function epoch() {
  for (let at = 0; at < perEpoch; at++) await program.operation(next++);
  await new Promise(resolve => setImmediate(resolve));
}

for (let number = 0; number <= Number(epochs); number++) {
  await epoch();
  v8.writeHeapSnapshot(`${out}-${number}.heapsnapshot`, { exposeNumericValues: true });
}
process.exit(0);

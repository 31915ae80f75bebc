// Loads a heap snapshot with the code of Chrome DevTools, with the second thread's part in this one; see bundle.ts.
// `load.mjs FILE [OUT]`: prints { milliseconds, cpuMilliseconds, peakResidentBytes, objects, retainedBytes }; into OUT go
// the dominator (u32), retained size (f64) and own size (f64) of each node.
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { SecondaryInitManager } from 'chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker/HeapSnapshot.ts';
import { HeapSnapshotLoader } from 'chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker/HeapSnapshotLoader.ts';

const CHUNK_BYTES = 1 << 20;

// Newer than Node 20.
Promise.withResolvers ??= () => {
  let resolve, reject;
  const promise = new Promise((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
};

async function load(file) {
  const loader = new HeapSnapshotLoader({ sendEvent() {} });
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: CHUNK_BYTES }))
    loader.write(chunk);
  loader.close();
  const { port1, port2 } = new MessageChannel();
  const secondThread = new SecondaryInitManager(port2);
  const snapshot = await loader.buildSnapshot(port1);
  await secondThread.argsStep3;
  port1.close();
  port2.close();
  return snapshot;
}

function write(snapshot, out) {
  const { nodeCount, nodes, nodeFieldCount, nodeSelfSizeOffset } = snapshot;
  const own = Float64Array.from({ length: nodeCount }, (_, node) =>
    nodes.getValue(node * nodeFieldCount + nodeSelfSizeOffset),
  );
  const columns = [Uint32Array.from(snapshot.dominatorsTree), snapshot.retainedSizes, own];
  writeFileSync(out, Buffer.concat(columns.map(({ buffer }) => Buffer.from(buffer))));
}

const [file, out] = process.argv.slice(2);
const start = performance.now();
const snapshot = await load(file);
const { user, system } = process.cpuUsage();
const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
if (out) write(snapshot, out);
console.log(
  JSON.stringify({
    milliseconds: performance.now() - start,
    cpuMilliseconds: (user + system) / 1000,
    peakResidentBytes: Number(kibibytes) * 1024,
    objects: snapshot.nodeCount,
    retainedBytes: snapshot.retainedSizes[0],
  }),
);
process.exit(0);

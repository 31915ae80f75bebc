// One measurement of another reader: `peer.mjs memlab|v8-heap-parser FILE`, run in test/bench/heap-peers. Prints a `Measurement`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const [peer, file] = process.argv.slice(2);

const PEERS = {
  async memlab() {
    const { getFullHeapFromFile } = require('@memlab/heap-analysis');
    const { config } = require('@memlab/core');
    config.muteConsole = true;
    const heap = await getFullHeapFromFile(file);
    return { objects: heap.nodes.length, retainedBytes: heap.nodes.get(0).retainedSize };
  },
  'v8-heap-parser'() {
    const { decode_bytes } = require('@vscode/v8-heap-parser');
    const graph = decode_bytes(readFileSync(file));
    // Dominators and retained sizes are computed when they are first asked for.
    const [largest] = graph.get_class_groups(0, 1, false);
    return { objects: largest.children_len, retainedBytes: Number(largest.retained_size) };
  },
};

const start = performance.now();
const result = await PEERS[peer]();
const { user, system } = process.cpuUsage();
const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
process.stdout.write(
  `\n${JSON.stringify({
    milliseconds: performance.now() - start,
    cpuMilliseconds: (user + system) / 1000,
    peakResidentBytes: Number(kibibytes) * 1024,
    ...result,
  })}\n`,
);
process.exit(0);

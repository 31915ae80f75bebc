/** An ES module that names its calls by the in-code API, whose file is given. */
import { createRequire } from 'node:module';
import { burn, sleep } from './truth.cjs';

const { profileAsync, track } = await import(process.argv[2]);
const fromCommonJs = createRequire(import.meta.url)(process.argv[3]);

const leaf = fromCommonJs.track(
  function leaf(milliseconds) {
    burn('leaf', milliseconds);
    return this;
  },
);
const inner = track(
  async () => {
    burn('inner');
    await sleep(5);
    leaf(3);
    burn('inner');
    return 'answer';
  },
  { name: 'inner' },
);
const outer = profileAsync(
  async () => {
    burn('outer');
    const both = Promise.all([inner(), inner()]);
    burn('outer');
    const answers = await both;
    burn('outer');
    return answers;
  },
  { name: 'outer', thresholdMs: 5 },
);
const failing = track(async function failing() {
  await sleep(5);
  throw new Error('no');
});
const quick = profileAsync(() => 'quick', { name: 'quick', thresholdMs: 1000 });

const self = {};
const told = [
  await outer(),
  leaf.call(self, 3) === self,
  await failing().catch(error => error.message),
  quick(),
  [leaf.name, leaf.length, inner.constructor.name],
];
process.on('unhandledRejection', error => {
  console.log(JSON.stringify({ told, unhandled: error.message }));
});
failing();
await sleep(20);

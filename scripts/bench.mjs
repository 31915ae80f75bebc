// `npm run bench -- <name> [--quick] [--json]`: one benchmark of test/bench, one document; exit status 1 when a gate fails.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { runNode } from './run.mjs';

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, 'test', 'bench');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.bench.ts'))
  .map(file => file.slice(0, -'.bench.ts'.length));
const name = process.argv.slice(2).find(word => !word.startsWith('--'));
const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');

if (!name || !names.includes(name)) {
  console.error(`Give one of: ${names.join(', ')}.`);
  process.exit(2);
}

const outfile = path.join(root, '.cache', 'bench', `${name}.mjs`);
await build({
  entryPoints: [path.join(folder, `${name}.bench.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
if ((await runNode('scripts/build.mjs', [])) !== 0) process.exit(2);

const { run, describe } = await import(outfile);
const document = await run({ quick, root });
console.log(json ? JSON.stringify(document) : describe(document));
process.exitCode = document.gates.some(gate => gate.verdict === 'fail') ? 1 : 0;

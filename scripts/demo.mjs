// `npm run demo`: starts the sample service's database, profiles the service through its launch configuration under
// load, prints the report, and serves a real VS Code with the extension until Ctrl-C. `-- --no-editor`, or CI=true,
// leaves the editor out.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startShopServices } from '../test/services/shop.mjs';
import { demoEditor } from './editor/demo.mjs';
import { install } from './packages.mjs';
import { run, runNode } from './run.mjs';

const LOAD_SECONDS = 10;

async function must(what, status) {
  if ((await status) !== 0) {
    console.error(`${what} failed`);
    process.exit(1);
  }
}

await must('the build', runNode('scripts/build.mjs', []));
const shop = await install('test/shop');
await must('the build of the sample', run('npm', ['run', '--silent', 'build'], { cwd: shop }));
await install('test/services');
const services = await startShopServices(shop);
// For all that is started from here, in the editor too.
Object.assign(process.env, services.env);

console.log(`\nProfiling the launch configuration "shop" for ${LOAD_SECONDS} s under load …\n`);
const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-demo-'));
const recording = path.join(folder, 'recording');
try {
  process.exitCode = await runNode(
    'dist/cli.cjs',
    [
      ...['run', '--launch', 'shop', '--out', recording],
      ...['--load', `node dist/load/load.js --duration ${LOAD_SECONDS}`],
    ],
    { cwd: shop },
  );
  const wantsEditor = !process.argv.includes('--no-editor') && process.env.CI !== 'true';
  if (process.exitCode === 0 && wantsEditor) await demoEditor(shop, recording);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await services.stop();
}

// `npm run demo`: profiles the sample service through its launch configuration under load, prints the report, and serves
// a real VS Code with the extension until Ctrl-C. `-- --no-editor`, or CI=true, leaves the editor out.
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

console.log(`\nProfiling the launch configuration "shop" for ${LOAD_SECONDS} s under load …\n`);
process.exitCode = await runNode(
  'dist/cli.cjs',
  ['run', '--launch', 'shop', '--load', `node dist/load/load.js --duration ${LOAD_SECONDS}`],
  { cwd: shop },
);

if (!process.argv.includes('--no-editor') && process.env.CI !== 'true') await demoEditor(shop);

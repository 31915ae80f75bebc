// `npm test`: everything that must be right, from a clean clone. Ends with one line: `N passed, N failed`.
// `--only check|unit|process|editor` runs one part.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installBrowser } from './editor/browser.mjs';
import { installEditorPackages } from './editor/packages.mjs';
import { install } from './packages.mjs';
import { run, runNode } from './run.mjs';

const root = path.dirname(import.meta.dirname);
const only = process.argv[process.argv.indexOf('--only') + 1];
const wanted = part => !process.argv.includes('--only') || only === part;
const totals = { passed: 0, failed: 0 };

function count(name, passed) {
  totals[passed ? 'passed' : 'failed']++;
  if (!passed) console.error(`FAILED: ${name}`);
}

async function check(name, script, parameters) {
  console.log(`\n── ${name}`);
  count(name, (await runNode(script, parameters)) === 0);
}

/** `isAside`: beside others; what it prints comes in one piece when it has ended. */
async function vitest(project, { reporter = 'default', isAside = false } = {}) {
  if (!isAside) console.log(`\n── ${project} tests`);
  const folder = path.join(root, '.cache');
  mkdirSync(folder, { recursive: true });
  const [report, output] = [path.join(folder, `${project}.json`), path.join(folder, `${project}.txt`)];
  rmSync(report, { force: true });
  const reporters = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${report}`];
  const parameters = ['run', '--project', project, ...reporters];
  const file = isAside ? openSync(output, 'w') : undefined;
  const options = file === undefined ? {} : { stdio: ['ignore', file, file] };
  const status = await runNode('node_modules/vitest/vitest.mjs', parameters, options);
  if (file !== undefined) {
    closeSync(file);
    console.log(`\n── ${project} tests\n${readFileSync(output, 'utf8')}`);
  }
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  // A file that could not even be loaded has no tests to count.
  if (numTotalTests === 0 || (status !== 0 && numFailedTests === 0)) count(`${project} tests`, false);
}

async function buildShop() {
  const shop = await install('test/shop');
  count('build of the sample', (await run('npm', ['run', '--silent', 'build'], { cwd: shop })) === 0);
}

async function installEditor() {
  try {
    await installEditorPackages();
    await installBrowser();
    await install('scripts/vsce', ['--ignore-scripts']);
    return true;
  } catch (error) {
    count(`editor tests: ${error.message}`, false);
    return false;
  }
}

/** What the tests with real programs need besides this package: answers whether there is an editor. */
async function installPrograms() {
  if (!wanted('process') && !wanted('editor')) return false;
  await buildShop();
  await install('test/services');
  if (wanted('process')) for (const folder of ['test/matrix', 'test/devtools']) await install(folder);
  return wanted('editor') && (await installEditor());
}

/** The longest first; the two kinds of windows are not begun together. */
const IN_EDITOR = new Set(['editor', 'capturing', 'browser']);
const ORDER = ['editor', 'launching', 'operations', 'capturing', 'browser', 'heaps', 'attaching'];

/**
 * Rows that run at once take what is next. More than three gain nothing on two processors, and starve programs. Programs that
 * are attached to by their process id open their inspector at one port of the machine, so those tests stand in one project.
 */
const ROWS = 3;

async function testPrograms(hasEditor) {
  if (hasEditor)
    await check('types of the editor tests', 'node_modules/typescript/bin/tsc', ['-p', 'test/editor']);
  const waiting = ORDER.filter(project => (IN_EDITOR.has(project) ? hasEditor : wanted('process')));
  const row = async () => {
    for (let project = waiting.shift(); project; project = waiting.shift())
      await vitest(project, { reporter: 'verbose', isAside: project !== 'editor' });
  };
  await Promise.all(Array.from({ length: ROWS }, row));
}

/** Lint reads the types of whatever is installed: the rest is installed after it, beside what needs none of it. */
async function checkTypesAndLint() {
  await check('types', 'node_modules/typescript/bin/tsc', ['-p', '.']);
  await check('types of the webviews', 'node_modules/typescript/bin/tsc', ['-p', 'webview-ui']);
  await check('lint', 'node_modules/oxlint/bin/oxlint', ['--deny-warnings']);
}

async function checkRest() {
  if (wanted('check')) {
    await check('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '.', '--log-level=warn']);
    await check('unused code and packages', 'node_modules/knip/bin/knip.js', []);
  }
  await check('build', 'scripts/build.mjs', []);
  if (wanted('unit')) await vitest('unit');
}

if (wanted('check')) await checkTypesAndLint();
const [hasEditor] = await Promise.all([installPrograms(), checkRest()]);
await testPrograms(hasEditor);

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;

import { expect, test } from 'vitest';
import { isTranspiling } from '../../../src/agent/transpilers.ts';

test.each([
  ['--import tsx', '', 'app.ts'],
  ['--require @babel/register', '', 'app.js'],
  ['--experimental-loader ./hooks.mjs', '', 'app.js'],
  ['--import ./instrument.mjs', '', 'app.js'],
  ['', '--require ts-node/register', 'app.js'],
  ['', '', '/shop/node_modules/jest/bin/jest.js'],
  ['', '', '/shop/node_modules/.pnpm/vitest@4.1.0/node_modules/vitest/vitest.mjs'],
  ['', '', String.raw`C:\shop\node_modules\tsx\dist\cli.mjs`],
])('node %s with NODE_OPTIONS=%s running %s may run what no file holds', (flags, nodeOptions, script) => {
  expect(isTranspiling(flags.split(' '), nodeOptions, script)).toBe(true);
});

test.each([
  ['', '', 'app.js'],
  ['--enable-source-maps', '--max-old-space-size=100', '/shop/dist/server.js'],
  ['', '--require "/home/me/.vscode/extensions/slowcatch/dist/agent.cjs"', '/home/me/jest/server.js'],
])('node %s with NODE_OPTIONS=%s running %s runs its files', (flags, nodeOptions, script) => {
  expect(isTranspiling(flags.split(' '), nodeOptions, script)).toBe(false);
});

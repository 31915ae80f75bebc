/** The package as it lies on disk once a user has installed it. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';

const LARGEST_BYTES = 4_000_000;

const installed = readdirSync(inject('extensions'), { withFileTypes: true }).filter(each =>
  each.isDirectory(),
);
const folder = path.join(inject('extensions'), installed[0]?.name ?? '');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(each => each.isFile())
  .map(each => path.posix.join(path.relative(folder, each.parentPath), each.name))
  .toSorted();
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

test('it is one extension, for the platform it was made for', () => {
  expect(installed).toHaveLength(1);
  expect(read('.vsixmanifest')).toContain('TargetPlatform="linux-x64"');
});

test('it is small', () => {
  expect(statSync(inject('vsix')).size).toBeLessThanOrEqual(LARGEST_BYTES);
});

test('it holds what runs and what is read, and nothing else', () => {
  const others = files.filter(name => !/^(?:dist\/webview|media\/walkthrough)\//.test(name));
  expect(others).toEqual([
    '.vsixmanifest',
    'LICENSE.txt',
    'changelog.md',
    'dist/THIRD-PARTY-NOTICES.txt',
    'dist/agent.cjs',
    'dist/client.cjs',
    'dist/extension.cjs',
    'dist/heap-worker.cjs',
    'dist/oxc-parser.wasm',
    'dist/server.cjs',
    'l10n/bundle.l10n.json',
    'media/icon.png',
    'media/slowcatch.svg',
    'package.json',
    'package.nls.json',
    'readme.md',
    'telemetry.json',
  ]);
  expect(files.filter(name => name.endsWith('.map'))).toEqual([]);
});

test('whatever the manifest names is there', () => {
  const named = read('package.json').matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+|[^"]+\.svg)"/g);
  const missing = [...named].map(([, name = '']) => name).filter(name => !files.includes(name));
  expect(missing).toEqual([]);
});

test('the licences of all that is bundled are in it', () => {
  const notices = read('dist/THIRD-PARTY-NOTICES.txt');
  for (const name of ['speedscope', 'vscode-languageclient', 'vscode-languageserver', 'ws', 'valibot'])
    expect(notices).toMatch(new RegExp(`^${name} \\d.*\\(MIT\\)$`, 'm'));
});

test('without an address at build time there is no code that could report anything', () => {
  expect(files.filter(name => /telemetry/.test(name))).toEqual(['telemetry.json']);
  expect(read('dist/extension.cjs')).not.toMatch(/telemetry|InstrumentationKey/i);
});

test('its README needs neither network nor repository', () => {
  const addresses = [...read('readme.md').matchAll(/\]\(([^)]+)\)/g)].map(([, address]) => address ?? '');
  expect(addresses.filter(address => !/^(?:#|https:)/.test(address))).toEqual([]);
});

// Builds dist/, or another folder: `node scripts/build.mjs [--out DIR]`. Exits non-zero when anything fails to build.
// With SLOWCATCH_CONNECTION_STRING set (Application Insights) the extension counts its use, as telemetry.json says;
// without it there is no code in it that could.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { thirdPartyNotices } from './build/notices.mjs';

const root = path.dirname(import.meta.dirname);
const { out } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } }).values;
const dist = path.resolve(root, out);
const connectionString = process.env.SLOWCATCH_CONNECTION_STRING ?? '';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  metafile: true,
  define: {
    SLOWCATCH_VERSION: JSON.stringify(version),
    SLOWCATCH_CONNECTION_STRING: JSON.stringify(connectionString),
  },
  // jsonc-parser's CommonJS build cannot be bundled.
  mainFields: ['module', 'main'],
  // All licences stand in one file.
  legalComments: 'none',
};

/** It finds the command line beside itself. */
const apiBundle = (format, folder) => ({
  entryPoints: ['src/api/index.ts'],
  outfile: `dist/api.${format === 'cjs' ? 'cjs' : 'mjs'}`,
  format,
  sourcemap: false,
  define: { SLOWCATCH_DIST: folder },
});

const bundles = [
  // Lowered to old syntax so that an old Node can load it and say that it is too old.
  {
    entryPoints: ['src/agent/entry.ts'],
    outfile: 'dist/agent.cjs',
    format: 'cjs',
    target: 'node12',
    // Node 12 has them; in the place of which esbuild would put weak maps.
    supported: { 'class-private-field': true },
    sourcemap: false,
    banner: { js: 'try {' },
    footer: { js: readFileSync(path.join(root, 'src/agent/cannot-load.js'), 'utf8') },
  },
  {
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
  },
  { entryPoints: ['src/server/main.ts'], outfile: 'dist/server.cjs', format: 'cjs' },
  { entryPoints: ['src/backend/heap/worker.ts'], outfile: 'dist/heap-worker.cjs', format: 'cjs' },
  {
    entryPoints: ['src/extension/client-parts.ts'],
    outfile: 'dist/client.cjs',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
  },
  ...(connectionString === ''
    ? []
    : [
        {
          entryPoints: ['src/extension/telemetry/reporter.ts'],
          outfile: 'dist/telemetry.cjs',
          format: 'cjs',
          external: ['vscode'],
          minify: true,
          sourcemap: false,
        },
      ]),
  apiBundle('cjs', '__dirname'),
  apiBundle('esm', 'import.meta.dirname'),
];

/** A page that was exported is opened in any browser; all other views in the editor's. */
const TARGETS = { 'flame-html': ['chrome94', 'firefox113', 'safari16.4'] };

/** What webviews load: one script and one stylesheet for each folder of webview-ui/ that has a main.ts or main.tsx. */
const views = readdirSync(path.join(root, 'webview-ui'))
  .map(view => ({
    view,
    entry: ['main.ts', 'main.tsx'].find(name => existsSync(path.join(root, 'webview-ui', view, name))),
  }))
  .filter(({ entry }) => entry !== undefined)
  .map(({ view, entry }) => ({
    entryPoints: [`webview-ui/${view}/${entry}`],
    outfile: `dist/webview/${view}.js`,
    format: 'iife',
    platform: 'browser',
    target: TARGETS[view] ?? 'chrome140',
    sourcemap: false,
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Styles for another document than the view's own, as text.
    loader: { '.inside.css': 'text' },
  }));

/** Packages of which files are copied, not bundled. */
const COPIED_PACKAGES = ['speedscope'];

/** Names without the hashes of a version. */
const lastingName = name =>
  name.replace(/^speedscope-\w+/, 'speedscope').replace(/^SourceCodePro.*(?=\.woff2$)/, 'source-code-pro');

/** speedscope comes built. */
function copySpeedscope() {
  const from = path.join(root, 'node_modules/speedscope');
  const to = path.join(dist, 'webview/speedscope');
  mkdirSync(to, { recursive: true });
  const release = path.join(from, 'dist/release');
  const wanted = /^(?:speedscope-.*\.(?:js|css)|.*\.woff2|source-code-pro\.LICENSE\.md)$/;
  for (const name of readdirSync(release).filter(name => wanted.test(name)))
    cpSync(path.join(release, name), path.join(to, lastingName(name)));
  cpSync(path.join(from, 'LICENSE'), path.join(to, 'LICENSE'));
}

/** Where the parser is that watched functions are found with: one file for every platform. */
function copyParser() {
  const { resolve } = createRequire(import.meta.url);
  cpSync(resolve('@oxc-parser/binding-wasm32-wasip1/wasm.wasm'), path.join(dist, 'oxc-parser.wasm'));
}

/**
 * What an exported page consists of besides its data. Script and style are put into elements: nothing in them may end
 * one (esbuild escapes `</script` in strings).
 */
function completePage(inputs) {
  const folder = path.join(dist, 'webview');
  for (const name of ['flame-html.js', 'flame-html.css'])
    if (/<\/(?:script|style)|<!--/i.test(readFileSync(path.join(folder, name), 'utf8')))
      throw new Error(`${name} cannot stand in a page`);
  const notices = thirdPartyNotices(root, inputs, [], 'This page contains code of these packages.');
  writeFileSync(path.join(folder, 'flame-html.txt'), notices);
}

function emitApiTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json');
  const run = spawnSync(
    process.execPath,
    [
      path.join(path.dirname(tsc), 'bin', 'tsc'),
      ...['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--skipLibCheck', '--types', 'node'],
      ...['--target', 'es2022', '--module', 'nodenext', '--allowImportingTsExtensions'],
      ...['--rootDir', 'src', '--outDir', path.join(dist, 'types'), 'src/api/index.ts'],
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (run.status !== 0) throw new Error('the types of the in-code API could not be built');
}

rmSync(dist, { recursive: true, force: true });
const inDist = file => path.join(dist, path.relative('dist', file));
const results = await Promise.all(
  [...bundles, ...views].map(options => build({ ...common, ...options, outfile: inDist(options.outfile) })),
);
copySpeedscope();
copyParser();
const isPage = ({ outputs }) => Object.keys(outputs).some(file => path.basename(file) === 'flame-html.js');
const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(root, inputs, COPIED_PACKAGES));
completePage(Object.keys(results.find(({ metafile }) => isPage(metafile)).metafile.inputs));
emitApiTypes();

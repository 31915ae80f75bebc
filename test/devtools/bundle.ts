/** Chrome DevTools' heap code as one script. Its package has no `locales.js`, which its build makes. */
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

const LOCALES = `
  export const LOCALES = ['en-US'];
  export const BUNDLED_LOCALES = LOCALES;
  export const DEFAULT_LOCALE = 'en-US';
  export const REMOTE_FETCH_PATTERN = '';
  export const LOCAL_FETCH_PATTERN = '';`;

const locales: Plugin = {
  name: 'locales',
  setup(build) {
    build.onResolve({ filter: /\/locales\.js$/ }, () => ({ path: 'locales', namespace: 'locales' }));
    build.onLoad({ filter: /.*/, namespace: 'locales' }, () => ({ contents: LOCALES }));
  },
};

/** Answers the path of the script, in `folder`; `root` is the project. */
export async function bundleDevTools(root: string, folder: string): Promise<string> {
  const outfile = path.join(folder, 'devtools-load.mjs');
  await build({
    entryPoints: [path.join(root, 'test', 'devtools', 'load.mjs')],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    plugins: [locales],
  });
  return outfile;
}

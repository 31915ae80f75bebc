/** Measurements in processes of their own: bundled first, so that no transpiler is in them. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles a script of test/bench into `folder`; returns the bundle's path. */
export async function bundle(root: string, script: string, folder: string): Promise<string> {
  const outfile = path.join(
    folder,
    `${path.basename(path.dirname(script))}-${path.basename(script, '.ts')}.mjs`,
  );
  await build({
    entryPoints: [path.join(root, 'test', 'bench', script)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return outfile;
}

/** Runs a bundle in a fresh process; what it prints is its answer, as JSON. */
export function measure<T>(script: string, parameters: readonly string[]): T {
  return JSON.parse(execFileSync(process.execPath, [script, ...parameters], { encoding: 'utf8' })) as T;
}

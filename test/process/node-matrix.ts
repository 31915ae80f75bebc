/** The Node.js binaries that the process tests run programs with. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface MatrixNode {
  readonly major: number;
  /** Absolute path of the executable. */
  readonly binary: string;
  readonly version: string;
}

const FOLDER = path.join(import.meta.dirname, '..', 'matrix');

function installed(major: number): MatrixNode {
  const folder = path.join(FOLDER, 'node_modules', `node${major}`);
  const binary = path.join(folder, 'bin', 'node');
  if (!existsSync(binary))
    throw new Error(
      `Node ${major} for the process tests is missing: run \`npm ci --ignore-scripts\` in ${FOLDER}`,
    );
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { major, binary, version: `v${version.replace(/^v/, '')}` };
}

/** Oldest first. Throws when one is not installed. */
export const NODES: readonly MatrixNode[] = [20, 22, 24, 26].map(installed);

const isAll = process.env['SLOWCATCH_ALL_NODES'] !== undefined;
const some = (...majors: readonly number[]): readonly MatrixNode[] =>
  isAll ? NODES : NODES.filter(({ major }) => majors.includes(major));

/**
 * Two pairs for tests that take long, one version of each kind: before Node 24 contexts lie on resources and most profiles come
 * from the inspector, from then on both are V8's. `SLOWCATCH_ALL_NODES=1` runs them on all.
 */
export const EDGES = some(20, 26);
export const MIDDLE = some(22, 24);

/** Versions that cannot be profiled: one that loads the agent, and one that cannot even do that. */
export const TOO_OLD_NODES: readonly MatrixNode[] = [18, 12].map(installed);

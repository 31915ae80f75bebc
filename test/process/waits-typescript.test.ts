/** The lines of waits are those that the user wrote, where TypeScript became something else before it ran. */
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, PROGRAMS, ROOT, runCommand, slowcatch, temporaryFolders } from './cli.ts';
import { MIDDLE } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const SOURCE = path.join(PROGRAMS, 'waits', 'typed.ts');
const PACKAGES = path.join(ROOT, 'node_modules');
const LINE =
  readFileSync(SOURCE, 'utf8')
    .split('\n')
    .findIndex(line => line.includes('// the line that waits')) + 1;

interface Started {
  readonly command: readonly string[];
  readonly source: string;
}

/** Outside of this package, whose files are ES modules. */
function copied(): Started['source'] {
  const source = path.join(temporaryFolder(), 'typed.ts');
  copyFileSync(SOURCE, source);
  return source;
}

const builtFor =
  (target: string) =>
  (binary: string): Promise<Started> =>
    builtByTsc(binary, target);

async function builtByTsc(binary: string, target: string): Promise<Started> {
  const source = copied();
  const folder = path.dirname(source);
  const tsc = path.join(PACKAGES, 'typescript', 'bin', 'tsc');
  const built = await runCommand(
    [
      ...[process.execPath, tsc, 'typed.ts', '--ignoreConfig', '--outDir', 'out', '--sourceMap'],
      ...['--target', target, '--module', 'commonjs', '--noCheck'],
    ],
    { cwd: folder },
  );
  expect(built).toMatchObject({ code: 0, stderr: '' });
  return { command: [binary, path.join(folder, 'out', 'typed.js')], source };
}

function runByTsx(binary: string): Started {
  const source = copied();
  return { command: [binary, path.join(PACKAGES, 'tsx', 'dist', 'cli.mjs'), source], source };
}

describe.each(MIDDLE)('on Node.js $major', ({ binary }) => {
  test.each([
    ['built by tsc', builtFor('es2022')],
    ['built by tsc for engines without await', builtFor('es2015')],
    ['run by tsx', runByTsx],
  ])('TypeScript %s waits at its original line', async (_, prepare) => {
    const { command, source } = await prepare(binary);
    const ended = await slowcatch(['run', '--json', '--threshold', '20ms', '--', ...command], {
      env: { SLOWCATCH_API: path.join(ROOT, 'dist', 'api.cjs') },
    });
    const operation = documentOf(ended).operations.find(({ name }) => name === 'find');
    // Those that have not looked for it have the line of those that have.
    const told = operation?.kept.flatMap(({ waits }) => waits.filter(wait => wait.kind === 'timer')) ?? [];
    expect(told.length).toBeGreaterThan(0);
    for (const wait of told) expect(wait).toMatchObject({ file: source, line: LINE });
  });
});

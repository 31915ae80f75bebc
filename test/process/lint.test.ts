/** `slowcatch lint` as it ships: what it prints, and its exit status. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LintDocument } from '../../src/contracts/lint.ts';
import { slowcatch } from './cli.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('a warning is told, as JSON too, and ends with status 1', async () => {
  const file = write('cache.ts', `import C from 'node-cache';\nexport const c = new C();\n`);
  const { code, stdout } = await slowcatch(['lint', '--json', file]);
  const { diagnostics, files, problems } = JSON.parse(stdout) as LintDocument;
  expect({ code, files, problems }).toEqual({ code: 1, files: 1, problems: [] });
  expect(diagnostics).toMatchObject([
    { rule: 'cache-without-max', severity: 'warning', file, line: 2, column: 18, endLine: 2, endColumn: 25 },
  ]);
  expect(diagnostics[0]?.fixes).toEqual([{ title: 'Give it a bound: maxKeys: 1000' }]);
});

test('what is fixed is not found any more, and nothing found ends with 0', async () => {
  const file = write('fixed.ts', `import C from 'node-cache';\nexport const c = new C();\n`);
  expect(await slowcatch(['lint', '--fix', file])).toMatchObject({ code: 0 });
  expect(await slowcatch(['lint', file])).toMatchObject({ code: 0 });
});

test('a file that is not there ends with 3', async () => {
  const { code, stderr } = await slowcatch(['lint', path.join(folder, 'missing.ts')]);
  expect({ code, says: stderr.includes('cannot be read: ENOENT') }).toEqual({ code: 3, says: true });
});

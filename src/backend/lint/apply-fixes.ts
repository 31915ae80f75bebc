/** Writes fixes into source files: whole, or not at all, and only what can be parsed afterwards. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { CheckedFinding } from '../../analysis/source/check.ts';
import { applyEdits, doOverlap } from '../../analysis/source/edits.ts';
import type { SourceProgram } from '../../analysis/source/program.ts';
import type { Fix } from '../../analysis/source/rule.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { SourceParser } from '../watch/parser.ts';

/** The first fix of each finding, as far as they do not meet. Answers how many. Throws `file-not-writable`. */
export async function applyFixes(
  program: SourceProgram,
  findings: readonly CheckedFinding[],
  parser: SourceParser,
): Promise<number> {
  const chosen: Fix[] = [];
  for (const { fixes = [] } of findings) {
    const fix = fixes.find(({ needs }) => needs === undefined || isInstalled(needs, program.file));
    if (fix && !chosen.some(({ edits }) => doOverlap(edits, fix.edits))) chosen.push(fix);
  }
  if (chosen.length === 0) return 0;
  const text = applyEdits(
    program.text,
    chosen.flatMap(({ edits }) => edits),
  );
  if (!parser.parse(program.file, text).ok) return 0;
  await replace(program.file, program.text, text);
  return chosen.length;
}

function isInstalled(name: string, file: string): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', name, 'package.json'))) return true;
    if (folder === path.dirname(folder)) return false;
  }
}

/** With the rights of the file, and only when it is still what was read, byte for byte. */
async function replace(file: string, before: string, after: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    const [bytes, { mode }] = await Promise.all([fs.readFile(file), fs.stat(file)]);
    if (!bytes.equals(Buffer.from(before)))
      throw new UserError('file-not-writable', { file, reason: 'it is not UTF-8, or was changed meanwhile' });
    await fs.writeFile(part, after, { mode });
    await fs.rename(part, file);
  } catch (error) {
    await fs.rm(part, { force: true });
    if (error instanceof UserError) throw error;
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new UserError('file-not-writable', { file, reason: code }, error);
  }
}

/** `slowcatch lint`: what is wrong with pools, caches, queries and timers, told from the source alone. */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { checkFile, diagnosticOf, type CheckedFinding } from '../../analysis/source/check.ts';
import { RULES } from '../../analysis/source/rules/all.ts';
import type { LintDiagnostic, LintDocument } from '../../contracts/lint.ts';
import { UserError } from '../../contracts/user-error.ts';
import { Problems } from '../problems.ts';
import { PARSER_FILE, SourceParser } from '../watch/parser.ts';
import { applyFixes } from './apply-fixes.ts';
import { findFiles, type FoundFiles } from './find-files.ts';
import { Workspace } from './workspace.ts';

export interface LintOptions {
  /** Where the parser lies. */
  readonly dist: string;
  readonly fix: boolean;
}

/** A fix may make room for another one; what still finds something then needs its author. */
const MOST_ROUNDS = 4;

/** Of files and folders. Throws `file-unreadable`, `lint-nothing`, with `fix` also `file-not-writable`. */
export async function lint(paths: readonly string[], { dist, fix }: LintOptions): Promise<LintDocument> {
  const started = performance.now();
  const problems = new Problems();
  const found = await findFiles(paths, problems);
  if (found.sources.length === 0) throw new UserError('lint-nothing', { folder: paths.join(', ') });
  const parser = await SourceParser.open(path.join(dist, PARSER_FILE));
  try {
    const { fixed, ...checked } = await rounds(found, parser, problems, fix);
    const milliseconds = Math.round(performance.now() - started);
    return { version: 1, ...checked, milliseconds, ...(fix ? { fixed } : {}), problems: problems.list };
  } finally {
    await parser.dispose();
  }
}

async function rounds(
  found: FoundFiles,
  parser: SourceParser,
  problems: Problems,
  fix: boolean,
): Promise<{ diagnostics: LintDiagnostic[]; files: number; fixed: number }> {
  let fixed = 0;
  for (let round = 0; ; round++) {
    const workspace = await Workspace.open(found, parser, problems);
    const diagnostics: LintDiagnostic[] = [];
    let mended = 0;
    for (const file of workspace.candidates) {
      const program = workspace.program(file);
      if (!program) continue;
      const findings = check(file, workspace, problems);
      diagnostics.push(...findings.map(finding => diagnosticOf(finding, program)));
      if (fix && round < MOST_ROUNDS) mended += await applyFixes(program, findings, parser);
    }
    fixed += mended;
    if (mended === 0) return { diagnostics: diagnostics.sort(byPlace), files: workspace.size, fixed };
  }
}

/** A rule that fails takes only this file with it. */
function check(file: string, workspace: Workspace, problems: Problems): CheckedFinding[] {
  const program = workspace.program(file);
  if (!program) return [];
  try {
    return checkFile(program, workspace.project, RULES);
  } catch (error) {
    problems.add('lint-failed', { file, detail: String(error) });
    return [];
  }
}

const byPlace = (a: LintDiagnostic, b: LintDiagnostic): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;

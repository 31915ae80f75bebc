import process from 'node:process';
import { lint } from '../backend/lint/lint.ts';
import { renderLint } from '../backend/lint/render-lint.ts';
import { plainJson } from '../format/untrusted.ts';
import type { Command } from './arguments.ts';

type LintArguments = Extract<Command, { name: 'lint' }>;

const FINDINGS_STATUS = 1;

/** Answers 1 when there is a finding of warning or higher. */
export async function lintCommand({ paths, json, fix }: LintArguments): Promise<number> {
  const document = await lint(paths, { dist: __dirname, fix });
  process.stdout.write(json ? `${plainJson(document)}\n` : renderLint(document, process.cwd()));
  const found = document.diagnostics.some(({ severity }) => severity === 'error' || severity === 'warning');
  return found ? FINDINGS_STATUS : 0;
}

/** All rules on one file. */
import type { LintDiagnostic, LintPlace, LintSeverity } from '../../contracts/lint.ts';
import type { Project } from './module-index.ts';
import { OptOuts } from './opt-outs.ts';
import type { SourceProgram } from './program.ts';
import { CheckedFile, type Rule, type SourceFinding } from './rule.ts';

export interface CheckedFinding extends SourceFinding {
  readonly rule: string;
  readonly severity: LintSeverity;
}

/** In the order of the text. */
export function checkFile(
  program: SourceProgram,
  project: Project,
  rules: readonly Rule[],
): CheckedFinding[] {
  const file = new CheckedFile(program, project);
  const optOuts = new OptOuts(program);
  return rules
    .filter(({ mentions }) => mentions.some(text => program.text.includes(text)))
    .flatMap(rule =>
      rule.check(file).map(finding => ({ severity: rule.severity, ...finding, rule: rule.id })),
    )
    .filter(({ rule, node }) => !optOuts.has(rule, program.positionOf(node.start).line))
    .sort((a, b) => a.node.start - b.node.start);
}

export function diagnosticOf(finding: CheckedFinding, program: SourceProgram): LintDiagnostic {
  const { rule, severity, node, message, related = [], fixes = [] } = finding;
  return {
    rule,
    severity,
    ...placeOf(node, program),
    message,
    ...(related.length === 0
      ? {}
      : { related: related.map(each => ({ ...placeOf(each.node, program), message: each.message })) }),
    fixes: fixes.map(({ title }) => ({ title })),
  };
}

function placeOf(
  { start, end }: { readonly start: number; readonly end: number },
  program: SourceProgram,
): LintPlace {
  const [from, to] = [program.positionOf(start), program.positionOf(end)];
  return { file: program.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

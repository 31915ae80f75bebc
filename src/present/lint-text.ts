/** Findings in source text, for a terminal. */
import type { LintDocument, LintSeverity } from '../contracts/lint.ts';
import { plainText } from '../format/untrusted.ts';

const SEVERITIES: readonly LintSeverity[] = ['error', 'warning', 'info', 'hint'];

export function lintText(document: LintDocument, nameOf: (file: string) => string): string {
  const lines = document.diagnostics.flatMap(
    ({ file, line, column, severity, rule, message, related, fixes }) => [
      `${plainText(nameOf(file))}:${line}:${column}  ${severity}  ${rule}`,
      `  ${plainText(message, 400)}`,
      ...(related ?? []).map(
        each =>
          `  ${plainText(nameOf(each.file))}:${each.line}:${each.column}  ${plainText(each.message, 400)}`,
      ),
      ...fixes.map(({ title }) => `  Fix: ${plainText(title, 400)}`),
      '',
    ],
  );
  const problems = document.problems.flatMap(({ message, advice }) => [
    plainText(message, 600),
    `  ${plainText(advice, 600)}`,
  ]);
  return [...lines, ...problems, summary(document), ''].join('\n');
}

function summary({ diagnostics, files, milliseconds, fixed }: LintDocument): string {
  const counts = SEVERITIES.flatMap(severity => {
    const count = diagnostics.filter(each => each.severity === severity).length;
    return count === 0 ? [] : [countOf(count, severity)];
  });
  const found = counts.length === 0 ? 'Nothing found' : counts.join(', ');
  const mended = fixed === undefined ? '' : ` ${countOf(fixed, 'finding')} fixed.`;
  return `${found} in ${countOf(files, 'file')} (${milliseconds} ms).${mended}`;
}

const countOf = (count: number, what: string): string =>
  `${count} ${what}${count === 1 || what === 'info' ? '' : 's'}`;

/** Sources that are drawn as text: `// !` marks the lines with findings, `// file: db.ts` begins a further file. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkFile, type CheckedFinding } from '../../../../src/analysis/source/check.ts';
import { applyEdits } from '../../../../src/analysis/source/edits.ts';
import { Project } from '../../../../src/analysis/source/module-index.ts';
import { SourceProgram } from '../../../../src/analysis/source/program.ts';
import type { Rule } from '../../../../src/analysis/source/rule.ts';
import { SourceParser } from '../../../../src/backend/watch/parser.ts';
import { PARSER } from '../../model/watched/parsed.ts';

const parser = await SourceParser.open(PARSER);

export function programOf(text: string, file = '/app/main.ts'): SourceProgram {
  const parsed = parser.parse(file, text);
  if (!parsed.ok) throw new Error(`${file}: ${parsed.detail}\n${text}`);
  return new SourceProgram(file, text, parsed.program);
}

/** Without a first `// file:` line the first one is `main.ts`. */
export function projectOf(drawn: string): { project: Project; programs: readonly SourceProgram[] } {
  const parts = drawn.replace(/^\n/, '').split(/^[ \t]*\/\/ file: (\S+)\n/m);
  const files = new Map<string, string>();
  if (parts[0]?.trim()) files.set('/app/main.ts', parts[0]);
  for (let index = 1; index < parts.length; index += 2)
    files.set(`/app/${parts[index]}`, parts[index + 1] ?? '');
  const programs = new Map([...files].map(([file, text]) => [file, programOf(text, file)]));
  const project = new Project({
    load: file => programs.get(file),
    resolve: (from, specifier) => {
      if (!specifier.startsWith('.')) return undefined;
      const base = path.posix.join(path.posix.dirname(from), specifier);
      return ['', '.ts', '.js', '/index.ts'].map(end => base + end).find(file => programs.has(file));
    },
    candidates: () => [...programs.values()],
  });
  return { project, programs: [...programs.values()] };
}

export function findingsIn(rule: Rule, drawn: string): { finding: CheckedFinding; program: SourceProgram }[] {
  const { project, programs } = projectOf(drawn);
  return programs.flatMap(program =>
    checkFile(program, project, [rule]).map(finding => ({ finding, program })),
  );
}

function lineText(program: SourceProgram, offset: number): string {
  const { line } = program.positionOf(offset);
  return program.text.split('\n')[line - 1]?.trim() ?? '';
}

const marked = (drawn: string): string[] =>
  drawn.split('\n').flatMap(line => (line.includes('// !') ? [line.trim()] : []));

/** Each source by what it shows. */
export function finds(rule: Rule, sources: Readonly<Record<string, string>>): void {
  test.each(Object.entries(sources))('is told: %s', (_, drawn) => {
    const found = findingsIn(rule, drawn).map(({ finding, program }) =>
      lineText(program, finding.node.start),
    );
    expect(found).toEqual(marked(drawn));
    expect(found.length).toBeGreaterThan(0);
  });
}

export function leavesAlone(rule: Rule, sources: Readonly<Record<string, string>>): void {
  test.each(Object.entries(sources))('is not told: %s', (_, drawn) => {
    expect(findingsIn(rule, drawn).map(({ finding }) => finding.message)).toEqual([]);
  });
}

/** Applies a fix of the only finding, parses what it leaves and looks again: the finding has to be gone. */
export function fixed(rule: Rule, drawn: string, title?: RegExp): string {
  const text = drawn.replace(/^\n/, '');
  const [found, ...others] = findingsIn(rule, text);
  const fix = found?.finding.fixes?.find(each => title?.test(each.title) ?? true);
  if (!found || !fix || others.length > 0)
    throw new Error(`There is no such fix: ${JSON.stringify(found?.finding.fixes)} ${others.length}`);
  const result = applyEdits(found.program.text, fix.edits);
  expect(findingsIn(rule, result)).toEqual([]);
  return result;
}

import type { Report, Section } from './section.ts';
import type { TableColumn } from './table.ts';

/** The report as GitHub's Markdown; names are text there, never markup. */
export function reportMarkdown({ title, sections }: Report): string {
  return [`# ${escape(title)}`, ...sections.map(sectionMarkdown)].join('\n\n') + '\n';
}

function sectionMarkdown({ title, columns, sentences }: Section): string {
  const list = (sentences ?? []).map(
    ({ text, detail }) => `- ${escape(text)}${detail === undefined ? '' : `  \n  ${escape(detail)}`}`,
  );
  return [
    `## ${escape(title)}`,
    ...(columns ? [table(columns)] : []),
    ...(list.length > 0 ? [list.join('\n')] : []),
  ].join('\n\n');
}

function table(columns: readonly TableColumn[]): string {
  const count = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const row = (texts: readonly string[]): string => `| ${texts.map(escape).join(' | ')} |`;
  return [
    row(columns.map(({ head }) => head)),
    row(columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))).replaceAll('\\', ''),
    ...Array.from({ length: count }, (_, index) => row(columns.map(({ cells }) => cells[index] ?? ''))),
  ].join('\n');
}

/** Every character that Markdown or HTML could read as markup. */
const escape = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>()#+!|~&$]/g, String.raw`\$&`);

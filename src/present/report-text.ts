import { plainText } from '../format/untrusted.ts';
import type { Report, Section } from './section.ts';
import { textTable } from './table.ts';

/** The report for a terminal, without colours: it is also piped and mailed. */
export function reportText({ title, sections }: Report): string {
  return [title, ...sections.flatMap(section => ['', ...sectionText(section)]), ''].join('\n');
}

function sectionText({ title, columns, sentences }: Section): string[] {
  const rows = columns ? textTable(columns) : [];
  const lines = (sentences ?? []).flatMap(({ text, detail }) => [
    `  ${text}`,
    ...(detail === undefined ? [] : [`    ${plainText(detail, 400)}`]),
  ]);
  return [title, ...rows, ...lines];
}

/** Documents in words; `folder` is what file names are shown relative to. */
import type { ProfileDocument } from '../contracts/document.ts';
import { Places } from '../present/places.ts';
import { reportMarkdown } from '../present/report-markdown.ts';
import { reportText } from '../present/report-text.ts';
import { MOST_LINES, report } from '../present/report.ts';
import type { Report } from '../present/section.ts';
import { readSourceLines } from './source-lines.ts';

export async function renderText(document: ProfileDocument, folder: string): Promise<string> {
  return reportText(await toReport(document, folder));
}

export async function renderMarkdown(document: ProfileDocument, folder: string): Promise<string> {
  return reportMarkdown(await toReport(document, folder));
}

/** A foreign profile does not say when it was taken: its lines stay without their text. */
async function toReport(document: ProfileDocument, folder: string): Promise<Report> {
  const began = document.startedAt === undefined ? undefined : Date.parse(document.startedAt);
  const source =
    began === undefined ? new Map<string, string>() : await readSourceLines(document, MOST_LINES, began);
  return report(document, new Places(folder), source);
}

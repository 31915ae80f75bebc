import fs from 'node:fs/promises';
import { renderMarkdown, renderText } from '../backend/render.ts';
import type { ProfileDocument } from '../contracts/document.ts';
import { UserError } from '../contracts/user-error.ts';
import { plainJson } from '../format/untrusted.ts';
import type { ReportArguments } from './arguments.ts';

const FINDINGS_STATUS = 1;

/** Prints the document as asked; answers the exit status that its findings ask for. */
export async function print(document: ProfileDocument, report: ReportArguments): Promise<number> {
  const folder = process.cwd();
  if (report.markdown !== undefined) await writeFile(report.markdown, await renderMarkdown(document, folder));
  process.stdout.write(report.json ? `${plainJson(document)}\n` : `\n${await renderText(document, folder)}`);
  const found = document.findings.some(({ severity }) => severity !== 'info');
  return report.failOnFindings && found ? FINDINGS_STATUS : 0;
}

async function writeFile(file: string, text: string): Promise<void> {
  try {
    await fs.writeFile(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError('report-not-written', { file, reason: code ?? message }, error);
  }
}

import path from 'node:path';
import type { AnalysedInput } from '../backend/analyze.ts';
import { exportProfile } from '../backend/export.ts';
import { renderText } from '../backend/render.ts';
import { plainJson } from '../format/untrusted.ts';
import type { ReportArguments } from './arguments.ts';

const FINDINGS_STATUS = 1;

/** Writes and prints what was asked for; answers the exit status that the findings ask for. */
export async function print(profile: AnalysedInput, report: ReportArguments): Promise<number> {
  const { document } = profile;
  const relativeTo = baseFolders(profile, report);
  for (const wanted of report.exports)
    await exportProfile(profile, {
      ...wanted,
      dist: __dirname,
      ...(report.metric ? { metric: report.metric } : {}),
      ...(relativeTo ? { relativeTo } : {}),
    });
  const text = report.json ? `${plainJson(document)}\n` : `\n${await renderText(document, process.cwd())}`;
  process.stdout.write(text);
  const found = document.findings.some(({ severity }) => severity !== 'info');
  return report.failOnFindings && found ? FINDINGS_STATUS : 0;
}

/** What written paths are relative to; undefined when absolute ones are wanted. */
function baseFolders({ folders }: AnalysedInput, { relativePaths }: ReportArguments): string[] | undefined {
  if (relativePaths === undefined) return undefined;
  return relativePaths === '' ? [...folders, process.cwd()] : [path.resolve(relativePaths)];
}

import { analyzeHeap, isHeapSnapshotFile, renderHeap } from '../backend/heap/analyze-heap.ts';
import { analyze } from '../backend/analyze.ts';
import { UserError } from '../contracts/user-error.ts';
import { plainJson } from '../format/untrusted.ts';
import type { Command, ReportArguments } from './arguments.ts';
import { print } from './print.ts';

type AnalyzeArguments = Extract<Command, { name: 'analyze' }>;

export async function analyzeCommand({ inputs, range, report }: AnalyzeArguments): Promise<number> {
  const [input = ''] = inputs;
  if (inputs.length === 1 && (await isHeapSnapshotFile(input))) {
    checkHeapArguments(range !== undefined, report);
    return printHeap(input, report);
  }
  return print(await analyze(inputs, range), report);
}

function checkHeapArguments(hasRange: boolean, { exports, metric }: ReportArguments): void {
  if (!hasRange && exports.length === 0 && metric === undefined) return;
  throw new UserError('usage', {
    detail: 'Of a heap snapshot there is the report and --json, nothing else.',
  });
}

async function printHeap(file: string, { json }: ReportArguments): Promise<number> {
  const document = await analyzeHeap(file, { dist: __dirname });
  const text = json ? `${plainJson(document)}\n` : `\n${renderHeap(document, process.cwd())}`;
  process.stdout.write(text);
  return 0;
}

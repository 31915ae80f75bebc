import { analyze } from '../backend/analyze.ts';
import type { Command } from './arguments.ts';
import { print } from './print.ts';

export async function analyzeCommand({
  inputs,
  range,
  report,
}: Extract<Command, { name: 'analyze' }>): Promise<number> {
  return print(await analyze(inputs, range), report);
}

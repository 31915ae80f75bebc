/** What was sampled of allocations while a program was tracked: what may grow, and the stacks of what grows. */
import path from 'node:path';
import type { HeldThread } from '../../analysis/heap/held-thread.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import { scriptPlacement } from '../../model/source/script-placement.ts';
import { leakSuspicions } from '../../present/leaks/suspicions.ts';
import { heldThread } from '../recorded-held.ts';
import { readThreads } from '../recorded-threads.ts';
import { SharedSources } from '../shared-sources.ts';
import { PARSER_FILE, SourceParser } from '../watch/parser.ts';
import { allocationOf, withAllocation } from './allocation-stacks.ts';
import { SourceTexts } from './source-texts.ts';

/** `dist`: folder of the bundles, where the parser lies. `operation`: what one is called. */
export interface SampledOptions {
  readonly dist: string;
  readonly operation: string;
}

/** A comparison of snapshots with what the recording in `folder` tells of the same time. */
export async function withSampledAllocations(
  document: LeaksDocument,
  folder: string,
  { dist, operation }: SampledOptions,
): Promise<LeaksDocument> {
  const threads = await heldThreads(folder);
  if (threads.length === 0) return document;
  const suspicions = leakSuspicions(threads, operation);
  const parser = await SourceParser.open(path.join(dist, PARSER_FILE));
  try {
    const sources = new SourceTexts(parser);
    const verdicts = [];
    for (const verdict of document.verdicts)
      verdicts.push(withAllocation(verdict, await allocationOf(verdict, threads, sources)));
    return { ...document, verdicts, suspicions };
  } finally {
    await parser.dispose();
  }
}

/** Of all threads of a recording; also of one that goes on. */
async function heldThreads(folder: string): Promise<HeldThread[]> {
  const sources = new SharedSources(folder);
  const found: HeldThread[] = [];
  for (const { runtime, scripts } of await readThreads(folder)) {
    const kept = scripts.filter(({ sha256 }) => sha256 !== null);
    const held = heldThread(runtime, scriptPlacement(await sources.of(kept)));
    if (held) found.push(held);
  }
  return found;
}

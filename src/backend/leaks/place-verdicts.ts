/** Finds the line of each verdict in the sources of the program. */
import { allocationSite, type Wanted } from '../../analysis/heap/allocation-site.ts';
import { boundInSource } from '../../analysis/heap/bound-in-source.ts';
import type { HeapSite } from '../../analysis/heap/scripts.ts';
import type { HeapFindings, HeapVerdict } from '../../analysis/heap/verdicts.ts';
import type { LeakVerdict } from '../../contracts/leaks.ts';
import { bytes } from '../../contracts/units.ts';
import { adviceFor } from '../../present/leaks/advice.ts';
import { originalWords } from './original-words.ts';
import { fileOf, type ScriptSource, type SourceTexts } from './source-texts.ts';

interface Place {
  readonly file: string;
  readonly line?: number;
}

export async function placeVerdicts(
  { verdicts, urls }: HeapFindings,
  sources: SourceTexts,
  operations: { readonly of: string; readonly total: number } | undefined,
): Promise<LeakVerdict[]> {
  const own = urls.filter(url => !INSTALLED.test(url));
  const placed: LeakVerdict[] = [];
  for (const each of verdicts) placed.push(await placeVerdict(each, own, sources, operations));
  return placed;
}

const INSTALLED = /[\\/]node_modules[\\/]/;

async function placeVerdict(
  verdict: HeapVerdict,
  own: readonly string[],
  sources: SourceTexts,
  operations: { readonly of: string; readonly total: number } | undefined,
): Promise<LeakVerdict> {
  const { clues: _, scope: __, ...told } = verdict;
  const place = await placeOf(verdict, own, sources);
  const words = await originalWords(verdict, sources);
  const bound = told.verdict === 'leak' ? await sourceBound(verdict, sources) : undefined;
  const count = sum(told.countPerEpoch);
  const size = sum(told.bytesPerEpoch);
  return {
    ...told,
    ...words,
    ...(bound === undefined ? {} : { verdict: 'suspect', reason: 'bounded', bound }),
    retainedBytes: bytes(size),
    ...(operations && operations.total > 0
      ? {
          perOperation: {
            of: operations.of,
            count: count / operations.total,
            bytes: size / operations.total,
          },
        }
      : {}),
    ...place,
    advice: adviceFor(told.kind),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

async function sourceBound({ clues }: HeapVerdict, sources: SourceTexts): Promise<string | undefined> {
  for (const url of present([clues.holder, clues.constructed?.url])) {
    const source = await sources.of(url);
    const bound = source && boundInSource(source.text, clues.names, clues.heldCount);
    if (bound !== undefined) return bound;
  }
  return undefined;
}

/** Kinds of which the place of the function is the place of the allocation. */
const BY_FUNCTION: ReadonlySet<string> = new Set(['closure', 'listener']);
/** A score of allocation-site.ts: what is found with less in the likely files may stand in another one. */
const SURE = 2;
/** More files are not searched. */
const MOST_FILES = 200;

async function placeOf(
  verdict: HeapVerdict,
  own: readonly string[],
  sources: SourceTexts,
): Promise<Place | undefined> {
  const { kind, clues } = verdict;
  const { closure, constructed, holder, inside } = clues;
  const isFunction = BY_FUNCTION.has(kind);
  if (isFunction && closure) return ofSite(closure, sources);
  const found = await bestOf(present([closure?.url, holder, constructed?.url]), verdict, sources);
  const isSure = isFunction || (found !== undefined && found.score >= SURE);
  const elsewhere = isSure ? undefined : await bestOf(own.slice(0, MOST_FILES), verdict, sources);
  const fallback = closure ?? (holder === undefined || isFunction ? inside : undefined) ?? constructed;
  const best = (elsewhere?.score ?? 0) > (found?.score ?? 0) ? elsewhere : found;
  if (best) return best.place;
  const place = fallback && (await ofSite(fallback, sources));
  return place ?? (await ofFile(holder, verdict, sources));
}

async function bestOf(
  urls: readonly string[],
  verdict: HeapVerdict,
  sources: SourceTexts,
): Promise<{ readonly place: Place; readonly score: number } | undefined> {
  let best: { place: Place; score: number } | undefined;
  for (const url of urls) {
    const source = await sources.of(url);
    const found = source?.program && allocationSite(source.program, wantedIn(source, url, verdict));
    if (!source || !found || found.score <= (best?.score ?? 0)) continue;
    best = { place: source.placeOf(found.offset), score: found.score };
  }
  return best;
}

function wantedIn({ lineStarts }: ScriptSource, url: string, { kind, clues }: HeapVerdict): Wanted {
  const { closure } = clues;
  if (closure?.url !== url) return { kind, clues };
  const start = lineStarts[closure.line - 1];
  return start === undefined ? { kind, clues } : { kind, clues, calledAt: start + closure.column - 1 };
}

async function ofSite(site: HeapSite, sources: SourceTexts): Promise<Place | undefined> {
  const source = await sources.of(site.url);
  if (source) return source.sourceOf(site);
  const file = fileOf(site.url);
  return file === undefined ? undefined : { file, line: site.line };
}

/** Without a line: all that is known is who holds it. */
async function ofFile(
  url: string | undefined,
  { scope }: HeapVerdict,
  sources: SourceTexts,
): Promise<Place | undefined> {
  if (url === undefined) return undefined;
  const source = await sources.of(url);
  const file = source?.map && scope ? source.sourceOf(scope.site).file : fileOf(url);
  return file === undefined ? undefined : { file };
}

const present = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== undefined)),
];

/** The report that people read: sections of a profile document, as text for a terminal or as Markdown. */
import { burntMicroseconds } from '../analysis/cpu/breakdown.ts';
import type { HotFunction, ProfileDocument } from '../contracts/document.ts';
import type { TimePart } from '../contracts/views/recording.ts';
import { microseconds } from '../contracts/units.ts';
import { formatCount, formatShare, formatTime } from '../format/numbers.ts';
import { formatRange } from '../format/range.ts';
import { plainText } from '../format/untrusted.ts';
import { overheadBrief } from './overhead-text.ts';
import { allocationSections } from './allocations-report.ts';
import { operationsSection } from './operations/operations-section.ts';
import type { Places } from './places.ts';
import { gcSection } from './runtime/gc-section.ts';
import type { Report, Section } from './section.ts';

const MOST_FUNCTIONS = 12;
export const MOST_LINES = 12;
const MOST_INTERNALS = 6;
const MOST_PATHS = 4;

/** Source text by `file:line`, where it is known. */
export type SourceText = ReadonlyMap<string, string>;

export function report(document: ProfileDocument, places: Places, source: SourceText): Report {
  if (document.threads.length === 0) return reportWithoutTimes(document, places);
  const sections = [
    foundSection(document, places),
    operationsSection(document, places),
    breakdownSection(document),
    functionsSection('Hot functions', document.hotFunctions.slice(0, MOST_FUNCTIONS), places),
    linesSection(document, places, source),
    pathsSection(document, places),
    functionsSection('Node and native code', document.hotInternals.slice(0, MOST_INTERNALS), places),
    ...allocationSections(document, places),
    gcSection(document),
    threadsSection(document, places),
    problemsSection(document),
  ];
  return { title: titleOf(document), sections: sections.filter(section => section !== undefined) };
}

/** A heap profile, or no process has reported: the problems say why. */
function reportWithoutTimes(document: ProfileDocument, places: Places): Report {
  const allocations = allocationSections(document, places);
  const operations = operationsSection(document, places);
  const problems = problemsSection(document);
  const name = plainText(document.name);
  return {
    title: allocations.length > 0 ? name : `${name} · ${NOTHING[document.scope]}`,
    sections: [...(operations ? [operations] : []), ...allocations, ...(problems ? [problems] : [])],
  };
}

function titleOf({
  name,
  range,
  durationMicroseconds,
  threads,
  intervalMicroseconds,
  overhead,
}: ProfileDocument): string {
  const versions = [...new Set(threads.map(thread => thread.nodeVersion).filter(version => version !== ''))];
  const samples = threads.reduce((sum, thread) => sum + thread.samples, 0);
  return [
    plainText(name),
    range ? formatRange(range) : formatTime(microseconds(durationMicroseconds)),
    ...versions.map(version => `node ${plainText(version.replace(/^v/, ''))}`),
    ...(threads.length > 1 ? [`${threads.length} threads`] : []),
    ...(samples > 0
      ? [`${formatCount(samples)} samples, one per ${formatTime(microseconds(intervalMicroseconds))}`]
      : []),
    ...(overhead ? [`Slowcatch ${overheadBrief(overhead)}`] : []),
  ].join(' · ');
}

const NOTHING = { all: 'nothing was sampled', kept: 'nothing was slow, so nothing was kept' } as const;

const MARKS = { error: '●', warning: '●', info: '○' } as const;

function foundSection({ findings }: ProfileDocument, places: Places): Section {
  if (findings.length === 0)
    return { title: 'What we found', sentences: [{ text: '○ Nothing stands out in the busy time.' }] };
  return {
    title: 'What we found',
    sentences: findings.map(({ severity, message, file, line, advice }) => ({
      text: `${MARKS[severity]} ${plainText(message)}${file === undefined ? '' : `   ${places.at({ file, line: line ?? 0 })}`}`,
      detail: advice,
    })),
  };
}

function breakdownSection(document: ProfileDocument): Section {
  return {
    title: `Where the time went: ${breakdownTitle(document)}`,
    sentences: [{ text: breakdownSentence(document) }],
  };
}

/** `4.20 s busy, 58 % idle`; of a watch recording `kept: 12 slow operations, 760 ms of CPU; what was quick was not kept`. */
export function breakdownTitle(
  document: Pick<ProfileDocument, 'breakdown' | 'scope' | 'operations'>,
): string {
  const { breakdown, scope } = document;
  const shareOf = (part: number): string => formatShare(part / breakdown.sampledMicroseconds);
  const missed = breakdown.notSampledMicroseconds;
  const unknown = missed > 0 ? `, ${shareOf(missed)} not sampled (the machine was too busy)` : '';
  const busy = formatTime(microseconds(burntMicroseconds(breakdown)));
  if (scope === 'kept')
    return `kept: ${slowText(document)}, ${busy} of CPU${unknown}; what was quick was not kept`;
  return `${busy} busy, ${shareOf(breakdown.idleMicroseconds)} idle${unknown}`;
}

function slowText({ operations }: Pick<ProfileDocument, 'operations'>): string {
  const count = operations
    .filter(({ kind }) => kind !== 'stall')
    .reduce((sum, { keptCount }) => sum + keptCount, 0);
  if (count === 0) return 'what was slow';
  return count === 1 ? '1 slow operation' : `${formatCount(count)} slow operations`;
}

/** `your code 61 % · packages 20 %`: of the busy time. */
export const breakdownSentence = (document: Pick<ProfileDocument, 'breakdown'>): string =>
  breakdownParts(document)
    .map(({ name, share }) => `${name} ${share}`)
    .join(' · ');

/** What the busy time consists of; parts without time are left out. */
export function breakdownParts({ breakdown }: Pick<ProfileDocument, 'breakdown'>): TimePart[] {
  const cpu = burntMicroseconds(breakdown);
  const parts: [string, number][] = [
    ['your code', breakdown.ownMicroseconds],
    ['packages', breakdown.packagesMicroseconds],
    ['Node', breakdown.nodeMicroseconds],
    ['native code', breakdown.nativeMicroseconds],
    ['garbage collection', breakdown.garbageCollectionMicroseconds],
    ['V8 itself', breakdown.programMicroseconds],
  ];
  return parts
    .filter(([, part]) => part > 0)
    .map(([name, part]) => ({ name, share: formatShare(part / cpu) }));
}

const time = (value: number): string => formatTime(microseconds(value));

function functionsSection(
  title: string,
  functions: readonly HotFunction[],
  places: Places,
): Section | undefined {
  const busy = functions.filter(({ selfMicroseconds }) => selfMicroseconds > 0);
  if (busy.length === 0) return undefined;
  return {
    title,
    columns: [
      { head: '', cells: busy.map(({ name }) => plainText(name, 48)), align: 'left' },
      { head: 'self', cells: busy.map(({ share }) => formatShare(share)), align: 'right' },
      { head: '', cells: busy.map(({ selfMicroseconds }) => time(selfMicroseconds)), align: 'right' },
      { head: 'total', cells: busy.map(({ totalMicroseconds }) => time(totalMicroseconds)), align: 'right' },
      { head: '', cells: busy.map(found => places.at(found)), align: 'left' },
    ],
  };
}

function linesSection(
  { hotLines }: ProfileDocument,
  places: Places,
  source: SourceText,
): Section | undefined {
  const lines = hotLines.slice(0, MOST_LINES);
  if (lines.length === 0) return undefined;
  return {
    title: 'Hot lines',
    columns: [
      { head: '', cells: lines.map(({ share }) => formatShare(share)), align: 'right' },
      { head: '', cells: lines.map(({ selfMicroseconds }) => time(selfMicroseconds)), align: 'right' },
      { head: '', cells: lines.map(line => places.at(line)), align: 'left' },
      {
        head: '',
        cells: lines.map(({ file, line }) => plainText(source.get(`${file}:${line}`) ?? '', 72)),
        align: 'left',
      },
    ],
  };
}

/** A path of many functions shows its ends. */
function pathText(functions: ProfileDocument['hotPaths'][number]['functions']): string {
  const names = functions.map(({ name }) => plainText(name, 40));
  const shown = names.length > 7 ? [...names.slice(0, 2), '…', ...names.slice(-4)] : names;
  return shown.join(' → ');
}

function pathsSection({ hotPaths }: ProfileDocument, places: Places): Section | undefined {
  const paths = hotPaths.slice(0, MOST_PATHS);
  if (paths.length === 0) return undefined;
  return {
    title: 'Hot paths',
    columns: [
      { head: '', cells: paths.map(({ share }) => formatShare(share)), align: 'right' },
      { head: '', cells: paths.map(({ functions }) => pathText(functions)), align: 'left' },
      {
        head: '',
        cells: paths.map(({ functions }) => places.at(functions.at(-1) ?? { file: '', line: 0 })),
        align: 'left',
      },
    ],
  };
}

function threadsSection({ threads }: ProfileDocument, places: Places): Section | undefined {
  if (threads.length < 2) return undefined;
  const busiest = [...threads].sort((a, b) => b.cpuMicroseconds - a.cpuMicroseconds).slice(0, 12);
  const rest = threads.length - busiest.length;
  return {
    title: `Threads${rest > 0 ? ` (${rest} more)` : ''}`,
    columns: [
      { head: 'busy', cells: busiest.map(({ cpuMicroseconds }) => time(cpuMicroseconds)), align: 'right' },
      {
        head: 'of',
        cells: busiest.map(({ sampledMicroseconds }) => time(sampledMicroseconds)),
        align: 'right',
      },
      {
        head: 'process',
        cells: busiest.map(({ pid, threadId }) => `${pid}${threadId === 0 ? '' : `, worker ${threadId}`}`),
        align: 'left',
      },
      { head: '', cells: busiest.map(({ name }) => places.file(name)), align: 'left' },
    ],
  };
}

function problemsSection({ problems }: ProfileDocument): Section | undefined {
  if (problems.length === 0) return undefined;
  return {
    title: 'Worth knowing',
    sentences: problems.map(({ message, advice }) => ({
      text: `○ ${plainText(message, 400)}`,
      detail: advice,
    })),
  };
}

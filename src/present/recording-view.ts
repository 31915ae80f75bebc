/** A recording as the editor's view shows it. */
import { callers, hasCallers } from '../analysis/cpu/callers.ts';
import { isOpenable } from '../analysis/cpu/owner.ts';
import { heaviest, shareOf } from '../analysis/cpu/heaviest.ts';
import type { DocumentRange, GcDocument } from '../contracts/document.ts';
import type { LeaksDocument } from '../contracts/leaks.ts';
import type { Finding } from '../contracts/finding.ts';
import type { Metric } from '../contracts/profile-source.ts';
import type {
  FindingNode,
  OperationsSection,
  PathNode,
  RecordingView,
  RouteNode,
  ViewRange,
} from '../contracts/views/recording.ts';
import { microseconds } from '../contracts/units.ts';
import { gcSummary } from '../format/gc-summary.ts';
import { formatCount, formatShare, formatTime } from '../format/numbers.ts';
import { formatRange } from '../format/range.ts';
import { plainText } from '../format/untrusted.ts';
import type { Analysed } from './document.ts';
import { briefFinding } from './brief-finding.ts';
import { leakFindings, memorySection, withLeakHints } from './leaks/leak-places.ts';
import { overheadText } from './overhead-text.ts';
import { fileHints } from './hints.ts';
import { withOperationHints } from './operations/operation-hints.ts';
import { breakdownParts, breakdownTitle } from './report.ts';
import { operationsSection } from './operations/route-nodes.ts';
import { formatAmount, metricsOf, weighedBy, type Weighed } from './weighed.ts';

const MOST_FUNCTIONS = 50;
const MOST_CALLERS = 20;

/** Files are as recorded. */
export type RecordedView = Pick<
  RecordingView,
  | 'range'
  | 'metric'
  | 'metrics'
  | 'total'
  | 'summary'
  | 'breakdown'
  | 'findings'
  | 'hotPaths'
  | 'problems'
  | 'files'
  | 'operations'
  | 'overhead'
  | 'memory'
  | 'runtime'
>;

/** By the first metric that there is, unless told; `leaks`: what snapshots of its heap have told. Throws `metric-not-recorded`. */
export function recordingView(
  analysed: Analysed,
  metric: Metric = metricsOf(analysed)[0] ?? 'cpu',
  leaks?: LeaksDocument,
): RecordedView {
  const { document } = analysed;
  const weighed = weighedBy(analysed, metric);
  const files =
    metric === 'cpu' ? withOperationHints(fileHints(weighed), document.operations) : fileHints(weighed);
  return {
    ...{ metric, metrics: metricsOf(analysed) },
    total: formatAmount(weighed.totals.cpuMicroseconds, metric),
    ...(document.range ? { range: viewRange(document.range) } : {}),
    summary: document.threads.length > 0 ? summaryOf(analysed) : samplesText(weighed),
    breakdown: { busy: breakdownTitle(document), parts: breakdownParts(document) },
    findings: leaks
      ? [...leakFindings(leaks), ...document.findings.filter(isOfProgram).map(findingNode)]
      : document.findings.map(findingNode),
    hotPaths: hotFunctionNodes(weighed),
    problems: document.problems,
    files: leaks ? withLeakHints(files, leaks) : files,
    ...(leaks ? { memory: memorySection(leaks) } : {}),
    ...(analysed.areOperationsFollowed ? { operations: operationsSection(document.operations) } : {}),
    ...(document.overhead ? { overhead: overheadText(document.overhead) } : {}),
    ...runtimeRow(document.gc),
  };
}

/** Snapshots collect all garbage, and where memory is tracked the CPU is sampled seldom. */
const OF_TRACKING: ReadonlySet<string> = new Set(['garbage-collection', 'too-short']);
const isOfProgram = ({ id }: Finding): boolean => !OF_TRACKING.has(id);

const viewRange = (range: DocumentRange): ViewRange => ({
  startMicroseconds: range.startMicroseconds,
  endMicroseconds: range.endMicroseconds,
  text: formatRange(range),
});

/** Of the thread that collects most. */
function runtimeRow(gc: GcDocument | undefined): { runtime?: string } {
  const [most] = gc?.threads.toSorted((a, b) => b.share - a.share) ?? [];
  if (!most) return {};
  const { count, pauseMilliseconds, share } = most;
  return { runtime: gcSummary({ all: { count, p95Milliseconds: pauseMilliseconds.p95 }, share }) };
}

function findingNode(finding: Finding): FindingNode {
  const { severity, message, advice, file, line } = finding;
  const brief = briefFinding(finding);
  return {
    severity,
    message: plainText(message),
    advice: plainText(advice),
    ...(file === undefined ? {} : { place: { file, line: Math.max(1, line ?? 1) } }),
    ...(brief ? { brief } : {}),
  };
}

/** Of a profile without times: `409 MB · 768 samples`. */
function samplesText({ metric, profile, totals }: Weighed): string {
  const samples = profile.threads.reduce((sum, { tree }) => sum + tree.samples.reduce((a, b) => a + b, 0), 0);
  const all = formatAmount(totals.cpuMicroseconds, metric);
  return samples > 0 ? `${all} · ${formatCount(samples)} samples` : all;
}

function summaryOf({ document }: Analysed): string {
  const { threads, range, durationMicroseconds } = document;
  const versions = [...new Set(threads.map(({ nodeVersion }) => nodeVersion).filter(each => each !== ''))];
  const processes = new Set(threads.map(({ pid }) => pid)).size;
  return [
    range ? formatRange(range) : formatTime(microseconds(durationMicroseconds)),
    ...versions.map(version => `Node ${plainText(version.replace(/^v/, ''))}`),
    ...(processes > 1 ? [`${processes} processes`] : []),
    ...(threads.length > processes ? [`${threads.length} threads`] : []),
  ].join(' · ');
}

function hotFunctionNodes(weighed: Weighed): PathNode[] {
  const { profile, totals } = weighed;
  const { self, samples } = totals;
  const own = self.map((time, index) => (isOpenable(profile.functions[index]!.owner) ? time : 0));
  return heaviest(own, MOST_FUNCTIONS).map(index => ({
    ...nodeOf(weighed, [index], own[index]!),
    samples: Math.round(samples[index]!),
  }));
}

/** Who calls the last function of a chain, for calls that end in its first. */
export function callerNodes(weighed: Weighed, chain: readonly number[]): PathNode[] {
  const { profile } = weighed;
  if (chain.length === 0 || chain.some(index => !profile.functions[index])) return [];
  return callers(profile, chain)
    .slice(0, MOST_CALLERS)
    .map(({ function: caller, selfMicroseconds }) => nodeOf(weighed, [...chain, caller], selfMicroseconds));
}

function nodeOf({ metric, profile, totals }: Weighed, chain: readonly number[], self: number): PathNode {
  const { name, file, line, column, owner } = profile.functions[chain.at(-1)!]!;
  return {
    name: plainText(name),
    share: formatShare(shareOf(self, totals.cpuMicroseconds)),
    amount: formatAmount(self, metric),
    ...(isOpenable(owner) && line > 0 ? { place: { file, line, column } } : {}),
    chain,
    hasCallers: hasCallers(profile, chain),
  };
}

function withRoutePlaces(
  { stalls, empty, routes, ...rest }: OperationsSection,
  placed: (node: RouteNode) => RouteNode,
): OperationsSection {
  return {
    ...rest,
    routes: routes.map(placed),
    ...(stalls ? { stalls: placed(stalls) } : {}),
    ...(empty ? { empty: { ...empty, slowest: empty.slowest.map(placed) } } : {}),
  };
}

/** All recorded paths of a view through `map`. */
export function withPlaces(view: RecordedView, map: (file: string) => string): RecordedView {
  const placed = <T extends { readonly place?: { readonly file: string; readonly line: number } }>(
    node: T,
  ): T => (node.place ? { ...node, place: { ...node.place, file: map(node.place.file) } } : node);
  return {
    ...view,
    findings: view.findings.map(placed),
    hotPaths: view.hotPaths.map(placed),
    ...(view.operations ? { operations: withRoutePlaces(view.operations, placed) } : {}),
    ...(view.memory ? { memory: { ...view.memory, verdicts: view.memory.verdicts.map(placed) } } : {}),
    files: view.files.map(({ file, hints, ...rest }) => ({
      ...rest,
      file: map(file),
      hints: hints.map(hint => ({
        ...hint,
        functions: hint.functions.map(each => ({
          ...each,
          callers: each.callers.map(placed),
          callees: each.callees.map(placed),
        })),
        ...(hint.leaks
          ? { leaks: hint.leaks.map(leak => ({ ...leak, stack: leak.stack.map(placed) })) }
          : {}),
      })),
    })),
  };
}

/** Lines where slow operations waited or burnt: which ones, and how much of their time. */
import type { OperationRoute } from '../../contracts/document.ts';
import type { FileHints, LineHint, OperationHint } from '../../contracts/views/recording.ts';
import { milliseconds } from '../../contracts/units.ts';
import { formatMilliseconds, formatShare } from '../../format/numbers.ts';
import { kindWord, type ROW_WORDS } from '../../format/operation-words.ts';
import { plainText } from '../../format/untrusted.ts';

/** Of a route's time: what is less does not make it slow. */
const LEAST_SHARE = 0.05;
const MOST_ROUTES = 20;
const LONGEST_NAME = 40;

/** What one route did on one line, milliseconds of all its kept operations. */
interface LineTime {
  readonly route: OperationRoute;
  cpu: number;
  wait: number;
  /** The kind of its longest wait. */
  kind?: keyof typeof ROW_WORDS;
  longest: number;
}

type Lines = Map<string, Map<number, Map<OperationRoute, LineTime>>>;

/** `files` with what operations did on their lines, and further files with nothing else. */
export function withOperationHints(
  files: readonly FileHints[],
  routes: readonly OperationRoute[],
): FileHints[] {
  const lines = linesOf(
    routes.filter(({ kind, keptCount }) => kind !== 'stall' && keptCount > 0).slice(0, MOST_ROUTES),
  );
  const known = new Map(files.map(file => [file.file, file]));
  const added = [...lines.keys()].filter(file => !known.has(file)).map(file => ({ file, hints: [] }));
  return [...files, ...added].flatMap(file => {
    const hints = merged(file.hints, lines.get(file.file));
    return hints.length > 0 ? [{ ...file, hints }] : [];
  });
}

function linesOf(routes: readonly OperationRoute[]): Lines {
  const lines: Lines = new Map();
  for (const route of routes) {
    for (const { file, line, share } of route.hotLines)
      timeAt(lines, file, line, route).cpu += share * route.cpuMilliseconds;
    for (const { file, line, kind, milliseconds: length } of route.waits) {
      if (file === undefined || line === undefined) continue;
      const time = timeAt(lines, file, line, route);
      time.wait += length;
      if (length > time.longest) [time.longest, time.kind] = [length, kind];
    }
  }
  return lines;
}

function timeAt(lines: Lines, file: string, line: number, route: OperationRoute): LineTime {
  const ofFile = lines.get(file) ?? new Map<number, Map<OperationRoute, LineTime>>();
  lines.set(file, ofFile);
  const ofLine = ofFile.get(line) ?? new Map<OperationRoute, LineTime>();
  ofFile.set(line, ofLine);
  const time = ofLine.get(route) ?? { route, cpu: 0, wait: 0, longest: 0 };
  ofLine.set(route, time);
  return time;
}

function merged(
  hints: readonly LineHint[],
  lines: ReadonlyMap<number, ReadonlyMap<OperationRoute, LineTime>> | undefined,
): LineHint[] {
  const byLine = new Map(hints.map(hint => [hint.line, hint]));
  for (const [line, times] of lines ?? []) {
    const here = [...times.values()]
      .filter(time => shareOf(time) >= LEAST_SHARE)
      .toSorted((a, b) => b.cpu + b.wait - a.cpu - a.wait);
    if (here.length === 0 || line < 1) continue;
    const known = byLine.get(line) ?? { line, text: '', share: shareOf(here[0]!), heat: 0, functions: [] };
    const text = [known.text, hintText(here)].filter(part => part !== '').join(' · ');
    byLine.set(line, { ...known, text, operations: here.map(operationHint) });
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

const shareOf = ({ cpu, wait, route }: LineTime): number =>
  route.keptMilliseconds > 0 ? (cpu + wait) / route.keptMilliseconds : 0;

/** `GET /orders p95 412 ms · 38 % here · waits 120 ms on pool`, and how many more there are. */
function hintText([first, ...others]: readonly LineTime[]): string {
  const { name, p95, share, waits } = operationHint(first!);
  return [
    `${plainText(name, LONGEST_NAME)} p95 ${p95}`,
    `${share} here`,
    ...(waits === undefined ? [] : [`waits ${waits}`]),
    ...(others.length > 0 ? [others.length === 1 ? '1 more route' : `${others.length} more routes`] : []),
  ].join(' · ');
}

function operationHint(time: LineTime): OperationHint {
  const { route, cpu, wait, kind } = time;
  const each = (all: number): string => formatMilliseconds(milliseconds(all / route.keptCount));
  const [slowest] = route.kept;
  return {
    name: route.name,
    p95: formatMilliseconds(milliseconds(route.p95Milliseconds)),
    share: formatShare(shareOf(time)),
    ...(cpu > 0 ? { cpu: each(cpu) } : {}),
    ...(kind === undefined ? {} : { waits: `${each(wait)} on ${kindWord(kind)}` }),
    ...(slowest ? { slowest: slowest.key } : {}),
  };
}

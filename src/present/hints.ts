/** What editors show beside the lines of a recording's files. */
import { callTimes, type CallTime, type CallTimes } from '../analysis/cpu/call-times.ts';
import { heaviest, shareOf } from '../analysis/cpu/heaviest.ts';
import { hotLines } from '../analysis/cpu/hot-lines.ts';
import { isOpenable } from '../analysis/cpu/owner.ts';
import type { PlacedFunction, PlacedProfile } from '../analysis/cpu/placed-profile.ts';
import type { FunctionTotals } from '../analysis/cpu/totals.ts';
import type { Metric } from '../contracts/profile-source.ts';
import type {
  FileHints,
  FunctionHint,
  FunctionLink,
  HintAmount,
  LineHint,
} from '../contracts/views/recording.ts';
import { formatShare } from '../format/numbers.ts';
import { TOP_LEVEL } from '../model/source/placement.ts';
import { formatAmount, type Weighed } from './weighed.ts';

/** What is lighter is never shown, whatever the settings say. */
const LEAST_SHARE = 0.002;
const MOST_LINES = 2000;
const MOST_FUNCTIONS = 1000;
const MOST_LINKS = 5;
/** A function whose own part of its bytes is smaller has it said apart. */
const LEAST_OWN = 0.95;
/** Self shares of a line from which on it is hot: 4 is the hottest. */
const HEATS = [0, 0.01, 0.05, 0.15] as const;

/** By file, in no order; `file` is as recorded. */
export function fileHints(weighed: Weighed): FileHints[] {
  const { profile, totals } = weighed;
  const lines = new HintedLines();
  for (const { file, line, share, selfMicroseconds } of hotLines(profile, totals, MOST_LINES))
    if (share >= LEAST_SHARE) lines.at(file, line).self = { share, selfMicroseconds };
  const functions = notable(profile, totals);
  const calls = callTimes(profile, new Set(functions));
  for (const index of functions) {
    const { file, line } = profile.functions[index]!;
    if (line > 0 && !isModule(profile.functions[index]!))
      lines.at(file, line).functions.push(functionHint(index, weighed, calls));
  }
  return lines.files(weighed);
}

/** What a file runs when it is loaded is no function of the user's. */
const isModule = ({ name }: PlacedFunction): boolean => name === TOP_LEVEL;

/** Functions of the user's files, as the newest run had them, by total time. */
function notable({ functions }: PlacedProfile, { total, cpuMicroseconds }: FunctionTotals): number[] {
  const isShown = ({ owner, isEarlierText }: PlacedFunction) => isOpenable(owner) && !isEarlierText;
  const own = total.map((time, index) => (isShown(functions[index]!) ? time : 0));
  return heaviest(own, MOST_FUNCTIONS).filter(
    index => shareOf(own[index]!, cpuMicroseconds) >= LEAST_SHARE && functions[index]!.file !== '',
  );
}

interface WeighedFunction {
  readonly hint: FunctionHint;
  readonly self: number;
  readonly total: number;
}

interface HintedLine {
  self?: { readonly share: number; readonly selfMicroseconds: number };
  readonly functions: WeighedFunction[];
}

class HintedLines {
  readonly #files = new Map<string, Map<number, HintedLine>>();

  at(file: string, line: number): HintedLine {
    let lines = this.#files.get(file);
    if (!lines) this.#files.set(file, (lines = new Map()));
    let hinted = lines.get(line);
    if (!hinted) lines.set(line, (hinted = { functions: [] }));
    return hinted;
  }

  files(weighed: Weighed): FileHints[] {
    return Array.from(this.#files, ([file, lines]) => ({
      file,
      hints: [...lines.keys()]
        .sort((a, b) => a - b)
        .map(line => LINE_HINTS[weighed.metric](line, lines.get(line)!, weighed)),
    }));
  }
}

type LineHintOf = (line: number, hinted: HintedLine, weighed: Weighed) => LineHint;

const LINE_HINTS: Readonly<Record<Metric, LineHintOf>> = {
  cpu: timeHint,
  allocated: (...parameters) =>
    sizeHint(({ size, share }) => `${size} · ${share} of allocations`, ...parameters),
  live: (...parameters) => sizeHint(({ size, share }) => `${size} still held · ${share}`, ...parameters),
};

function timeHint(line: number, { self, functions }: HintedLine, { totals }: Weighed): LineHint {
  const { cpuMicroseconds } = totals;
  const heaviestTotal = Math.max(0, ...functions.map(each => each.total));
  const total = shareOf(heaviestTotal, cpuMicroseconds);
  const selfShare = self?.share ?? 0;
  const inFunction = `${formatShare(total)} · ${formatAmount(heaviestTotal, 'cpu')}`;
  // Both shares are of all CPU time: on a line that has both it must be told which is whose.
  const texts = [
    ...(self ? [`${formatShare(selfShare)} self`] : []),
    ...(functions.length > 0 ? [self ? `function ${inFunction}` : inFunction] : []),
  ];
  return {
    line,
    text: texts.join(' · '),
    share: Math.max(total, selfShare),
    heat: heatOf(selfShare),
    ...(self ? { self: amountOf(self.selfMicroseconds, { metric: 'cpu', totals }) } : {}),
    functions: functions.map(({ hint }) => hint),
  };
}

/** Bytes are known by function only: they stand at its head, and so does the heat of its own. */
function sizeHint(
  phrase: (said: { readonly size: string; readonly share: string }) => string,
  line: number,
  { functions }: HintedLine,
  { metric, totals }: Weighed,
): LineHint {
  const { self, total } = functions.reduce((a, b) => (b.total > a.total ? b : a));
  const share = shareOf(total, totals.cpuMicroseconds);
  const said = phrase({ size: formatAmount(total, metric), share: formatShare(share) });
  const isShared = self > 0 && self < LEAST_OWN * total;
  return {
    line,
    text: isShared ? `${said} · ${formatAmount(self, metric)} by itself` : said,
    share,
    heat: heatOf(shareOf(self, totals.cpuMicroseconds)),
    functions: functions.map(({ hint }) => hint),
  };
}

function heatOf(share: number): LineHint['heat'] {
  if (share === 0) return 0;
  return HEATS.filter(least => share >= least).length as LineHint['heat'];
}

function functionHint(index: number, weighed: Weighed, calls: CallTimes): WeighedFunction {
  const { profile, totals } = weighed;
  const self = totals.self[index]!;
  const total = totals.total[index]!;
  const links = (list: readonly CallTime[] | undefined): FunctionLink[] =>
    (list ?? []).slice(0, MOST_LINKS).map(call => functionLink(call, total, profile));
  return {
    ...{ self, total },
    hint: {
      name: profile.functions[index]!.name,
      self: { ...amountOf(self, weighed), samples: Math.round(totals.samples[index]!) },
      total: amountOf(total, weighed),
      callers: links(calls.callers.get(index)),
      callees: links(calls.callees.get(index)),
    },
  };
}

function amountOf(part: number, { metric, totals }: Pick<Weighed, 'metric' | 'totals'>): HintAmount {
  const ratio = shareOf(part, totals.cpuMicroseconds);
  return { share: formatShare(ratio), ratio, amount: formatAmount(part, metric) };
}

function functionLink(call: CallTime, whole: number, { functions }: PlacedProfile): FunctionLink {
  const { name, file, line, column, owner } = functions[call.function]!;
  return {
    name,
    share: formatShare(shareOf(call.microseconds, whole)),
    ...(isOpenable(owner) && line > 0 ? { place: { file, line, column } } : {}),
  };
}

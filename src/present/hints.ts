/** What editors show beside the lines of a recording's files. */
import { callTimes, type CallTime, type CallTimes } from '../analysis/cpu/call-times.ts';
import { heaviest, shareOf } from '../analysis/cpu/heaviest.ts';
import { hotLines } from '../analysis/cpu/hot-lines.ts';
import { isOpenable } from '../analysis/cpu/owner.ts';
import type { PlacedFunction, PlacedProfile } from '../analysis/cpu/placed-profile.ts';
import type { FunctionTotals } from '../analysis/cpu/totals.ts';
import type { FileHints, FunctionHint, FunctionLink, HintTime, LineHint } from '../contracts/server.ts';
import { microseconds } from '../contracts/units.ts';
import { formatShare, formatTime } from '../format/numbers.ts';
import { TOP_LEVEL } from '../model/source/placement.ts';
import type { Analysed } from './document.ts';

/** What is lighter is never shown, whatever the settings say. */
const LEAST_SHARE = 0.002;
const MOST_LINES = 2000;
const MOST_FUNCTIONS = 1000;
const MOST_LINKS = 5;
/** Self shares of a line from which on it is hot: 4 is the hottest. */
const HEATS = [0, 0.01, 0.05, 0.15] as const;

type Places = Pick<Analysed, 'profile' | 'totals'>;

/** By file, in no order; `file` is as recorded. */
export function fileHints({ profile, totals }: Places): FileHints[] {
  const lines = new HintedLines();
  for (const { file, line, share, selfMicroseconds } of hotLines(profile, totals, MOST_LINES))
    if (share >= LEAST_SHARE) lines.at(file, line).self = { share, selfMicroseconds };
  const functions = notable(profile, totals);
  const calls = callTimes(profile, new Set(functions));
  for (const index of functions) {
    const { file, line } = profile.functions[index]!;
    if (line > 0 && !isModule(profile.functions[index]!))
      lines.at(file, line).functions.push(functionHint(index, { profile, totals }, calls));
  }
  return lines.files(totals);
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
  readonly totalMicroseconds: number;
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

  files({ cpuMicroseconds }: FunctionTotals): FileHints[] {
    return Array.from(this.#files, ([file, lines]) => ({
      file,
      hints: [...lines.keys()]
        .sort((a, b) => a - b)
        .map(line => lineHint(line, lines.get(line)!, cpuMicroseconds)),
    }));
  }
}

function lineHint(line: number, { self, functions }: HintedLine, cpuMicroseconds: number): LineHint {
  const heaviestTotal = Math.max(0, ...functions.map(({ totalMicroseconds }) => totalMicroseconds));
  const total = shareOf(heaviestTotal, cpuMicroseconds);
  const selfShare = self?.share ?? 0;
  const inFunction = `${formatShare(total)} · ${time(heaviestTotal)}`;
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
    ...(self
      ? { self: { share: formatShare(selfShare), ratio: selfShare, time: time(self.selfMicroseconds) } }
      : {}),
    functions: functions.map(({ hint }) => hint),
  };
}

function heatOf(share: number): LineHint['heat'] {
  if (share === 0) return 0;
  return HEATS.filter(least => share >= least).length as LineHint['heat'];
}

function functionHint(index: number, { profile, totals }: Places, calls: CallTimes): WeighedFunction {
  const { self, total, samples, cpuMicroseconds } = totals;
  const totalMicroseconds = total[index]!;
  const hintTime = (part: number, count?: number): HintTime => ({
    share: formatShare(shareOf(part, cpuMicroseconds)),
    ratio: shareOf(part, cpuMicroseconds),
    time: time(part),
    ...(count === undefined ? {} : { samples: count }),
  });
  const links = (list: readonly CallTime[] | undefined): FunctionLink[] =>
    (list ?? []).slice(0, MOST_LINKS).map(call => functionLink(call, totalMicroseconds, profile));
  return {
    totalMicroseconds,
    hint: {
      name: profile.functions[index]!.name,
      self: hintTime(self[index]!, Math.round(samples[index]!)),
      total: hintTime(totalMicroseconds),
      callers: links(calls.callers.get(index)),
      callees: links(calls.callees.get(index)),
    },
  };
}

function functionLink(call: CallTime, whole: number, { functions }: PlacedProfile): FunctionLink {
  const { name, file, line, column, owner } = functions[call.function]!;
  return {
    name,
    share: formatShare(shareOf(call.microseconds, whole)),
    ...(isOpenable(owner) && line > 0 ? { place: { file, line, column } } : {}),
  };
}

const time = (value: number): string => formatTime(microseconds(value));

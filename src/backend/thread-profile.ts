/** One sampled thread, ready for analysis: its repaired call tree and the way to its sources. */
import type { RepairSummary } from '../contracts/document.ts';
import type { OverheadRecord, ThreadRecord } from '../contracts/recording.ts';
import type { CallTree } from '../model/cpu/call-tree.ts';
import type { ScriptBody } from '../model/cpu/inlining/frame-bodies.ts';
import { repairInlining } from '../model/cpu/inlining/repair.ts';
import { scanFunctions, type FunctionRanges } from '../model/source/function-ranges.ts';
import type { Placement } from '../model/source/placement.ts';
import { scriptPlacement } from '../model/source/script-placement.ts';
import type { LoadedScript } from './sources.ts';

export interface ThreadProfile {
  readonly tree: CallTree;
  readonly place: Placement;
  readonly repair: RepairSummary;
  /** Absent for a foreign profile. */
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

export interface UnrepairedThread {
  readonly tree: CallTree;
  readonly scripts: readonly LoadedScript[];
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

/** Repairs the tree once, here, so that every face agrees. */
export function placeThread({ tree, scripts, ...rest }: UnrepairedThread): ThreadProfile {
  const scanned = scripts.map(script => new ScannedScript(script));
  const byKey = new Map(scanned.map(script => [key(script), script]));
  const { tree: repaired, summary } = repairInlining(tree, frame => byKey.get(key(frame))?.body);
  return { tree: repaired, place: scriptPlacement(scanned), repair: summary, ...rest };
}

const key = ({ scriptId, url }: { scriptId: string; url: string }): string => `${scriptId} ${url}`;

/** A script whose functions are found when somebody asks. */
class ScannedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly text: string | undefined;
  readonly map: LoadedScript['map'];
  private scan: { ranges: FunctionRanges | undefined } | undefined;

  constructor(script: LoadedScript) {
    this.scriptId = script.scriptId;
    this.url = script.url;
    this.startLine = script.startLine;
    this.startColumn = script.startColumn;
    this.text = script.text;
    this.map = script.map;
  }

  get ranges(): FunctionRanges | undefined {
    this.scan ??= { ranges: this.text === undefined ? undefined : scanFunctions(this.text) };
    return this.scan.ranges;
  }

  get body(): ScriptBody | undefined {
    const { text, ranges, startLine, startColumn } = this;
    return text === undefined || !ranges ? undefined : { text, ranges, startLine, startColumn };
  }
}

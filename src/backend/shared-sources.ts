/**
 * The sources of a recording, each loaded and scanned once, however many threads and processes ran it: fifty forks
 * of one program share their scripts.
 */
import type { ScriptRecord } from '../contracts/recording.ts';
import type { ScriptBody } from '../model/cpu/inlining/frame-bodies.ts';
import { scanFunctions, type FunctionRanges } from '../model/source/function-ranges.ts';
import type { PlacedScript } from '../model/source/script-placement.ts';
import { Problems } from './problems.ts';
import { loadScriptSources, type LoadedScript } from './sources.ts';

export class SharedSources {
  /** What could not be had. */
  readonly problems = new Problems();
  private readonly sources = new Map<string, SharedSource>();

  /** `recording` is undefined for a foreign profile. */
  constructor(private readonly recording: string | undefined) {}

  /** The scripts of one thread, in no order; `earlier` are those of which a newer text ran later. */
  async of(
    scripts: readonly ScriptRecord[],
    earlier: ReadonlySet<ScriptRecord> = new Set(),
  ): Promise<ThreadScript[]> {
    const missing = scripts.filter(script => !this.sources.has(identity(script)));
    const { scripts: loaded, problems } = await loadScriptSources(this.recording, missing);
    for (const { code, file, detail } of problems) this.problems.add(code, { file, detail });
    for (const [index, script] of loaded.entries())
      this.sources.set(identity(missing[index]!), new SharedSource(script));
    return scripts.map(
      script => new ThreadScript(script, this.sources.get(identity(script))!, earlier.has(script)),
    );
  }
}

/** Without a hash nothing tells that two scripts are the same. */
const identity = ({ sha256, scriptId, url, startLine, startColumn }: ScriptRecord): string =>
  [sha256 ?? scriptId, url, startLine, startColumn].join(' ');

class SharedSource {
  private scan: { ranges: FunctionRanges | undefined } | undefined;

  constructor(readonly script: LoadedScript) {}

  /** Found when somebody asks: most scripts have no time worth a look. */
  get ranges(): FunctionRanges | undefined {
    const { text } = this.script;
    this.scan ??= { ranges: text === undefined ? undefined : scanFunctions(text) };
    return this.scan.ranges;
  }
}

/** A script as one thread knows it: by an id of its own. */
export class ThreadScript implements PlacedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly text: PlacedScript['text'];
  readonly map: PlacedScript['map'];
  readonly unedited: PlacedScript['unedited'];

  constructor(
    record: ScriptRecord,
    private readonly source: SharedSource,
    readonly isEarlierText: boolean,
  ) {
    this.scriptId = record.scriptId;
    this.url = record.url;
    this.startLine = record.startLine;
    this.startColumn = record.startColumn;
    this.text = source.script.text;
    this.map = source.script.map;
    this.unedited = source.script.unedited;
  }

  get ranges(): FunctionRanges | undefined {
    return this.source.ranges;
  }

  get body(): ScriptBody | undefined {
    const { text, ranges, startLine, startColumn } = this;
    return text === undefined || !ranges ? undefined : { text, ranges, startLine, startColumn };
  }
}

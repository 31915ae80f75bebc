/**
 * Keeps the texts of a thread's sampled scripts in the recording, at the least cost to the program:
 * Node's own from the collector's isolate, files from disk, and only what is neither (transpiled in memory,
 * `vm`, `data:`), or was written since the process started, from V8 through `readLive`, which stops the thread for some
 * milliseconds.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { now } from '../clock.ts';
import type { BuiltinSources } from './builtin-sources.ts';
import type { ScriptText } from './contract.ts';
import type { ThreadRecord } from '../../contracts/recording.ts';
import type { ThreadStore } from './thread-store.ts';

/** `"scriptId":"12","url":"file:///a.js"` in every call frame of V8's JSON; the id is a number on newer Node. */
const SCRIPT_OF_FRAME = /"scriptId":"?(\d+)"?,"url":"((?:[^"\\]|\\.)*)"/g;
const PLAIN_FILE = /\.(?:js|cjs|mjs|jsx)$|\/[^./]+$/;
const SOURCE_MAP_COMMENT = /^\/[/*][@#] sourceMappingURL=([^\s'"]+)/gm;
const FIRST_BACKOFF_MICROSECONDS = 1_000_000;
/** A killed program has lost the texts of what it loaded since the last look. */
const LONGEST_BACKOFF_MICROSECONDS = 30_000_000;
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

export type ReadLive = (scriptIds: readonly string[]) => void;

interface RunThread {
  readonly thread: Pick<ThreadRecord, 'startedAtMilliseconds'>;
  readonly builtins: BuiltinSources;
  readonly transpiles: boolean;
  /** Files that may run with other text than they hold, whatever the program does. */
  readonly edited?: ReadonlySet<string>;
  readonly readLive: ReadLive;
}

export class ScriptKeeper {
  private readonly seen = new Set<string>();
  private readonly seenUrls = new Set<string>();
  /** Must be read from V8: URL by script id, as the profile has it (the debugger's own is another for CommonJS). */
  private readonly live = new Map<string, string>();
  /** Rare scripts of Node that the collector's isolate lacks: read along, never stopped for. */
  private readonly optional = new Map<string, string>();
  /** Read from disk: URL by script id. */
  private readonly fromFiles = new Map<string, string>();
  private transpiles: boolean;
  private backoff = 0;
  private nextLiveAt = 0;

  constructor(
    private readonly store: ThreadStore,
    private readonly thread: RunThread,
  ) {
    this.transpiles = thread.transpiles;
  }

  /** Takes note of the scripts of a finished segment. */
  segment(profile: string): void {
    for (const [, scriptId = '', url = ''] of profile.matchAll(SCRIPT_OF_FRAME)) {
      if (this.seen.has(scriptId) || scriptId === '0' || url === '') continue;
      this.seen.add(scriptId);
      this.keep(scriptId, JSON.parse(`"${url}"`) as string);
    }
    if (now() >= this.nextLiveAt) this.askNow();
  }

  /** What was read from disk may not be what runs: V8 is asked for it, and the later record counts. */
  noteTranspiler(): void {
    if (this.transpiles) return;
    this.transpiles = true;
    for (const [scriptId, url] of this.fromFiles) this.live.set(scriptId, url);
    this.fromFiles.clear();
  }

  /** Takes note of files that no sample may have named: their functions are always inlined. */
  files(files: Iterable<string>): void {
    for (const file of files) {
      const url = file.startsWith('/') ? pathToFileURL(file).href : file;
      if (this.seenUrls.has(url) || this.seenUrls.has(file)) continue;
      this.seenUrls.add(url);
      const text = url.startsWith('node:') ? this.thread.builtins.read(url) : this.fromDisk(url);
      if (text !== undefined) this.write({ scriptId: '', url, text, startLine: 0, startColumn: 0 });
    }
  }

  /** Asks for the texts that are missing; answers whether there are any. */
  askNow(): boolean {
    if (this.live.size === 0) return false;
    this.backoff = Math.min(
      Math.max(FIRST_BACKOFF_MICROSECONDS, this.backoff * 2),
      LONGEST_BACKOFF_MICROSECONDS,
    );
    this.nextLiveAt = now() + this.backoff;
    this.thread.readLive([...this.live.keys(), ...this.optional.keys()]);
    return true;
  }

  /** Texts that V8 gave for an earlier `readLive`. */
  take(scripts: readonly ScriptText[]): void {
    for (const script of scripts) {
      const url = this.live.get(script.scriptId) ?? this.optional.get(script.scriptId);
      if (url === undefined) continue;
      this.live.delete(script.scriptId);
      this.optional.delete(script.scriptId);
      this.write({ ...script, url });
    }
  }

  /** Notes the scripts whose text never came, so that nobody waits for it. */
  close(): void {
    for (const [scriptId, url] of [...this.live, ...this.optional])
      this.store.script({ scriptId, url, sha256: null, sourceMapUrl: '', startLine: 0, startColumn: 0 });
    this.live.clear();
  }

  private keep(scriptId: string, url: string): void {
    this.seenUrls.add(url);
    const isBuiltin = url.startsWith('node:');
    const text = isBuiltin ? this.thread.builtins.read(url) : this.fromDisk(url);
    if (text === undefined) (isBuiltin ? this.optional : this.live).set(scriptId, url);
    else {
      if (!isBuiltin) this.fromFiles.set(scriptId, url);
      this.write({ scriptId, url, text, startLine: 0, startColumn: 0 });
    }
  }

  /** Undefined where V8 has to be asked. */
  private fromDisk(url: string): string | undefined {
    if (this.transpiles || !PLAIN_FILE.test(url) || this.isEdited(url)) return undefined;
    return readText(url, this.thread.thread.startedAtMilliseconds ?? 0);
  }

  private isEdited(url: string): boolean {
    const { edited } = this.thread;
    if (edited === undefined || edited.size === 0) return false;
    return edited.has(url.startsWith('file:') ? fileURLToPath(url) : url);
  }

  private write(script: ScriptText): void {
    const sha256 = createHash('sha256').update(script.text).digest('hex');
    this.store.source(sha256, script.text);
    const { scriptId, url, startLine, startColumn } = script;
    this.store.script({
      scriptId,
      url,
      sha256,
      sourceMapUrl: sourceMapUrl(script.text),
      startLine,
      startColumn,
    });
  }
}

/**
 * The text of a file; undefined for whatever cannot be read (a program names its scripts as it likes), and for what was
 * written since the process started: that may not be what it has read. A moved file keeps its time of writing.
 */
function readText(url: string, startedAtMilliseconds: number): string | undefined {
  try {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    const stat = fs.statSync(file);
    const isOfBefore = Math.max(stat.mtimeMs, stat.ctimeMs) <= startedAtMilliseconds;
    if (!stat.isFile() || stat.size > LARGEST_FILE_BYTES || !isOfBefore) return undefined;
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** As V8 does: the last such comment counts. */
function sourceMapUrl(text: string): string {
  let url = '';
  for (const match of text.matchAll(SOURCE_MAP_COMMENT)) url = match[1] ?? '';
  return url;
}

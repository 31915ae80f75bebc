/**
 * Files that were changed while a recording went on: a program that its watcher started again has run several texts
 * of one file, and their lines are not the same lines.
 */
import type { ScriptRecord } from '../contracts/recording.ts';
import { fileOf } from '../model/source/source-url.ts';
import { byStart, type RecordedThread } from './recorded-threads.ts';
import { programText } from './script-text.ts';
import { hashOfText } from './text-hash.ts';

export interface RecordedTexts {
  /** Scripts that ran an earlier text of their file than the newest. */
  readonly earlier: ReadonlySet<ScriptRecord>;
  /** Absolute paths of the files that have such scripts. */
  readonly changed: readonly string[];
}

/** Compares the scripts of a recording that stand at one place of one file; of unknown texts nothing is said. */
export async function recordedTexts(
  recording: string,
  threads: readonly RecordedThread[],
): Promise<RecordedTexts> {
  const earlier = new Set<ScriptRecord>();
  const changed = new Set<string>();
  for (const scripts of scriptsByPlace(threads)) {
    for (const script of await withEarlierText(recording, scripts)) {
      earlier.add(script);
      changed.add(fileOf(script.url));
    }
  }
  return { earlier, changed: [...changed].sort() };
}

/** The scripts of every place that has several texts, the newest last. */
function scriptsByPlace(threads: readonly RecordedThread[]): ScriptRecord[][] {
  const places = new Map<string, ScriptRecord[]>();
  for (const script of byStart(threads).flatMap(({ scripts }) => scripts)) {
    const file = fileOf(script.url);
    if (script.sha256 === null || !/^(?:\/|[a-z]:[\\/])/i.test(file)) continue;
    const place = [file, script.startLine, script.startColumn].join(' ');
    const known = places.get(place);
    if (known) known.push(script);
    else places.set(place, [script]);
  }
  return [...places.values()].filter(scripts => new Set(scripts.map(({ sha256 }) => sha256)).size > 1);
}

/** Node may have been given one text in two forms: with its wrapper, with a byte order mark. */
async function withEarlierText(recording: string, scripts: readonly ScriptRecord[]): Promise<ScriptRecord[]> {
  const hashes = new Map<string | null, string>();
  for (const script of scripts) {
    if (hashes.has(script.sha256)) continue;
    const text = await programText(recording, script);
    if (text !== undefined) hashes.set(script.sha256, hashOfText(text));
  }
  const newest = scripts.at(-1)!.sha256;
  const hashOf = (sha256: string | null) => hashes.get(sha256) ?? sha256;
  return scripts.filter(({ sha256 }) => hashOf(sha256) !== hashOf(newest));
}

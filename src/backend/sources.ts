/**
 * Texts and source maps of a profile's scripts: from the recording, else from disk. Only files that the scripts and
 * their maps' URLs name are read; what cannot be had is a problem to show, never an error.
 */
import type { ScriptRecord } from '../contracts/recording.ts';
import type { Frame } from '../model/cpu/profile.ts';
import type { PlacedScript } from '../model/source/script-placement.ts';
import { openSourceMap, sourceTexts } from '../model/source/source-map.ts';
import type { SourceMap } from '../model/source/source-map.ts';
import { fileOf } from '../model/source/source-url.ts';
import { scriptText } from './script-text.ts';
import { sourceMapComment } from './source-map-comment.ts';
import { sourceMapText } from './source-map-text.ts';
import { SourceProblems } from './source-problems.ts';
import { RecordedEdits } from './watch/recorded-edits.ts';
import type { SourceProblem } from './source-problems.ts';

export interface LoadedScript extends PlacedScript {
  /** Whether `text` is known to be what ran; that of a foreign profile is not. */
  readonly verified: boolean;
}

export interface ScriptSources {
  readonly scripts: readonly LoadedScript[];
  readonly problems: readonly SourceProblem[];
}

/** Scripts that are read side by side. */
const AT_ONCE = 16;

/**
 * Loads the sources of one thread's scripts. Without a recording folder the scripts are those of a foreign profile
 * (`scriptsOfFrames`): their texts are read from disk as they are now, and the texts name the maps.
 */
export async function loadScriptSources(
  recordingFolder: string | undefined,
  scripts: readonly ScriptRecord[],
): Promise<ScriptSources> {
  const problems = new SourceProblems();
  const edits = await RecordedEdits.of(recordingFolder);
  const loaded: LoadedScript[] = [];
  for (let next = 0; next < scripts.length; next += AT_ONCE) {
    const some = scripts.slice(next, next + AT_ONCE);
    loaded.push(
      ...(await Promise.all(some.map(script => loadScript(recordingFolder, script, { problems, edits })))),
    );
  }
  return { scripts: loaded, problems: problems.list };
}

/** The scripts that the frames of a foreign `.cpuprofile` name; what a profile does not tell stays empty. */
export function scriptsOfFrames(frames: readonly Frame[]): ScriptRecord[] {
  const scripts = new Map<string, ScriptRecord>();
  for (const { scriptId, url } of frames)
    if (url !== '')
      scripts.set(`${scriptId} ${url}`, scripts.get(`${scriptId} ${url}`) ?? foreign(scriptId, url));
  return [...scripts.values()];
}

/** Scripts of which only their names are known. */
export const scriptsOfUrls = (urls: readonly string[]): ScriptRecord[] => urls.map(url => foreign('', url));

const foreign = (scriptId: string, url: string): ScriptRecord => ({
  ...{ scriptId, url, sha256: null, sourceMapUrl: '', startLine: 0, startColumn: 0 },
});

interface Loading {
  readonly problems: SourceProblems;
  readonly edits: RecordedEdits;
}

async function loadScript(
  recordingFolder: string | undefined,
  script: ScriptRecord,
  loading: Loading,
): Promise<LoadedScript> {
  const { problems, edits } = loading;
  const isForeign = recordingFolder === undefined;
  const { text, verified } = await scriptText(recordingFolder, script);
  if (text === undefined && !isForeign)
    problems.add(
      'source-text-missing',
      script.url,
      'the recording has no copy, and the file is another one now',
    );
  const sourceMapUrl = isForeign ? sourceMapComment(text ?? '') : script.sourceMapUrl;
  const map = await loadMap(recordingFolder, { ...script, sourceMapUrl }, text, loading);
  const { scriptId, url, startLine, startColumn } = script;
  const unedited = text === undefined ? undefined : edits.in(fileOf(url), text);
  return { scriptId, url, startLine, startColumn, text, map, verified, unedited };
}

async function loadMap(
  recordingFolder: string | undefined,
  script: ScriptRecord,
  text: string | undefined,
  { problems, edits }: Loading,
): Promise<SourceMap | undefined> {
  if (script.sourceMapUrl === '') return undefined;
  const source = await sourceMapText(recordingFolder, script);
  if (!source.ok) {
    problems.add(source.code, script.url, source.detail);
    return undefined;
  }
  const at = { mapUrl: script.sourceMapUrl, scriptUrl: script.url };
  const opened = openSourceMap(source.text, at);
  if (opened.ok)
    return edits.isEmpty ? opened.map : edits.mapped(opened.map, sourceTexts(source.text, at), text);
  problems.add(opened.problem, script.url, opened.detail);
  return undefined;
}

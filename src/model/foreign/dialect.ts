/** What a profile file is, told from its first bytes: names say too little, and others' files have the same ones. */

export type ProfileFormat = 'cpuprofile' | 'heapprofile' | 'pprof' | 'speedscope';

/** A file of a known kind that is not opened. */
export interface ForeignFile {
  /** Behind `x.json is`. */
  readonly what: string;
  /** What to do instead: sentences. */
  readonly advice: string;
}

/** So many of its first bytes are looked at. */
export const HEAD_BYTES = 1 << 16;

/**
 * `head` are the first `HEAD_BYTES` of the file, unpacked, or all of it. Undefined for what is of no known kind. JSON
 * that is none of the others is taken for a `.cpuprofile`, whose reader says what is wrong with it.
 */
export function dialectOf(head: Uint8Array): ProfileFormat | ForeignFile | undefined {
  const packed = BINARY.find(({ magic }) => magic.every((byte, index) => head[index] === byte));
  if (packed) return packed;
  const text = textOf(head);
  if (text === undefined) return looksLikePprof(head) ? 'pprof' : undefined;
  if (text.startsWith('{') || text.startsWith('[')) return jsonDialect(text);
  return TEXTS.find(({ pattern }) => pattern.test(text));
}

const UNPACK = 'Unpack it, and open the profile that is in it.';
const RECORD_WITH_NODE = 'For a Node.js program record with `slowcatch run` or `node --cpu-prof`.';

const ascii = (text: string): number[] => Array.from(text, character => character.charCodeAt(0));

const BINARY: readonly (ForeignFile & { readonly magic: readonly number[] })[] = [
  { magic: ascii('PK\u0003\u0004'), what: 'a zip archive', advice: UNPACK },
  { magic: [0x1f, 0x8b], what: 'packed by gzip twice', advice: UNPACK },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'packed by zstd', advice: UNPACK },
  { magic: [0xfd, ...ascii('7zXZ')], what: 'packed by xz', advice: UNPACK },
  { magic: ascii('BZh'), what: 'packed by bzip2', advice: UNPACK },
  {
    magic: ascii('PERFILE2'),
    what: 'a recording of Linux perf',
    advice: `Convert it to pprof with perf_to_profile. ${RECORD_WITH_NODE}`,
  },
  {
    magic: ascii('FLR\u0000'),
    what: 'a recording of Java Flight Recorder',
    advice: 'Open it in JDK Mission Control: Slowcatch profiles JavaScript.',
  },
  {
    magic: [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0],
    what: 'a CPU profile of gperftools in its old format',
    advice: 'Convert it: `pprof -proto FILE > FILE.pb.gz`.',
  },
];

const TEXTS: readonly (ForeignFile & { readonly pattern: RegExp })[] = [
  {
    pattern: /^(?:v8-version|v8-platform|shared-library|code-creation|profiler|tick),/,
    what: 'a log of V8 (node --prof)',
    advice: 'Record with `node --cpu-prof` instead; `node --prof-process` makes a text of this one.',
  },
  {
    pattern: /^(?:# ={4,}|\S.*?\s+\d+(?:\/\d+)?\s+(?:\[\d+\]\s+)?\d+\.\d+:\s)/,
    what: 'the output of perf script',
    advice: `Open it in speedscope. ${RECORD_WITH_NODE}`,
  },
  {
    pattern: /^<(?:!doctype|html|svg|\?xml)/i,
    what: 'a page or a picture, not a profile',
    advice: 'Open it in a browser; export the data of the profile where it was made.',
  },
  {
    pattern: /^heap profile:|^--- (?:symbol|heap|contention)/,
    what: 'a profile of gperftools in its old format',
    advice: 'Convert it: `pprof -proto FILE > FILE.pb.gz`.',
  },
  {
    pattern: /^[^\n]*[^\s;][^\n]* \d+(?:\r?\n|$)/,
    what: 'folded stacks',
    advice: 'They name no files: open them in speedscope, or with flamegraph.pl.',
  },
];

const HEAP_SNAPSHOT = /^\{\s*"snapshot"\s*:\s*\{/;

/** Whether a file of which these are the first bytes is a heap snapshot. */
export const isHeapSnapshot = (head: Uint8Array): boolean => HEAP_SNAPSHOT.test(textOf(head) ?? '');

const JSON_DIALECTS: readonly { readonly pattern: RegExp; readonly is: ProfileFormat | ForeignFile }[] = [
  { pattern: /^\{\s*"nodes"\s*:/, is: 'cpuprofile' },
  {
    pattern: /^\{\s*"head"\s*:\s*\{\s*"functionName"/,
    is: {
      what: 'a CPU profile of Chrome in the format before 2017',
      advice: 'Record it again with a newer Chrome or Node.js.',
    },
  },
  { pattern: /^\{\s*"head"\s*:/, is: 'heapprofile' },
  {
    pattern: HEAP_SNAPSHOT,
    is: {
      what: 'a heap snapshot, not a profile',
      advice: 'Analyse it by itself: `slowcatch analyze FILE`.',
    },
  },
  { pattern: /speedscope\.app\/file-format-schema/, is: 'speedscope' },
  { pattern: /"shared"\s*:\s*\{\s*"frames"\s*:/, is: 'speedscope' },
  { pattern: /"profiles"\s*:\s*\[\s*\{[^[\]]*"(?:evented|sampled)"/, is: 'speedscope' },
  {
    pattern: /"traceEvents"\s*:|^\[\s*\{[^{}]*"ph"\s*:|^\{\s*"metadata"\s*:\s*\{\s*"source"\s*:\s*"DevTools"/,
    is: {
      what: 'a trace of Chrome (its Performance panel, or --trace-events)',
      advice:
        'Open it in the Performance panel of Chrome DevTools; a .cpuprofile is what the JavaScript Profiler and `node --cpu-prof` save.',
    },
  },
  {
    pattern: /"preprocessedProfileVersion"|"meta"\s*:\s*\{[^]*?"(?:processType|stackwalk|markerSchema)"/,
    is: {
      what: 'a profile of the Firefox Profiler',
      advice: `Open it at profiler.firefox.com. ${RECORD_WITH_NODE}`,
    },
  },
  {
    pattern: /^\{\s*"code"\s*:\s*\[/,
    is: {
      what: 'a preprocessed log of V8 (node --prof-process --preprocess)',
      advice: 'Open it in speedscope, or record with `node --cpu-prof` instead.',
    },
  },
  {
    pattern: /^\{\s*"result"\s*:\s*\[\s*\{\s*"scriptId"/,
    is: {
      what: 'a coverage report of V8, not a profile',
      advice: 'Record with `node --cpu-prof` to see times.',
    },
  },
];

function jsonDialect(text: string): ProfileFormat | ForeignFile {
  return JSON_DIALECTS.find(({ pattern }) => pattern.test(text))?.is ?? 'cpuprofile';
}

/** Without what may stand before JSON; undefined for what is no text. */
function textOf(head: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(head).trimStart();
  return /[\u0000-\u0008\u000E-\u001A]/.test(text.slice(0, 512)) ? undefined : text;
}

/** Tags of `Profile`'s fields with messages and texts: value types, samples, mappings, locations, functions, texts. */
const MESSAGE_TAGS: ReadonlySet<number> = new Set([0x0a, 0x12, 0x1a, 0x22, 0x2a, 0x32]);
const VALUE_TYPES = 0x0a;
const PERIOD_TYPE = 0x5a;
/** Tags of its fields with one number: Go writes time, duration and period before all others. */
const NUMBER_TAGS: ReadonlySet<number> = new Set([0x38, 0x40, 0x48, 0x50, 0x60, 0x68, 0x70, 0x78]);
/** Two numbers with their tags; what else begins like this (a trace of Perfetto) is longer. */
const LONGEST_VALUE_TYPE = 22;

function looksLikePprof(head: Uint8Array): boolean {
  let at = 0;
  for (;;) {
    const tag = head[at] ?? 0;
    if (NUMBER_TAGS.has(tag)) at = endOfNumber(head, at + 1);
    else if (tag === PERIOD_TYPE && isValueType(head, at)) at += 2 + head[at + 1]!;
    else return MESSAGE_TAGS.has(tag) && (tag !== VALUE_TYPES || isValueType(head, at));
  }
}

function endOfNumber(head: Uint8Array, from: number): number {
  let at = from;
  while ((head[at] ?? 0) >= 0x80) at++;
  return at + 1;
}

function isValueType(head: Uint8Array, at: number): boolean {
  const [length = 0, inner] = head.subarray(at + 1);
  return length <= LONGEST_VALUE_TYPE && (length === 0 || inner === 0x08 || inner === 0x10);
}

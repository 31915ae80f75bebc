/**
 * Places of sources: what a profile or a source map says (paths, URLs, references between them) as one URL, and
 * URLs as file paths. Nothing is read and nothing is checked to exist: hostile text comes out as inert text.
 */
const DRIVE_PATH = /^[A-Za-z]:[\\/]/;
const SCHEME = /^[A-Za-z][A-Za-z\d+.-]*:/;
const DRIVE_IN_URL = /^\/[A-Za-z]:(?:\/|$)/;
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/g;
/** Decoding these would change what the path means: control characters, slash, backslash. */
const ENCODED = /(%(?:[01][\da-f]|7f|2f|5c))|(?:%(?!(?:[01][\da-f]|7f|2f|5c))[\da-f]{2})+/gi;

/** URL of a script as V8 names it: a URL, or an absolute path of any system; undefined for any other text. */
export function scriptBaseUrl(script: string): string | undefined {
  const path = script.replaceAll('%', '%25').replaceAll('?', '%3F').replaceAll('#', '%23');
  if (path.startsWith('/')) return `file://${path}`;
  return windowsPathUrl(path) ?? (SCHEME.test(script) && URL.canParse(script) ? script : undefined);
}

/**
 * URL that a reference in a script or a source map means, seen from `base`. Against the letter of the URL standard,
 * for files `#` belongs to the name (tsc writes names as they are; esbuild writes `%23`). Text that is no URL comes
 * back unresolved, its control characters percent-encoded.
 */
export function resolveReference(reference: string, base: string | undefined): string {
  const text = windowsPathUrl(reference) ?? reference;
  const isFile = (SCHEME.test(text) ? text : (base ?? '')).startsWith('file:');
  const escaped = isFile ? text.replaceAll('#', '%23') : text;
  if (!URL.canParse(escaped, base)) return withoutControls(reference);
  return new URL(escaped, base).href;
}

/**
 * Path behind a `file:` URL (without the query that some bundlers append), with the separators of the system it comes from (drive letter or server: backslashes);
 * any other text as it is. Control characters and encoded separators stay percent-encoded.
 */
export function fileOf(url: string): string {
  if (!url.startsWith('file:') || !URL.canParse(url)) return withoutControls(url);
  const { hostname, pathname } = new URL(url);
  const path = pathname.replaceAll(ENCODED, (run, kept?: string) => kept ?? decoded(run));
  if (hostname !== '') return `\\\\${hostname}${backslashes(path)}`;
  return DRIVE_IN_URL.test(path) ? backslashes(path.slice(1)) : path;
}

function windowsPathUrl(path: string): string | undefined {
  const slashes = path.replaceAll('\\', '/');
  if (DRIVE_PATH.test(path)) return `file:///${slashes}`;
  return path.startsWith('\\\\') ? `file:${slashes}` : undefined;
}

/** Bytes that are no UTF-8 stay encoded. */
function decoded(run: string): string {
  const text = new TextDecoder().decode(
    Uint8Array.from(run.slice(1).split('%'), pair => Number.parseInt(pair, 16)),
  );
  return text.includes('\ufffd') ? run : text;
}

const backslashes = (path: string): string => path.replaceAll('/', '\\');
const withoutControls = (text: string): string => text.replaceAll(CONTROL_CHARACTERS, encodeURIComponent);

/** `NAME=` or `NAME: ` at the start of a line. As in dotenv, white space here may hold line breaks. */
const NAME = /\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)/y;
/** A value in quotes, over several lines if need be, with nothing but a comment after it. */
const QUOTED = /\s*(['"`])((?:\\\1|(?!\1)[^])*)\1\s*(?:#.*)?$/my;
const UNQUOTED = /[^#\n]*/y;

/**
 * Reads a `.env` file by the rules of dotenv 16, which js-debug uses (https://github.com/motdotla/dotenv#rules):
 * `export` is allowed, `#` starts a comment outside quotes, values in quotes may hold line breaks, `\n` and `\r`
 * are escapes in double quotes only, other backslashes stay, the last of two equal names counts, and lines that
 * define nothing are skipped.
 */
export function parseDotenv(text: string): Record<string, string> {
  const source = text.replaceAll(/\r\n?/g, '\n');
  const variables = new Map<string, string>();
  let position = 0;
  while (position < source.length) {
    const name = matchAt(NAME, source, position);
    const value = name && (quotedValue(source, name.end) ?? unquotedValue(source, name.end));
    if (name && value) variables.set(name.groups[0] ?? '', value.text);
    position = nextLine(source, value?.end ?? position);
  }
  return Object.fromEntries(variables);
}

interface Value {
  readonly text: string;
  readonly end: number;
}

function quotedValue(source: string, position: number): Value | undefined {
  const match = matchAt(QUOTED, source, position);
  if (match === undefined) return undefined;
  const [quote = '', inner = ''] = match.groups;
  return { text: unescape(quote, inner), end: match.end };
}

function unquotedValue(source: string, position: number): Value {
  const match = matchAt(UNQUOTED, source, position);
  const raw = source.slice(position, match?.end).trim();
  const quote = raw.charAt(0);
  const closed = raw.length > 1 && '\'"`'.includes(quote) && raw.endsWith(quote);
  return { text: unescape(quote, closed ? raw.slice(1, -1) : raw), end: match?.end ?? position };
}

const unescape = (quote: string, text: string): string =>
  quote === '"' ? text.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r') : text;

function matchAt(
  pattern: RegExp,
  source: string,
  position: number,
): { groups: string[]; end: number } | undefined {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = position;
  const match = sticky.exec(source);
  return match === null ? undefined : { groups: match.slice(1), end: sticky.lastIndex };
}

function nextLine(source: string, position: number): number {
  const end = source.indexOf('\n', position);
  return end === -1 ? source.length : end + 1;
}

/**
 * SQL without its values, so that the same statement with other values reads the same and nothing private is kept:
 * strings and numbers become `?`, lists of values one of them, comments and surplus space go. Parameters (`$1`, `:id`)
 * and quoted names stay. What cannot be read to its end (a string that is not closed) is cut there.
 */
export type SqlDialect = 'postgres' | 'mysql';

const MOST_CHARACTERS = 300;
/** Of a longer statement the beginning is read. */
const MOST_READ = 20_000;
const CUT = '…';

interface Token {
  /** Undefined: a comment or white space. */
  readonly text: string | undefined;
  readonly end: number;
}

/** At most 300 characters. */
export function normalizeSql(statement: string, dialect: SqlDialect): string {
  const text = statement.slice(0, MOST_READ);
  const words: string[] = [];
  let length = 0;
  let isApart = false;
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, dialect);
    at = token.end;
    if (token.text === undefined) {
      isApart = true;
      continue;
    }
    const word = isApart && words.length > 0 ? ` ${token.text}` : token.text;
    isApart = false;
    words.push(word);
    length += word.length;
    // Lists become shorter, but not beyond any measure.
    if (length > MOST_READ) break;
  }
  return shortened(collapsed(words.join('')), statement.length > MOST_READ);
}

function shortened(text: string, isCut: boolean): string {
  if (text.length <= MOST_CHARACTERS && !isCut) return text;
  return text.slice(0, MOST_CHARACTERS - 1) + CUT;
}

const VALUE = String.raw`(?:\?|\$\d+|NULL|DEFAULT)`;
const LIST = new RegExp(String.raw`\bIN ?\( ?${VALUE}(?: ?, ?${VALUE})+ ?\)`, 'gi');
const ROWS = new RegExp(
  String.raw`(\bVALUES ?\( ?${VALUE}(?: ?, ?${VALUE})* ?\))(?: ?, ?\( ?${VALUE}(?: ?, ?${VALUE})* ?\))+`,
  'gi',
);

const collapsed = (text: string): string =>
  text.replace(LIST, list => `${list.slice(0, 2)} (?)`).replace(ROWS, '$1');

function tokenAt(text: string, at: number, dialect: SqlDialect): Token {
  const character = text[at] as string;
  if (/\s/.test(character)) return blank(at + 1);
  const comment = commentEnd(text, at, dialect);
  if (comment !== undefined) return blank(comment);
  const value = valueEnd(text, at, dialect);
  if (value !== undefined) return { text: '?', end: value };
  const name = nameEnd(text, at, dialect);
  return { text: text.slice(at, name), end: name };
}

const blank = (end: number): Token => ({ text: undefined, end });

/** The end of the match of a sticky expression. */
function match(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}

function commentEnd(text: string, at: number, dialect: SqlDialect): number | undefined {
  const line = match(dialect === 'postgres' ? /--.*/y : /(?:--(?=\s|$)|#).*/y, text, at);
  if (line !== undefined) return line;
  return text.startsWith('/*', at) ? blockEnd(text, at, dialect === 'postgres') : undefined;
}

function blockEnd(text: string, from: number, canNest: boolean): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('*/', at)) {
      if (--depth === 0) return at + 2;
      at++;
    } else if (text.startsWith('/*', at) && (depth === 0 || canNest)) {
      depth++;
      at++;
    }
  }
  return text.length;
}

/** A string, with the letters before it that say of what kind it is (`E'…'`, `X'…'`), or a number. */
function valueEnd(text: string, at: number, dialect: SqlDialect): number | undefined {
  if (dialect === 'mysql') {
    const quote = match(/(?:_[a-z0-9]+\s*|[BXN])?(?=['"])/iy, text, at);
    return quote === undefined ? numberEnd(text, at) : stringEnd(text, quote, true);
  }
  const dollar = /\$(?:[\p{L}_][\p{L}\d_]*)?\$/uy;
  const opened = match(dollar, text, at);
  if (opened !== undefined) {
    const closed = text.indexOf(text.slice(at, opened), opened);
    return closed < 0 ? text.length : closed + opened - at;
  }
  const quote = match(/(?:[EBXN]|U&)?(?=')/iy, text, at);
  return quote === undefined
    ? numberEnd(text, at)
    : stringEnd(text, quote, /^e/i.test(text.slice(at, quote)));
}

const numberEnd = (text: string, at: number): number | undefined =>
  match(/(?:0[xob][\da-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?)/iy, text, at);

function stringEnd(text: string, from: number, hasEscapes: boolean): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (hasEscapes && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return text.length;
}

/** A word, a parameter, a quoted name, or a single character. */
function nameEnd(text: string, at: number, dialect: SqlDialect): number {
  const name = match(/[$:@]*[\p{L}_][\p{L}\p{M}\d_$]*|[$:@]\d+/uy, text, at);
  if (name !== undefined) return name;
  if (text[at] === '`' || (text[at] === '"' && dialect === 'postgres')) return stringEnd(text, at, false);
  return at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
}

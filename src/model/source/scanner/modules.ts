/** Import and export declarations: they hold no functions, so only their end matters. */
import { ASTERISK, CLOSE_BRACE, COLON, COMMA, DOUBLE_QUOTE, OPEN_BRACE, SINGLE_QUOTE } from './characters.ts';
import { Word, wordAt } from './keywords.ts';
import { endOfString, endOfTrivia, endOfWord } from './lexemes.ts';
import { Expect } from './scan.ts';
import type { Scan } from './scan.ts';

/** `export` has been read. `export default {` begins an object; all other forms read on as statements. */
export function exportClause(scan: Scan): void {
  if (scan.next === ASTERISK || scan.next === OPEN_BRACE) return moduleClause(scan);
  if (!scan.wordFollows) return scan.fail();
  const end = endOfWord(scan.text, scan.at);
  if (wordAt(scan.text, scan.at, end) !== Word.Default) return;
  scan.advance(end);
  scan.expect = scan.next === OPEN_BRACE ? Expect.Operand : Expect.Statement;
}

/** `a, { b as c, "d" as e } from 'f' with { type: 'json' }`, `* as 'a b' from 'c'`, `'a'`, or `{ a, b }` alone. */
export function moduleClause(scan: Scan): void {
  scan.expect = Expect.Statement;
  for (;;) {
    if (isQuote(scan.next)) {
      scan.advance(endOfString(scan.text, scan.at));
      if (!fromFollows(scan)) return attributes(scan);
    } else if (scan.next === OPEN_BRACE) {
      braces(scan);
      if (!fromFollows(scan)) return;
    } else if (scan.wordFollows) scan.advance(endOfWord(scan.text, scan.at));
    else if (scan.next === ASTERISK || scan.next === COMMA) scan.advance(scan.at + 1);
    else return scan.fail();
  }
}

const isQuote = (code: number): boolean => code === SINGLE_QUOTE || code === DOUBLE_QUOTE;

const fromFollows = (scan: Scan): boolean =>
  scan.wordFollows && scan.text.startsWith('from', scan.at) && endOfWord(scan.text, scan.at) === scan.at + 4;

/** `assert` is what Node 20 wrote for `with`. */
function attributes(scan: Scan): void {
  if (!scan.text.startsWith('with', scan.at) && !scan.text.startsWith('assert', scan.at)) return;
  const end = endOfWord(scan.text, scan.at);
  if (scan.text.charCodeAt(endOfTrivia(scan.text, end)) !== OPEN_BRACE) return;
  scan.advance(end);
  braces(scan);
}

/** Names, strings, commas and colons in braces. */
function braces(scan: Scan): void {
  scan.advance(scan.at + 1);
  while (scan.next !== CLOSE_BRACE) {
    if (isQuote(scan.next)) scan.advance(endOfString(scan.text, scan.at));
    else if (scan.wordFollows) scan.advance(endOfWord(scan.text, scan.at));
    else if (scan.next === COMMA || scan.next === COLON) scan.advance(scan.at + 1);
    else return scan.fail();
  }
  scan.advance(scan.at + 1);
}

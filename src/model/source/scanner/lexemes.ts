/**
 * The lexical pieces of JavaScript. Every function takes a text and the offset where a piece begins and returns
 * the offset behind it, or -1 where the piece has no end.
 */
import {
  ASTERISK,
  BACKQUOTE,
  BACKSLASH,
  CARRIAGE_RETURN,
  CLOSE_BRACKET,
  DOLLAR,
  DOT,
  LINE_FEED,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLUS,
  SEVEN,
  SLASH,
  SPACE,
  UNDERSCORE,
  ZERO,
  isDigit,
  isLineTerminator,
  isSpace,
  isWordPart,
} from './characters.ts';

const LOWER_E = 0x65;
const UPPER_TO_LOWER = 0x20;

/** White space and comments. */
export function endOfTrivia(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === SPACE || isSpace(code)) at++;
    else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) at = endOfLine(text, at);
    else if (code === SLASH && text.charCodeAt(at + 1) === ASTERISK) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0) return -1;
      at = close + 2;
    } else return at;
  }
  return at;
}

/** The rest of a line, without its terminator. */
export function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isLineTerminator(text.charCodeAt(at))) at++;
  return at;
}

/** An identifier or keyword, with its Unicode escapes. */
export function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isWordPart(code)) at++;
    else if (code === BACKSLASH) {
      at = text.charCodeAt(at + 2) === OPEN_BRACE ? text.indexOf('}', at) + 1 : at + 2;
      if (at === 0) return -1;
    } else return at;
  }
  return at;
}

/** Every numeric literal: `1_000`, `0x1f`, `.5`, `1.`, `1e-3`, `1n`, `017`. */
export function endOfNumber(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === UNDERSCORE) at++;
  if (text.charCodeAt(at) === DOT && !isLegacyOctal(text, start, at)) {
    at++;
    while (isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === UNDERSCORE) at++;
  }
  if ((text.charCodeAt(at) | UPPER_TO_LOWER) === LOWER_E) {
    const sign = text.charCodeAt(at + 1);
    if (sign === PLUS || sign === MINUS) at += 2;
  }
  // the letters of a radix prefix, hexadecimal digits, an exponent without a sign, the `n` of a BigInt
  while (isWordPart(text.charCodeAt(at))) at++;
  return at;
}

/** `017` takes no fraction: `017.toString()` calls a method. */
function isLegacyOctal(text: string, start: number, end: number): boolean {
  if (end - start < 2 || text.charCodeAt(start) !== ZERO) return false;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) > SEVEN) return false;
  return true;
}

/** A string literal in either quote. */
export function endOfString(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === LINE_FEED || code === CARRIAGE_RETURN) return -1;
    if (code === BACKSLASH)
      at += text.charCodeAt(at + 1) === CARRIAGE_RETURN && text.charCodeAt(at + 2) === LINE_FEED ? 3 : 2;
    else at++;
  }
  return -1;
}

/** A regular expression with its flags. */
export function endOfRegularExpression(text: string, start: number): number {
  let at = start + 1;
  let inClass = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isLineTerminator(code)) return -1;
    if (code === SLASH && !inClass) return endOfWord(text, at + 1);
    if (code === OPEN_BRACKET) inClass = true;
    else if (code === CLOSE_BRACKET) inClass = false;
    at += code === BACKSLASH ? 2 : 1;
  }
  return -1;
}

/** Template characters up to and with the closing backquote or the next `${`. `start` is behind the opening one. */
export function endOfTemplateCharacters(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKQUOTE) return at + 1;
    if (code === DOLLAR && text.charCodeAt(at + 1) === OPEN_BRACE) return at + 2;
    at += code === BACKSLASH ? 2 : 1;
  }
  return -1;
}

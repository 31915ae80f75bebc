/** Character codes and classes of JavaScript's lexical grammar (ECMA-262, section 12). */

export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const EXCLAMATION = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const SINGLE_QUOTE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const ASTERISK = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const SEVEN = 0x37;
export const NINE = 0x39;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const CARET = 0x5e;
export const UNDERSCORE = 0x5f;
export const BACKQUOTE = 0x60;
export const OPEN_BRACE = 0x7b;
export const BAR = 0x7c;
export const CLOSE_BRACE = 0x7d;
export const TILDE = 0x7e;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const LINE_SEPARATOR = 0x20_28;
export const PARAGRAPH_SEPARATOR = 0x20_29;

const TAB = 0x09;
const ASCII = 0x80;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;

const CLASSES = Uint8Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return DIGIT;
  return /[\w$]/.test(character) ? LETTER : OTHER;
});

export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** White space and line terminators: the same set as a regular expression's `\s`. */
export const isSpace = (code: number): boolean =>
  code === SPACE || (code >= TAB && code <= CARRIAGE_RETURN) || (code >= ASCII && isWideSpace(code));

const isWideSpace = (code: number): boolean =>
  code === 0xa0 ||
  code === 0x16_80 ||
  (code >= 0x20_00 && code <= 0x20_0a) ||
  code === LINE_SEPARATOR ||
  code === PARAGRAPH_SEPARATOR ||
  code === 0x20_2f ||
  code === 0x20_5f ||
  code === 0x30_00 ||
  code === 0xfe_ff;

/** Any character beyond ASCII that is no space counts as a letter: V8 has already checked that it is one. */
export const isWordPart = (code: number): boolean =>
  code < ASCII ? CLASSES[code] !== OTHER : code >= ASCII && !isWideSpace(code);

/** Identifiers and keywords, also those that begin with an escape (`\u0061bc`). */
export const isWordStart = (code: number): boolean =>
  code < ASCII ? CLASSES[code] === LETTER || code === BACKSLASH : !isWideSpace(code);

/** Exactly the line terminators that V8 counts lines by; `\r\n` is one terminator, ended by its `\n`. */
export const isLineTerminator = (code: number): boolean =>
  code === LINE_FEED || code === CARRIAGE_RETURN || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR;

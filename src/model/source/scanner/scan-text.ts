import { CLOSE_BRACE, isWordStart } from './characters.ts';
import { endOfLine } from './lexemes.ts';
import { member } from './members.ts';
import { punctuator } from './punctuators.ts';
import { Bracket, Expect, Scan } from './scan.ts';
import type { Scopes } from './scopes.ts';
import { word } from './words.ts';

/**
 * Reads a whole JavaScript text once: a script, a module, or the body of a CommonJS module. `lineStart` are the
 * offsets of its lines. Returns undefined where brackets, strings, comments or statements do not fit together;
 * that it accepts a text does not mean that the text is valid.
 */
export function scanText(text: string, lineStart: Int32Array): Scopes | undefined {
  const scan = new Scan(text, lineStart);
  scan.advance(text.startsWith('#!') ? endOfLine(text, 0) : 0);
  while (scan.at < scan.length) {
    const code = scan.next;
    if (scan.expect === Expect.Member && code !== CLOSE_BRACE) member(scan);
    else if (isWordStart(code)) word(scan);
    else punctuator(scan);
  }
  if (!scan.failed) scan.endStatement();
  return scan.failed || scan.bracket !== Bracket.Script ? undefined : scan.scopes;
}

/** Heads of functions and classes, from their first token to the body's brace. */
import { ASTERISK, EQUALS, GREATER, OPEN_BRACE, OPEN_PAREN } from './characters.ts';
import { Word, wordAt } from './keywords.ts';
import { endOfWord } from './lexemes.ts';
import { Bracket, Expect } from './scan.ts';
import type { Scan } from './scan.ts';
import { Trait } from './scopes.ts';

const FUNCTION_LENGTH = 'function'.length;

/** The next token is `function`; the current scope was opened for it at the head's first token. */
export function functionHead(scan: Scan, traits: Trait, after: Expect): void {
  scan.scopes.own(scan.line);
  scan.advance(scan.at + FUNCTION_LENGTH);
  let own = traits;
  if (scan.next === ASTERISK) {
    own |= Trait.Yield;
    scan.scopes.own(scan.line);
    scan.advance(scan.at + 1);
  }
  if (scan.wordFollows) plainWord(scan);
  scan.scopes.set(own);
  parameters(scan, after);
}

/** A name or keyword without effect on what follows. */
export function plainWord(scan: Scan): void {
  scan.scopes.own(scan.line);
  scan.advance(endOfWord(scan.text, scan.at));
}

/** The parameters of a function or method whose scope is the current one; `after` is expected behind its body. */
export function parameters(scan: Scan, after: Expect): void {
  if (scan.next !== OPEN_PAREN) return scan.fail();
  scan.scopes.own(scan.line);
  scan.open(Bracket.Parameters, after);
  scan.step(Expect.Operand);
}

/** The body's brace, if it follows. */
export function functionBody(scan: Scan, after: Expect): void {
  if (scan.next !== OPEN_BRACE) return scan.fail();
  scan.open(Bracket.FunctionBody, after);
  scan.step(Expect.Statement);
}

export function arrowFollows(scan: Scan): boolean {
  return scan.next === EQUALS && scan.text.charCodeAt(scan.at + 1) === GREATER;
}

/** The next token is `=>`; the current scope is that of its parameters. */
export function arrow(scan: Scan): void {
  scan.scopes.own(scan.line);
  scan.scopes.set(scan.scopes.has(Trait.AsyncArrow) ? Trait.Await : Trait.None);
  scan.advance(scan.at + 2);
  if (scan.next === OPEN_BRACE) return functionBody(scan, Expect.ExpressionEnd);
  scan.open(Bracket.ArrowExpression);
  scan.expect = Expect.Operand;
}

/**
 * The next token is `class`. A class is a scope, because V8 runs its default constructor, its fields and its
 * static blocks as functions of their own. Inside lies a second scope for what the code around the class runs:
 * its heritage and computed keys.
 */
export function classHead(scan: Scan, after: Expect): void {
  const { scopes, at } = scan;
  scopes.open(at);
  scopes.own(scan.line);
  scopes.open(at, Trait.SkipsParent);
  plainWord(scan);
  if (scan.wordFollows && !extendsFollows(scan)) plainWord(scan);
  scan.open(Bracket.ClassHeritage, after);
  scan.expect = Expect.Operator;
  if (!scan.wordFollows) return;
  plainWord(scan);
  scan.expect = Expect.Operand;
}

function extendsFollows(scan: Scan): boolean {
  return wordAt(scan.text, scan.at, endOfWord(scan.text, scan.at)) === Word.Extends;
}

/** The class ends at `end`; V8 makes functions for it unless it has a constructor and nothing to initialise. */
export function endClass(scan: Scan, end: number): void {
  const { scopes } = scan;
  scopes.leave();
  if (scopes.has(Trait.Constructor) && !scopes.has(Trait.Initialiser)) scopes.leave();
  else scopes.close(end);
}

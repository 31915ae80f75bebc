/** Identifiers and keywords outside of member names. */
import { COLON, DOT, OPEN_BRACE, OPEN_BRACKET, OPEN_PAREN } from './characters.ts';
import { arrow, arrowFollows, classHead, functionHead, plainWord } from './functions.ts';
import { Word, wordAt } from './keywords.ts';
import { endOfTrivia, endOfWord } from './lexemes.ts';
import { exportClause, moduleClause } from './modules.ts';
import { Bracket, Expect } from './scan.ts';
import type { Scan } from './scan.ts';
import { Trait } from './scopes.ts';

/** A word begins here. */
export function word(scan: Scan): void {
  const end = endOfWord(scan.text, scan.at);
  if (end < 0) return scan.fail();
  const found = wordAt(scan.text, scan.at, end);
  if (scan.behindValue) wordBehindValue(scan, found);
  else if (found === Word.Name || scan.expect === Expect.Binding) name(scan, end);
  else if (found < Word.If) contextualWord(scan, found, end);
  else if (found >= Word.Function) expressionWord(scan, found);
  else if (scan.expect === Expect.Statement) statementWord(scan, found);
  else scan.fail();
}

/** Behind a value only an operator goes on with the expression; any other word begins the next statement. */
function wordBehindValue(scan: Scan, found: Word): void {
  if (found === Word.In && scan.outerBracket === Bracket.ForInitialiser) scan.endArrowExpressions();
  const inInitialiser = scan.bracket === Bracket.ForInitialiser;
  const isOperator = found === Word.In || found === Word.Instanceof || (found === Word.Of && inInitialiser);
  if (!isOperator) return scan.endStatement();
  if (inInitialiser && found !== Word.Instanceof) scan.endForInitialiser();
  plainWord(scan);
  scan.expect = Expect.Operand;
}

function name(scan: Scan, end: number): void {
  const { at, line, expect } = scan;
  scan.advance(end);
  nameBefore(scan, at, line, expect);
}

/** A name has been read, which began at `start` where `expected` was expected: a value, label or parameter. */
function nameBefore(scan: Scan, start: number, line: number, expected: Expect): void {
  if (arrowFollows(scan)) return arrowOfName(scan, start, line, Trait.None);
  scan.scopes.own(line);
  if (expected === Expect.Statement && scan.next === COLON) scan.step(Expect.Statement);
  else scan.expect = expected === Expect.Binding ? Expect.ExpressionEnd : Expect.Operator;
}

function arrowOfName(scan: Scan, start: number, line: number, traits: Trait): void {
  scan.scopes.open(start, traits);
  scan.scopes.own(line);
  arrow(scan);
}

/** A word that is a keyword only before certain tokens or in certain functions. */
function contextualWord(scan: Scan, found: Word, end: number): void {
  const { at, line, expect, scopes } = scan;
  scan.advance(end);
  const isName = arrowFollows(scan) || (expect === Expect.Statement && scan.next === COLON);
  if (!isName && found === Word.Async && asyncFunction(scan, at, line, expect)) return;
  if (!isName && prefixes(scan, found, expect)) {
    scopes.own(line);
    if (found === Word.Let || found === Word.Using) scan.declare();
    else scan.expect = found === Word.Yield && scan.newlineBefore ? Expect.ExpressionEnd : Expect.Operand;
  } else nameBefore(scan, at, line, expect);
}

/** Whether the word just read stands before an operand or a binding, given what was expected where it stood. */
function prefixes(scan: Scan, found: Word, expected: Expect): boolean {
  if (found === Word.Await) return scan.scopes.has(Trait.Await);
  if (found === Word.Yield) return scan.scopes.has(Trait.Yield);
  if (found === Word.Let) return expected === Expect.Statement && bindingFollows(scan);
  return found === Word.Using && !scan.newlineBefore && scan.wordFollows && !operatorFollows(scan, Word.Of);
}

function bindingFollows(scan: Scan): boolean {
  if (scan.next === OPEN_BRACE || scan.next === OPEN_BRACKET) return true;
  return scan.wordFollows && !operatorFollows(scan, Word.In);
}

/** Whether the next word is `in`, `instanceof` or `other`. */
function operatorFollows(scan: Scan, other: Word): boolean {
  const found = wordAt(scan.text, scan.at, endOfWord(scan.text, scan.at));
  return found === Word.In || found === Word.Instanceof || found === other;
}

/** `async` has been read; goes on if it begins a function or may begin one. */
function asyncFunction(scan: Scan, start: number, line: number, expected: Expect): boolean {
  if (scan.newlineBefore) return false;
  const isGroup = scan.next === OPEN_PAREN;
  const end = scan.wordFollows ? endOfWord(scan.text, scan.at) : -1;
  const isFunction = end > 0 && wordAt(scan.text, scan.at, end) === Word.Function;
  if (!isGroup && !isFunction && !(end > 0 && scan.text.startsWith('=>', endOfTrivia(scan.text, end))))
    return false;
  scan.scopes.open(start, Trait.AsyncArrow);
  scan.scopes.own(line);
  if (isGroup) openGroup(scan);
  else if (isFunction) functionHead(scan, Trait.Await, behind(expected));
  else {
    plainWord(scan);
    arrow(scan);
  }
  return true;
}

/** Parentheses where a value stands; the current scope was opened for what may be an arrow function. */
export function openGroup(scan: Scan): void {
  scan.scopes.own(scan.line);
  scan.open(Bracket.Group);
  scan.step(Expect.Operand);
}

/** What follows a function or class: a statement behind a declaration, an operator behind a value. */
const behind = (expected: Expect): Expect =>
  expected === Expect.Statement ? Expect.Statement : Expect.Operator;

function expressionWord(scan: Scan, found: Word): void {
  if (found === Word.Function) {
    scan.scopes.open(scan.at);
    functionHead(scan, Trait.None, behind(scan.expect));
  } else if (found === Word.Class) classHead(scan, behind(scan.expect));
  else {
    const isStatement = scan.expect === Expect.Statement;
    plainWord(scan);
    if (found !== Word.Import) scan.expect = Expect.Operand;
    else if (isStatement && scan.next !== OPEN_PAREN && scan.next !== DOT) moduleClause(scan);
    else scan.expect = Expect.Operator;
  }
}

function statementWord(scan: Scan, found: Word): void {
  const { at } = scan;
  plainWord(scan);
  if (found === Word.While) head(scan, Bracket.WhileHead, at);
  else if (found <= Word.Switch) head(scan, Bracket.Head);
  else if (found === Word.For) forHead(scan, at);
  else if (found === Word.Do) scan.beginLoop(at);
  else if (found === Word.Export) exportClause(scan);
  else if (found === Word.Catch) {
    if (scan.next === OPEN_PAREN) head(scan, Bracket.Head);
  } else if (found === Word.Default) {
    if (scan.next === COLON) scan.step(Expect.Statement);
    else scan.fail();
  } else if (found === Word.Break || found === Word.Continue) {
    if (!scan.newlineBefore && scan.wordFollows) plainWord(scan);
  } else if (found === Word.Return || found === Word.Throw) {
    if (!scan.newlineBefore) scan.expect = Expect.Operand;
  } else if (found === Word.Case) scan.expect = Expect.Operand;
  else if (found > Word.Case) scan.declare();
}

/** `loop`: where the loop begins of which it is the head. */
function head(scan: Scan, bracket: Bracket, loop = -1): void {
  if (scan.next !== OPEN_PAREN) return scan.fail();
  scan.scopes.own(scan.line);
  scan.open(bracket, Expect.Operator, loop);
  scan.step(Expect.Operand);
}

function forHead(scan: Scan, start: number): void {
  if (scan.wordFollows) plainWord(scan);
  head(scan, Bracket.ForInitialiser, start);
  if (!scan.wordFollows) return;
  const end = endOfWord(scan.text, scan.at);
  const found = wordAt(scan.text, scan.at, end);
  if (found === Word.Var || found === Word.Const) {
    plainWord(scan);
    scan.declare();
  } else if (found === Word.Let) forLet(scan, end);
}

/** `let` in the head of a `for` is a keyword in the same places as at the start of a statement. */
function forLet(scan: Scan, end: number): void {
  scan.expect = Expect.Statement;
  contextualWord(scan, Word.Let, end);
}

/** Everything that is no word and no member name: brackets, operators, literals. */
import * as c from './characters.ts';
import { arrow, arrowFollows, endClass, functionBody } from './functions.ts';
import {
  endOfNumber,
  endOfRegularExpression,
  endOfString,
  endOfTemplateCharacters,
  endOfWord,
} from './lexemes.ts';
import { endComputedKey } from './members.ts';
import { Bracket, Expect } from './scan.ts';
import type { Scan } from './scan.ts';
import { openGroup } from './words.ts';

/** A punctuator or literal begins here. */
export function punctuator(scan: Scan): void {
  const code = scan.next;
  switch (code) {
    case c.OPEN_PAREN:
      return openParen(scan);
    case c.CLOSE_PAREN:
      return closeParen(scan);
    case c.OPEN_BRACKET:
      return openList(scan);
    case c.CLOSE_BRACKET:
      return closeBracket(scan);
    case c.OPEN_BRACE:
      return openBrace(scan);
    case c.CLOSE_BRACE:
      return closeBrace(scan);
    case c.SEMICOLON:
      return semicolon(scan);
    case c.COMMA:
      scan.endArrowExpressions();
      return scan.step(scan.behindComma);
    case c.COLON:
      return colon(scan);
    case c.BACKQUOTE:
      return template(scan);
    case c.SINGLE_QUOTE:
    case c.DOUBLE_QUOTE:
      return literal(scan, endOfString(scan.text, scan.at));
    case c.HASH:
      return literal(scan, endOfWord(scan.text, scan.at + 1));
    case c.DOT:
      return dot(scan);
    default:
      if (c.isDigit(code)) literal(scan, endOfNumber(scan.text, scan.at));
      else operator(scan, code);
  }
}

/** Whether a value stands before the token that can be neither called nor indexed: the statement ends. */
const refusesCall = (scan: Scan): boolean =>
  scan.expect === Expect.Infix || scan.expect === Expect.ExpressionEnd;

function literal(scan: Scan, end: number): void {
  if (scan.behindValue) return scan.endStatement();
  token(scan, end, Expect.Operator);
}

function token(scan: Scan, end: number, expect: Expect): void {
  scan.scopes.own(scan.line);
  scan.expect = expect;
  scan.advance(end);
}

function openParen(scan: Scan): void {
  if (refusesCall(scan)) return scan.endStatement();
  if (scan.expect === Expect.Operator) {
    scan.open(Bracket.Call);
    token(scan, scan.at + 1, Expect.Operand);
  } else {
    scan.scopes.open(scan.at);
    openGroup(scan);
  }
}

function closeParen(scan: Scan): void {
  scan.endArrowExpressions();
  const { bracket } = scan;
  const after = scan.close();
  if (bracket === Bracket.Call) scan.step(Expect.Operator);
  else if (isHead(bracket)) {
    const { loopHead } = scan;
    scan.step(Expect.Statement);
    if (loopHead >= 0) scan.beginLoop(loopHead);
  } else if (bracket === Bracket.Group) {
    scan.step(Expect.Operator);
    if (arrowFollows(scan)) arrow(scan);
    else scan.scopes.leave();
  } else if (bracket === Bracket.Parameters) {
    scan.advance(scan.at + 1);
    functionBody(scan, after);
  } else scan.fail();
}

const isHead = (bracket: Bracket): boolean =>
  bracket === Bracket.Head ||
  bracket === Bracket.WhileHead ||
  bracket === Bracket.ForHead ||
  bracket === Bracket.ForInitialiser;

function openList(scan: Scan): void {
  if (refusesCall(scan)) return scan.endStatement();
  scan.open(Bracket.List);
  token(scan, scan.at + 1, Expect.Operand);
}

function closeBracket(scan: Scan): void {
  scan.endArrowExpressions();
  if (scan.bracket === Bracket.ComputedKey) return endComputedKey(scan);
  if (scan.bracket !== Bracket.List) return scan.fail();
  scan.close();
  scan.step(Expect.Operator);
}

function openBrace(scan: Scan): void {
  if (scan.expect === Expect.Statement) {
    scan.open(Bracket.Block);
    scan.step(Expect.Statement);
  } else if (!scan.behindValue) {
    scan.open(Bracket.ObjectLiteral);
    token(scan, scan.at + 1, Expect.Member);
  } else if (scan.bracket === Bracket.ClassHeritage) {
    scan.open(Bracket.ClassBody, scan.close());
    scan.step(Expect.Member);
  } else scan.endStatement();
}

function closeBrace(scan: Scan): void {
  scan.endArrowExpressions();
  scan.endField();
  const { bracket } = scan;
  const after = scan.close();
  if (bracket === Bracket.Block) scan.step(Expect.Statement);
  else if (bracket === Bracket.ObjectLiteral) scan.step(Expect.Operator);
  else if (bracket === Bracket.TemplateSlot) templateCharacters(scan);
  else if (bracket === Bracket.FunctionBody) {
    scan.scopes.close(scan.at + 1);
    scan.step(after);
  } else if (bracket === Bracket.ClassBody) {
    endClass(scan, scan.at + 1);
    scan.step(after);
  } else if (bracket === Bracket.StaticBlock) {
    scan.scopes.leave();
    scan.step(Expect.Member);
  } else scan.fail();
}

function semicolon(scan: Scan): void {
  scan.endArrowExpressions();
  if (scan.bracket === Bracket.ForInitialiser) scan.endForInitialiser();
  if (scan.bracket === Bracket.ForHead) return scan.step(Expect.Operand);
  scan.endStatement();
  scan.step(scan.expect);
}

/** Of a conditional, a `case` or a label; those of object members are read with the name. */
function colon(scan: Scan): void {
  while (!scan.closeConditional()) {
    if (scan.bracket !== Bracket.ArrowExpression)
      return scan.inStatements ? scan.step(Expect.Statement) : scan.fail();
    scan.endArrowExpression();
  }
  scan.step(Expect.Operand);
}

function template(scan: Scan): void {
  if (refusesCall(scan)) return scan.endStatement();
  scan.scopes.own(scan.line);
  templateCharacters(scan);
}

/** The next token is the backquote or brace before template characters. */
function templateCharacters(scan: Scan): void {
  const end = endOfTemplateCharacters(scan.text, scan.at + 1);
  const isLast = scan.text.charCodeAt(end - 1) === c.BACKQUOTE;
  if (!isLast) scan.open(Bracket.TemplateSlot);
  scan.expect = isLast ? Expect.Operator : Expect.Operand;
  scan.advance(end);
}

function dot(scan: Scan): void {
  const { text, at } = scan;
  if (c.isDigit(text.charCodeAt(at + 1))) return literal(scan, endOfNumber(text, at));
  if (text.startsWith('...', at)) token(scan, at + 3, Expect.Operand);
  else property(scan, at + 1);
}

/** `.name` or `.#name`, behind a dot that ends at `end`. */
function property(scan: Scan, end: number): void {
  token(scan, end, Expect.Operator);
  const isPrivate = scan.next === c.HASH;
  if (!isPrivate && !scan.wordFollows) return scan.fail();
  token(scan, endOfWord(scan.text, scan.at + (isPrivate ? 1 : 0)), Expect.Operator);
}

function operator(scan: Scan, code: number): void {
  const following = scan.text.charCodeAt(scan.at + 1);
  switch (code) {
    case c.QUESTION:
      return question(scan, following);
    case c.PLUS:
    case c.MINUS:
      return sign(scan, following === code);
    case c.EXCLAMATION:
    case c.TILDE:
      if (scan.behindValue && following !== c.EQUALS) return scan.endStatement();
      break;
    case c.SLASH:
      if (scan.expect === Expect.Operator || scan.expect === Expect.Infix) break;
      return literal(scan, endOfRegularExpression(scan.text, scan.at));
    case c.EQUALS:
      if (following === c.GREATER) return scan.fail();
      break;
    case c.ASTERISK:
      // a generator method behind a field such as `x = () => {}`
      if (scan.expect === Expect.ExpressionEnd) return scan.endStatement();
      break;
    case c.PERCENT:
    case c.AMPERSAND:
    case c.BAR:
    case c.CARET:
    case c.LESS:
    case c.GREATER:
      break;
    default:
      return scan.fail();
  }
  token(scan, scan.at + 1, Expect.Operand);
}

/** `a ? b : c`, `a?.b`, `a ?? b`; `a?.5:b` is the first. */
function question(scan: Scan, following: number): void {
  const { at } = scan;
  if (following === c.DOT && !c.isDigit(scan.text.charCodeAt(at + 2))) return optionalChain(scan);
  if (following !== c.QUESTION) scan.openConditional();
  token(scan, at + (following === c.QUESTION ? 2 : 1), Expect.Operand);
}

/** `?.name`, or `?.` before a call or an index. */
function optionalChain(scan: Scan): void {
  const { at } = scan;
  token(scan, at + 2, Expect.Operator);
  if (scan.wordFollows) token(scan, endOfWord(scan.text, scan.at), Expect.Operator);
  else if (scan.next === c.HASH) token(scan, endOfWord(scan.text, scan.at + 1), Expect.Operator);
}

/** `+`, `-`, `++` or `--`. On a new line `++` belongs to what follows. */
function sign(scan: Scan, isDouble: boolean): void {
  if (scan.expect === Expect.ExpressionEnd) return scan.endStatement();
  if (!isDouble) return token(scan, scan.at + 1, Expect.Operand);
  if (!scan.behindValue) return token(scan, scan.at + 2, Expect.Operand);
  if (scan.newlineBefore) return scan.endStatement();
  token(scan, scan.at + 2, Expect.Infix);
}

/** Members of classes and objects: modifiers, name, and what the name is followed by. */
import {
  ASTERISK,
  CLOSE_BRACE,
  COLON,
  COMMA,
  DOT,
  DOUBLE_QUOTE,
  EQUALS,
  HASH,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  SEMICOLON,
  SINGLE_QUOTE,
  isDigit,
} from './characters.ts';
import { parameters } from './functions.ts';
import { Word, wordAt } from './keywords.ts';
import { endOfNumber, endOfString, endOfWord } from './lexemes.ts';
import { Bracket, Expect } from './scan.ts';
import type { Scan } from './scan.ts';
import { Trait } from './scopes.ts';

const CONSTRUCTOR = 'constructor';
const SPREAD = '...';

/** A member, or what separates two, begins here. */
export function member(scan: Scan): void {
  if (scan.next === COMMA || scan.next === SEMICOLON) scan.step(Expect.Member);
  else if (scan.text.startsWith(SPREAD, scan.at)) {
    scan.scopes.own(scan.line);
    scan.expect = Expect.Operand;
    scan.advance(scan.at + SPREAD.length);
  } else {
    openMember(scan);
    modifiersAndName(scan);
  }
}

/** What turns out to be no method belongs to the function around the object, or to the class itself. */
function openMember(scan: Scan): void {
  scan.scopes.open(scan.at, scan.bracket === Bracket.ClassBody ? Trait.SkipsParent : Trait.None);
}

function modifiersAndName(scan: Scan): void {
  const start = scan.at;
  let traits = Trait.None;
  let isStatic = false;
  for (;;) {
    if (scan.next === ASTERISK) {
      traits |= Trait.Yield;
      token(scan, scan.at + 1);
    } else if (!scan.wordFollows) return literalName(scan, traits, scan.at === start);
    else {
      const end = endOfWord(scan.text, scan.at);
      const word = wordAt(scan.text, scan.at, end);
      const isConstructor = scan.at === start && isConstructorName(scan, scan.at, end);
      token(scan, end);
      if (!isModifier(scan, word, isStatic)) return behindName(scan, traits, isConstructor);
      if (word === Word.Async) traits |= Trait.Await;
      if (word === Word.Static) isStatic = true;
      if (isStatic && scan.next === OPEN_BRACE) return staticBlock(scan);
    }
  }
}

function token(scan: Scan, end: number): void {
  scan.scopes.own(scan.line);
  scan.advance(end);
}

const isConstructorName = (scan: Scan, start: number, end: number): boolean =>
  end - start === CONSTRUCTOR.length && scan.text.startsWith(CONSTRUCTOR, start);

/** Whether the word just read stands before the name, or is the name. Fields need no semicolon behind them. */
function isModifier(scan: Scan, word: Word, isStatic: boolean): boolean {
  if (endsName(scan.next)) return false;
  if (word === Word.Async) return !scan.newlineBefore;
  if (word === Word.Get || word === Word.Set) return scan.next !== ASTERISK && scan.next !== OPEN_BRACE;
  return word === Word.Static && !isStatic && scan.bracket === Bracket.ClassBody;
}

function endsName(code: number): boolean {
  return (
    code === OPEN_PAREN ||
    code === EQUALS ||
    code === COLON ||
    code === COMMA ||
    code === SEMICOLON ||
    code === CLOSE_BRACE
  );
}

function literalName(scan: Scan, traits: Trait, isFirst: boolean): void {
  const { text, at, next } = scan;
  if (next === OPEN_BRACKET) return computedKey(scan, traits);
  let isConstructor = false;
  if (next === SINGLE_QUOTE || next === DOUBLE_QUOTE) {
    const end = endOfString(text, at);
    isConstructor = isFirst && isConstructorName(scan, at + 1, end - 1);
    token(scan, end);
  } else if (next === HASH) token(scan, endOfWord(text, at + 1));
  else if (isDigit(next) || next === DOT) token(scan, endOfNumber(text, at));
  else return scan.fail();
  behindName(scan, traits, isConstructor);
}

/** `[key]` is run by the code around the class or object, and so are the modifiers charged to it. */
function computedKey(scan: Scan, traits: Trait): void {
  scan.scopes.set(Trait.None);
  scan.scopes.leave();
  scan.scopes.own(scan.line);
  scan.openComputedKey(traits);
  scan.step(Expect.Operand);
}

/** The next token closes a computed key: the member begins behind it. */
export function endComputedKey(scan: Scan): void {
  const traits = scan.closeComputedKey();
  scan.advance(scan.at + 1);
  openMember(scan);
  behindName(scan, traits, false);
}

function behindName(scan: Scan, traits: Trait, isConstructor: boolean): void {
  const inClass = scan.bracket === Bracket.ClassBody;
  if (scan.next === OPEN_PAREN) {
    if (inClass && isConstructor) scan.scopes.addToClass(Trait.Constructor);
    scan.scopes.set(traits);
    parameters(scan, Expect.Member);
  } else if (inClass) field(scan);
  else property(scan);
}

function field(scan: Scan): void {
  scan.scopes.addToClass(Trait.Initialiser);
  // neither `await` nor `yield` of the function around is an operator in an initialiser
  scan.scopes.set(Trait.SkipsParent);
  if (scan.next === EQUALS) {
    scan.scopes.own(scan.line);
    scan.open(Bracket.Field);
    scan.step(Expect.Operand);
  } else {
    scan.scopes.leave();
    scan.expect = Expect.Member;
  }
}

/** `name: value`, the shorthand `name`, or `name = default` in a pattern. */
function property(scan: Scan): void {
  scan.scopes.leave();
  if (scan.next === COLON) scan.step(Expect.Operand);
  else if (scan.next === EQUALS) {
    scan.scopes.own(scan.line);
    scan.step(Expect.Operand);
  } else if (scan.next === COMMA || scan.next === CLOSE_BRACE) scan.expect = Expect.Member;
  else scan.fail();
}

function staticBlock(scan: Scan): void {
  scan.scopes.addToClass(Trait.Initialiser);
  scan.open(Bracket.StaticBlock);
  scan.step(Expect.Statement);
}

/**
 * State of one pass over a text: the place, what the grammar expects there, and the brackets that are open.
 * The stack of brackets is explicit, so nesting costs no recursion.
 */
import { isWordStart } from './characters.ts';
import { endOfTrivia } from './lexemes.ts';
import { Scopes, Trait } from './scopes.ts';

export enum Expect {
  Statement,
  /** A value: `/` begins a regular expression and `{` an object. */
  Operand,
  /** A name or pattern that a declaration binds; behind the name neither a call nor an operator can follow. */
  Binding,
  /** An operator, a call, or the statement's end: `/` divides. */
  Operator,
  /** An operator or the statement's end, but no call: behind `x++`. */
  Infix,
  /** Only what may follow a whole expression, as behind `x => {}`: no operator. */
  ExpressionEnd,
  /** A member of a class or an object. */
  Member,
}

/** What is open. Up to `FunctionBody` statements stand directly inside. */
export enum Bracket {
  Script,
  Block,
  StaticBlock,
  FunctionBody,
  /** `x => a + b`: ends without a bracket. */
  ArrowExpression,
  /** `x = a + b` in a class: ends without a bracket. */
  Field,
  /** `(a, b)` where a value stands: parentheses, or the parameters of an arrow function. */
  Group,
  Call,
  /** Of `if (…)` and its like: a statement follows. */
  Head,
  WhileHead,
  /** Of `for`, up to its first `;`, `of` or `in`. */
  ForInitialiser,
  ForHead,
  Parameters,
  /** `[…]` as a list or behind a value. */
  List,
  ComputedKey,
  ObjectLiteral,
  TemplateSlot,
  ClassHeritage,
  ClassBody,
}

const NO_LOOP = -1;

interface OpenLoop {
  readonly head: number;
  readonly start: number;
  /** Brackets around its body. */
  readonly depth: number;
}

/** A character that no token begins with. */
const END = 0;
const AFTER_LAST_LINE = 0x7f_ff_ff_ff;

export class Scan {
  readonly text: string;
  readonly length: number;
  readonly scopes = new Scopes();
  /** Where the next token begins, white space and comments skipped; `length` at the end and after a failure. */
  at = 0;
  /** The character at `at`; `END` at the end. */
  next = END;
  /** 0-based line of `at`. */
  line = 0;
  /** Where the last token ended. */
  lastEnd = 0;
  expect = Expect.Statement;
  /** The innermost open bracket. */
  bracket = Bracket.Script;
  failed = false;
  /** Of the bracket that was closed last: where the loop begins whose head it was; else -1. */
  loopHead = NO_LOOP;
  readonly #lineStart: Int32Array;
  #lineEnd: number;
  /** The brackets around `bracket`, outermost first. */
  readonly #outer: Bracket[] = [];
  /** Per bracket: what is expected behind it, where its kind does not tell. */
  readonly #after: Expect[] = [];
  /** Per bracket: whether the statement directly inside is a declaration. */
  readonly #declares: boolean[] = [false];
  /** Per bracket: `?` directly inside that wait for their `:`. */
  readonly #conditionals: number[] = [0];
  /** Per bracket: of a loop's head, where its first word begins; else -1. */
  readonly #loopHeads: number[] = [NO_LOOP];
  /** Loops whose body is open, the outermost first. */
  readonly #loops: OpenLoop[] = [];
  /** Modifiers of the members whose computed key is open. */
  readonly #keyTraits: Trait[] = [];

  constructor(text: string, lineStart: Int32Array) {
    this.text = text;
    this.length = text.length;
    this.#lineStart = lineStart;
    this.#lineEnd = lineStart[1] ?? AFTER_LAST_LINE;
    this.scopes.open(0, Trait.Await);
  }

  get wordFollows(): boolean {
    return isWordStart(this.next);
  }

  get newlineBefore(): boolean {
    return this.#lineStart[this.line]! > this.lastEnd;
  }

  /** The token ends at `end` (-1: it has no end). Goes on to the next one. */
  advance(end: number): void {
    const at = end < 0 ? -1 : endOfTrivia(this.text, end);
    if (at < 0) return this.fail();
    this.lastEnd = end;
    this.at = at;
    this.next = at < this.length ? this.text.charCodeAt(at) : END;
    while (at >= this.#lineEnd) this.#lineEnd = this.#lineStart[++this.line + 1] ?? AFTER_LAST_LINE;
  }

  /** Steps over a token of one character. */
  step(expect: Expect): void {
    this.expect = expect;
    this.advance(this.at + 1);
  }

  fail(): void {
    this.failed = true;
    this.at = this.length;
    this.next = END;
  }

  /** The bracket around the innermost one. */
  get outerBracket(): Bracket {
    return this.#outer[this.#outer.length - 1]!;
  }

  open(kind: Bracket, after = Expect.Operator, loopHead = NO_LOOP): void {
    this.#loopHeads.push(loopHead);
    this.#outer.push(this.bracket);
    this.bracket = kind;
    this.#after.push(after);
    this.#declares.push(false);
    this.#conditionals.push(0);
  }

  /** Removes the innermost bracket and returns what is expected behind it. */
  close(): Expect {
    const kind = this.bracket;
    this.bracket = this.#outer.pop() ?? Bracket.Script;
    this.#declares.pop();
    this.#conditionals.pop();
    const head = this.#loopHeads.pop() ?? NO_LOOP;
    // A last statement needs no semicolon.
    this.#endLoops(this.#outer.length + 1);
    if (kind === Bracket.Block) this.#endLoops(this.#outer.length);
    this.loopHead = head;
    return this.#after.pop()!;
  }

  /** The next token begins the body of the loop whose first word is at `head`. */
  beginLoop(head: number): void {
    this.#loops.push({ head, start: this.at, depth: this.#outer.length });
  }

  /** Those whose body is a statement directly inside so many brackets, or more. */
  #endLoops(depth: number): void {
    for (let loop = this.#loops.at(-1); loop && loop.depth >= depth; loop = this.#loops.at(-1)) {
      this.#loops.pop();
      this.scopes.loop(loop.head, loop.start, this.at);
    }
  }

  openComputedKey(traits: Trait): void {
    this.open(Bracket.ComputedKey);
    this.#keyTraits.push(traits);
  }

  closeComputedKey(): Trait {
    this.close();
    return this.#keyTraits.pop()!;
  }

  /** A declaration's keyword has been read. */
  declare(): void {
    this.#declares[this.#declares.length - 1] = true;
    this.expect = Expect.Binding;
  }

  /** What is expected behind a comma. */
  get behindComma(): Expect {
    if (this.bracket === Bracket.ObjectLiteral) return Expect.Member;
    return this.#declares[this.#declares.length - 1] ? Expect.Binding : Expect.Operand;
  }

  openConditional(): void {
    this.#conditionals[this.#conditionals.length - 1]!++;
  }

  /** Takes a `?` that waits for its `:`; false if none does. */
  closeConditional(): boolean {
    const top = this.#conditionals.length - 1;
    if (this.#conditionals[top] === 0) return false;
    this.#conditionals[top]!--;
    return true;
  }

  /** Whether a value stands before the token: then it goes on with the expression or ends it. */
  get behindValue(): boolean {
    return this.expect >= Expect.Operator && this.expect <= Expect.ExpressionEnd;
  }

  get inStatements(): boolean {
    return this.bracket <= Bracket.FunctionBody;
  }

  /** Ends the arrow functions whose body is the expression that ends here. */
  endArrowExpressions(): void {
    while (this.bracket === Bracket.ArrowExpression) this.endArrowExpression();
  }

  endArrowExpression(): void {
    this.close();
    this.scopes.close(this.lastEnd);
  }

  /** The first part of a `for` head ends at its `;`, `of` or `in`. */
  endForInitialiser(): void {
    this.bracket = Bracket.ForHead;
    this.#declares[this.#declares.length - 1] = false;
  }

  /** Ends a field initialiser, if the expression that ends here is one. */
  endField(): void {
    if (this.bracket !== Bracket.Field) return;
    this.close();
    this.scopes.leave();
  }

  /** The statement or class field ends before the next token, with or without a semicolon. */
  endStatement(): void {
    this.endArrowExpressions();
    this.endField();
    if (this.inStatements) {
      this.#endLoops(this.#outer.length);
      this.expect = Expect.Statement;
      this.#declares[this.#declares.length - 1] = false;
    } else if (this.bracket === Bracket.ClassBody) this.expect = Expect.Member;
    else this.fail();
  }
}

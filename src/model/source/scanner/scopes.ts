/**
 * Pieces of text that may turn out to be functions, in the order in which they begin.
 *
 * Only `=>` tells that the parentheses before it held parameters, and only `(` that a name was a method's. So every
 * piece that may become a function is opened as a scope, tokens are charged to it, and a scope that stays open
 * hands them to its parent at the end:
 *
 *   f((a, b) + ((c) => d))      scope 0  the script
 *     1────┘   2│    │          scope 1  never closed: `a`, `b` belong to the script
 *               3────┘          scope 3  closed by the arrow function's end
 *
 *   start, end   offsets; end is 0 while the scope is no function
 *   parent       the scope around it, -1 for the script
 *   traits       bits of `Trait`
 */
import { Column } from './column.ts';

export enum Trait {
  None = 0,
  /** `await` is an operator. Also set at the top level, where only the goal (script or module) would tell. */
  Await = 1,
  /** `yield` is an operator. */
  Yield = 2,
  /** The parentheses follow `async`. */
  AsyncArrow = 4,
  /** While it is no function its tokens belong to its parent's parent. */
  SkipsParent = 8,
  /** Of a class: V8 needs no default constructor. */
  Constructor = 16,
  /** Of a class: V8 makes functions that run field initialisers and static blocks. */
  Initialiser = 32,
}

/** Rows (first word, begin and end of the body), in the order in which loops end. */
export interface Loops {
  readonly loopHead: Column;
  readonly loopStart: Column;
  readonly loopEnd: Column;
}

const INHERITED = Trait.Await | Trait.Yield;

export class Scopes implements Loops {
  readonly start = new Column();
  readonly end = new Column();
  readonly parent = new Column();
  readonly traits = new Column();
  /** Rows (0-based line, scope): a token that is directly in the scope stands on the line. */
  readonly tokenLine = new Column();
  readonly tokenScope = new Column();
  readonly loopHead = new Column();
  readonly loopStart = new Column();
  readonly loopEnd = new Column();
  /** The innermost scope now. */
  current = -1;
  #lastLine = -1;
  #lastScope = -1;

  /** Enters a new scope that inherits the meaning of `await` and `yield`. */
  open(start: number, traits = Trait.None): void {
    const inherited = this.current < 0 ? Trait.None : this.traits.values[this.current]! & INHERITED;
    this.start.push(start);
    this.end.push(0);
    this.parent.push(this.current);
    this.traits.push(inherited | traits);
    this.current = this.start.length - 1;
  }

  /** Leaves the current scope, which is no function, or not yet. */
  leave(): void {
    this.current = this.parent.values[this.current]!;
  }

  /** The current scope is a function that ends here. */
  close(end: number): void {
    this.end.values[this.current] = end;
    this.leave();
  }

  has(trait: Trait): boolean {
    return (this.traits.values[this.current]! & trait) !== 0;
  }

  set(traits: number): void {
    this.traits.values[this.current] = traits;
  }

  /** Marks the class whose member the current scope is: member, class area, class. */
  addToClass(trait: Trait): void {
    const area = this.parent.values[this.current]!;
    this.traits.values[this.parent.values[area]!]! |= trait;
  }

  /** A loop has ended. */
  loop(head: number, start: number, end: number): void {
    this.loopHead.push(head);
    this.loopStart.push(start);
    this.loopEnd.push(end);
  }

  /** A token on `line` (0-based) belongs to the current scope. */
  own(line: number): void {
    if (line === this.#lastLine && this.current === this.#lastScope) return;
    this.#lastLine = line;
    this.#lastScope = this.current;
    this.tokenLine.push(line);
    this.tokenScope.push(this.current);
  }
}

/**
 * What may be true at the end of a function, over all its paths: early returns, loops, switches, errors from what may
 * throw, `catch`, `finally`. What is followed is a small set of states as bits; a rule says what a node does to it.
 *
 * Structured programs need no graph: each statement answers how it ends from the states it begins with, loops until
 * nothing is added. Functions inside are not entered.
 */
import type { Node, Statement } from '@oxc-project/types';
import { childrenOf, isFunction } from '../../model/watched/syntax.ts';

export interface FlowRules {
  /** The states after a node, once all below it has been done. */
  after(node: Node, states: number): number;
  /** Whether it may throw, with the states before it. */
  mayThrow(node: Node): boolean;
  /** Whether the program ends there. */
  endsProgram(node: Node): boolean;
  /** What is left of the states where a condition is known. */
  assume(test: Node, holds: boolean, states: number): number;
}

/** The states with which a function ends, 0: it does not end so. */
export interface Ends {
  readonly returned: number;
  readonly thrown: number;
}

/** What runs later, or never. */
const NOT_RUN: ReadonlySet<string> = new Set(['ClassDeclaration', 'ClassExpression', 'TSTypeAnnotation']);

class Paths {
  normal = 0;
  returned = 0;
  thrown = 0;
  /** By label, '' for the innermost. */
  readonly breaks = new Map<string, number>();
  readonly continues = new Map<string, number>();

  /** What leaves the statement in another way than by going on. */
  leave(other: Paths): void {
    this.returned |= other.returned;
    this.thrown |= other.thrown;
    for (const [label, states] of other.breaks) add(this.breaks, label, states);
    for (const [label, states] of other.continues) add(this.continues, label, states);
  }
}

function add(to: Map<string, number>, label: string, states: number): void {
  to.set(label, (to.get(label) ?? 0) | states);
}

export function flow(body: Node, start: number, rules: FlowRules): Ends {
  const walker = new Walker(rules);
  const paths =
    body.type === 'BlockStatement'
      ? walker.list(body.body, start)
      : walker.list([{ type: 'ReturnStatement', argument: body } as Statement], start);
  return { returned: paths.returned | paths.normal, thrown: paths.thrown };
}

class Walker {
  constructor(private readonly rules: FlowRules) {}

  list(statements: readonly Node[], start: number): Paths {
    const paths = new Paths();
    paths.normal = start;
    for (const statement of statements) {
      if (paths.normal === 0) break;
      const next = this.statement(statement, paths.normal, '');
      paths.leave(next);
      paths.normal = next.normal;
    }
    return paths;
  }

  private statement(node: Node, start: number, label: string): Paths {
    const paths = new Paths();
    switch (node.type) {
      case 'BlockStatement':
        return this.list(node.body, start);
      case 'IfStatement':
        return this.ifStatement(node, start);
      case 'TryStatement':
        return this.tryStatement(node, start);
      case 'LabeledStatement':
        return this.labeled(node.label.name, node.body, start);
      case 'SwitchStatement':
        return this.switchStatement(node, start);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.loop(node, start, label);
      case 'ReturnStatement':
        paths.returned = node.argument ? this.expression(node.argument, start, paths) : start;
        return paths;
      case 'ThrowStatement':
        paths.thrown |= this.expression(node.argument, start, paths);
        return paths;
      case 'BreakStatement':
        add(paths.breaks, node.label?.name ?? '', start);
        return paths;
      case 'ContinueStatement':
        add(paths.continues, node.label?.name ?? '', start);
        return paths;
      default:
        paths.normal = this.expression(node, start, paths);
        return paths;
    }
  }

  private ifStatement(node: Extract<Node, { type: 'IfStatement' }>, start: number): Paths {
    const paths = new Paths();
    const { yes, no } = this.condition(node.test, start, paths);
    for (const [branch, states] of [[node.consequent, yes] as const, [node.alternate, no] as const]) {
      if (states === 0) continue;
      const next = branch ? this.statement(branch, states, '') : undefined;
      if (next) paths.leave(next);
      paths.normal |= next ? next.normal : states;
    }
    return paths;
  }

  private tryStatement(node: Extract<Node, { type: 'TryStatement' }>, start: number): Paths {
    const paths = this.list(node.block.body, start);
    if (node.handler && paths.thrown) {
      const caught = this.list(node.handler.body.body, paths.thrown);
      paths.thrown = 0;
      paths.leave(caught);
      paths.normal |= caught.normal;
    }
    return node.finalizer ? this.finallyBlock(node.finalizer, paths) : paths;
  }

  /** Is run on each way out, and goes on that way. */
  private finallyBlock(block: Node, before: Paths): Paths {
    const paths = new Paths();
    const through = (states: number): number => {
      if (states === 0) return 0;
      const own = this.statement(block, states, '');
      paths.leave(own);
      return own.normal;
    };
    paths.normal = through(before.normal);
    paths.returned |= through(before.returned);
    paths.thrown |= through(before.thrown);
    for (const [label, states] of before.breaks) add(paths.breaks, label, through(states));
    for (const [label, states] of before.continues) add(paths.continues, label, through(states));
    return paths;
  }

  private labeled(label: string, body: Node, start: number): Paths {
    const paths = this.statement(body, start, label);
    paths.normal |= paths.breaks.get(label) ?? 0;
    paths.breaks.delete(label);
    return paths;
  }

  private switchStatement(node: Extract<Node, { type: 'SwitchStatement' }>, start: number): Paths {
    const paths = new Paths();
    const states = this.expression(node.discriminant, start, paths);
    let falling = 0;
    for (const each of node.cases) {
      const next = this.list(each.consequent, states | falling);
      paths.leave(next);
      falling = next.normal;
    }
    const hasDefault = node.cases.some(({ test }) => test === null);
    paths.normal = falling | (hasDefault ? 0 : states) | (paths.breaks.get('') ?? 0);
    paths.breaks.delete('');
    return paths;
  }

  private loop(node: LoopNode, start: number, label: string): Paths {
    const paths = new Paths();
    let entering = this.loopStart(node, start, paths);
    let leaving = 0;
    for (let before = -1; before !== entering;) {
      before = entering;
      const { yes, no } = this.loopTest(node, entering, paths);
      leaving |= no;
      const next = this.statement(node.body, yes, '');
      const again = next.normal | take(next.continues, '') | take(next.continues, label);
      leaving |= take(next.breaks, '');
      paths.leave(next);
      entering |=
        node.type === 'ForStatement' && node.update ? this.expression(node.update, again, paths) : again;
    }
    paths.normal = leaving;
    return paths;
  }

  private loopStart(node: LoopNode, start: number, paths: Paths): number {
    if (node.type === 'ForStatement') return node.init ? this.expression(node.init, start, paths) : start;
    return node.type === 'ForOfStatement' || node.type === 'ForInStatement'
      ? this.expression(node.right, start, paths)
      : start;
  }

  private loopTest(node: LoopNode, states: number, paths: Paths): { yes: number; no: number } {
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      if (node.type === 'ForOfStatement' && node.await) paths.thrown |= states;
      return { yes: states, no: states };
    }
    return node.test ? this.condition(node.test, states, paths) : { yes: states, no: 0 };
  }

  private condition(test: Node, start: number, paths: Paths): { yes: number; no: number } {
    if (test.type === 'ParenthesizedExpression') return this.condition(test.expression, start, paths);
    if (test.type === 'UnaryExpression' && test.operator === '!') {
      const { yes, no } = this.condition(test.argument, start, paths);
      return { yes: no, no: yes };
    }
    if (test.type === 'LogicalExpression' && test.operator !== '??') {
      const left = this.condition(test.left, start, paths);
      const isAnd = test.operator === '&&';
      const right = this.condition(test.right, isAnd ? left.yes : left.no, paths);
      return isAnd ? { yes: right.yes, no: left.no | right.no } : { yes: left.yes | right.yes, no: right.no };
    }
    const states = this.expression(test, start, paths);
    if (test.type === 'Literal') return test.value ? { yes: states, no: 0 } : { yes: 0, no: states };
    return {
      yes: this.rules.assume(test, true, states),
      no: this.rules.assume(test, false, states),
    };
  }

  private expression(node: Node, start: number, paths: Paths): number {
    if (start === 0 || isFunction(node) || NOT_RUN.has(node.type)) return start;
    const states = this.parts(node, start, paths);
    if (this.rules.endsProgram(node)) return 0;
    if (this.rules.mayThrow(node)) paths.thrown |= states;
    return this.rules.after(node, states);
  }

  private parts(node: Node, start: number, paths: Paths): number {
    if (node.type === 'LogicalExpression') {
      const left = this.condition(node.left, start, paths);
      const goesOn =
        node.operator === '&&' ? left.yes : node.operator === '||' ? left.no : left.yes | left.no;
      const stays = node.operator === '&&' ? left.no : node.operator === '||' ? left.yes : left.yes | left.no;
      return stays | this.expression(node.right, goesOn, paths);
    }
    if (node.type === 'ConditionalExpression') {
      const { yes, no } = this.condition(node.test, start, paths);
      return this.expression(node.consequent, yes, paths) | this.expression(node.alternate, no, paths);
    }
    return childrenOf(node).reduce((states, child) => this.expression(child, states, paths), start);
  }
}

type LoopNode = Extract<
  Node,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

function take(from: Map<string, number>, label: string): number {
  const states = from.get(label) ?? 0;
  from.delete(label);
  return states;
}

/**
 * The text that is put into a watched function's body so that it tells when it begins, waits, goes on and ends:
 *
 *   async list(id) { const $w=__slowcatch_watch_1(7);try{ if (!id) return $w.r( none ); … await $w.p( query(id) )
 *
 * All on lines that are there already: no line moves. The code means the same without an agent in its realm
 * (a function that was turned into text and evaluated elsewhere). What each letter does: `WatchedCall` in
 * contracts/watched-call.ts. `finally` without `catch`: a caught error that is thrown again would be reported at that place.
 */
import type { Node } from '@oxc-project/types';
import { WATCH_GLOBAL } from '../../contracts/watched-call.ts';
import { bodyOf, ownNodes } from './refusal.ts';
import type { FunctionNode } from './syntax.ts';
import { walk } from './syntax.ts';

/** Offset in UTF-16 code units, and what is put there. */
export type Edit = [offset: number, text: string];

export interface WatchedNode {
  readonly node: FunctionNode;
  readonly id: number;
  /** A class's constructor, and whether that class extends another. */
  readonly constructs?: 'base' | 'derived' | undefined;
}

/** Of all watched functions of a text, ascending. */
export function watchEdits(text: string, functions: readonly WatchedNode[]): Edit[] {
  const edits = new EditList(freeName(text));
  for (const each of functions) editFunction(edits, text, each);
  return edits.sorted();
}

/** The text as the program runs it. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const [offset, inserted] of edits) {
    result += text.slice(from, offset) + inserted;
    from = offset;
  }
  return result + text.slice(from);
}

/** A name for the call that nothing in the text has. */
function freeName(text: string): string {
  let name = '$w';
  for (let count = 2; text.includes(name); count++) name = `$w${count}`;
  return name;
}

/** What stands at one offset, from left to right. */
const RANK = { close: 0, begin: 1, open: 2, finish: 3 } as const;

interface Insertion {
  readonly offset: number;
  readonly text: string;
  readonly rank: number;
  /** The other end of what is enclosed. */
  readonly partner: number;
}

class EditList {
  private readonly insertions: Insertion[] = [];

  constructor(readonly call: string) {}

  add(offset: number, text: string, rank: keyof typeof RANK, partner = offset): void {
    this.insertions.push({ offset, text, rank: RANK[rank], partner });
  }

  /** The blank keeps words apart: `return(x)`. */
  enclose({ start, end }: { start: number; end: number }, before: string, after: string): void {
    this.add(start, ` ${before}`, 'open', end);
    this.add(end, after, 'close', start);
  }

  /** Of two that begin at one place the longer one comes first, of two that end at one place the shorter one. */
  sorted(): Edit[] {
    const order = this.insertions.map((each, index) => ({ ...each, index }));
    order.sort(
      (a, b) =>
        a.offset - b.offset ||
        a.rank - b.rank ||
        b.partner - a.partner ||
        (a.rank === RANK.close ? b.index - a.index : a.index - b.index),
    );
    return order.map(({ offset, text }) => [offset, text]);
  }
}

/** Where the agent is not, the call does nothing. */
const WITHOUT_AGENT = '{r:v=>v,p:v=>v,y:v=>v,q:v=>v,k(){},e(){}}';

function editFunction(edits: EditList, text: string, watched: WatchedNode): void {
  const { node, id } = watched;
  const begin = `const ${edits.call}=typeof ${WATCH_GLOBAL}==="undefined"?${WITHOUT_AGENT}:${WATCH_GLOBAL}(${id});try{`;
  const finish = `;${edits.call}.k()}finally{${edits.call}.e()}`;
  if (node.type !== 'StaticBlock' && node.body?.type !== 'BlockStatement') {
    edits.add(node.body!.start, `{${begin}return ${edits.call}.r(`, 'begin');
    edits.add(node.body!.end, `)}finally{${edits.call}.e()}}`, 'close', node.body!.start);
  } else {
    edits.add(...beginning(node, text, watched.constructs, begin), 'begin');
    edits.add(node.end - 1, finish, 'finish');
  }
  editStatements(edits, node);
}

/** After the directives; in a derived class's constructor after `super(…)`, where compilers put fields. */
function beginning(
  node: FunctionNode,
  text: string,
  constructs: WatchedNode['constructs'],
  begin: string,
): [offset: number, text: string] {
  const body = bodyOf(node);
  const isDeclaring = body.some(({ type }) => type === 'FunctionDeclaration');
  const after =
    (constructs === 'derived' && !isDeclaring ? body.findLast(isSuperCall) : undefined) ??
    body.findLast(isDirective);
  if (!after) return [bodyStart(node, text), begin];
  return [after.end, text[after.end - 1] === ';' ? begin : `;${begin}`];
}

const isDirective = (node: Node): boolean =>
  node.type === 'ExpressionStatement' && 'directive' in node && typeof node.directive === 'string';

const isSuperCall = (node: Node): boolean =>
  node.type === 'ExpressionStatement' &&
  node.expression.type === 'CallExpression' &&
  node.expression.callee.type === 'Super';

function bodyStart(node: FunctionNode, text: string): number {
  const block = node.type === 'StaticBlock' ? node : node.body;
  return node.type === 'StaticBlock' ? text.indexOf('{', node.start + 'static'.length) + 1 : block!.start + 1;
}

function editStatements(edits: EditList, node: FunctionNode): void {
  const { call } = edits;
  const kind = { isAsync: isAsync(node), isGenerator: isGenerator(node) };
  for (const each of ownNodes(node)) {
    if (each.type === 'ReturnStatement') editReturn(edits, each, kind.isAsync && kind.isGenerator);
    else if (each.type === 'AwaitExpression') {
      edits.enclose(each, `${call}.q(`, ')');
      edits.enclose(each.argument, `${call}.p(`, ')');
    } else if (each.type === 'YieldExpression') editYield(edits, each);
    else if (each.type === 'ForOfStatement' && each.await) editForAwait(edits, each, node, kind.isGenerator);
    else if (each.type === 'TryStatement' && (kind.isAsync || kind.isGenerator)) editTry(edits, each);
  }
}

export const isAsync = (node: FunctionNode): boolean => node.type !== 'StaticBlock' && node.async;
export const isGenerator = (node: FunctionNode): boolean => node.type !== 'StaticBlock' && node.generator;

/** An async generator waits for what it returns, before `finally`. */
function editReturn(
  edits: EditList,
  { argument, start }: Extract<Node, { type: 'ReturnStatement' }>,
  waits: boolean,
): void {
  const { call } = edits;
  const after = start + 'return'.length;
  if (argument)
    edits.enclose(argument, waits ? `${call}.p(${call}.r((` : `${call}.r((`, waits ? ')))' : '))');
  else edits.add(after, waits ? ` ${call}.p(${call}.r())` : ` ${call}.r()`, 'open');
}

function editYield(edits: EditList, node: Extract<Node, { type: 'YieldExpression' }>): void {
  const { call } = edits;
  edits.enclose(node, `${call}.q(`, ')');
  if (node.argument) edits.enclose(node.argument, `${call}.y(`, ')');
  else edits.add(node.end, ` ${call}.y()`, 'close');
}

/**
 * Each round begins after a wait. A generator's round can end in the call that has asked for a value: its caller
 * must not be left in this call's context.
 */
function editForAwait(
  edits: EditList,
  loop: Extract<Node, { type: 'ForOfStatement' }>,
  within: FunctionNode,
  isInGenerator: boolean,
): void {
  const { call } = edits;
  const [before, after] = isInGenerator
    ? [`{try{${call}.q();{`, `}}finally{${call}.p()}}`]
    : [`{${call}.q();{`, '}}'];
  edits.enclose(loop.right, `${call}.p(`, ')');
  edits.enclose(loop.body, before, after);
  edits.enclose(labelled(loop, within), '{', `${call}.q();}`);
}

/** What it waited for may have failed: it goes on there. */
function editTry(edits: EditList, { handler, finalizer }: Extract<Node, { type: 'TryStatement' }>): void {
  for (const block of [handler?.body, finalizer])
    if (block) edits.add(block.start + 1, `${edits.call}.q();`, 'open');
}

/** The outermost of the labels of a statement, else the statement. */
function labelled(statement: Node, within: FunctionNode): Node {
  let found = statement;
  walk(within, (node, parents) => {
    if (node !== statement) return true;
    const first = parents.findLastIndex(({ type }) => type !== 'LabeledStatement') + 1;
    found = parents[first] ?? statement;
    return false;
  });
  return found;
}

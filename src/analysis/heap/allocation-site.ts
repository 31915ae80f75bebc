/**
 * The line of the source that makes what grows. A snapshot tells of closures where they stand; of all else it tells the
 * class, or the names in a plain object, and the variables that hold it: these are looked for in the source.
 */
import type { CallExpression, Expression, Node, ObjectExpression, Program, Super } from '@oxc-project/types';
import type { LeakKind } from '../../contracts/leaks.ts';
import { isFunction, walk } from '../../model/watched/syntax.ts';
import type { SiteClues } from './site-clues.ts';

export interface FoundSite {
  /** Offset in UTF-16 code units. */
  readonly offset: number;
  /** The higher the surer; see `SCORE`. */
  readonly score: number;
}

/**
 * `makes`: the very expression. `inserts`: it is put where it stays. Both in one place are best. `once`: times that, for what
 * stands outside of functions and runs only once.
 */
const SCORE = { makes: 4, likely: 2, inserts: 2, once: 0.25 } as const;

const INSERTING: ReadonlySet<string> = new Set([
  ...[
    'push',
    'unshift',
    'set',
    'add',
    'splice',
    'append',
    'enqueue',
    'on',
    'once',
    'addListener',
    'addEventListener',
  ],
]);
const TIMER_CALLS: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const BUFFER_CALLS: ReadonlySet<string> = new Set([
  'alloc',
  'allocUnsafe',
  'allocUnsafeSlow',
  'from',
  'concat',
]);
/** Built-in classes under the name that code uses. */
const NEW_NAMES: Readonly<Record<string, readonly string[]>> = { MessagePort: ['MessageChannel'] };

export interface Wanted {
  readonly kind: LeakKind;
  readonly clues: SiteClues;
  /** Offset of the closure that a timer calls, in this source. */
  readonly calledAt?: number;
}

/** The best place in a source; `undefined` where nothing fits. Of equal ones the first. */
export function allocationSite(program: Program, wanted: Wanted): FoundSite | undefined {
  let best: FoundSite | undefined;
  walk(program, (node, parents) => {
    const making = makingScore(node, wanted);
    const inserting = insertionScore(node, parents, wanted.clues.names);
    const once = parents.some(isFunction) ? 1 : SCORE.once;
    const score = once * (making + (making > 0 || isInsertion(node) ? inserting : 0));
    if (score > (best?.score ?? 0)) best = { offset: node.start, score };
    return true;
  });
  return best;
}

function makingScore(node: Node, wanted: Wanted): number {
  const { kind, clues } = wanted;
  if (kind === 'timer') return node.type === 'CallExpression' ? timerScore(node, wanted) : 0;
  if (node.type === 'NewExpression') return newScore(nameOf(node.callee), kind, clues);
  if (node.type === 'CallExpression') return kind === 'buffer' && makesBuffer(node) ? SCORE.makes : 0;
  // One that is always the same is loaded once.
  if (kind === 'module' && node.type === 'ImportExpression')
    return node.source.type === 'Literal' ? 0 : SCORE.makes;
  if (node.type === 'ObjectExpression') return shapeScore(node, clues.propertyNames);
  return 0;
}

/** Inside its brackets stands the function that it calls, or its name. */
function timerScore(node: CallExpression, { clues, calledAt }: Wanted): number {
  if (!TIMER_CALLS.has(nameOf(node.callee))) return 0;
  const [callback] = node.arguments;
  if (calledAt === undefined || callback === undefined) return SCORE.likely;
  if (callback.start <= calledAt && calledAt < callback.end) return SCORE.makes + 1;
  const isNamed = callback.type === 'Identifier' && callback.name === clues.calledName;
  return isNamed ? SCORE.makes : SCORE.likely / 2;
}

function newScore(name: string, kind: LeakKind, { className }: SiteClues): number {
  // Rather than the object that its functions are in.
  if (kind === 'pending promise' && name === 'Promise') return SCORE.makes + SCORE.inserts + 1;
  const isWanted = name !== '' && (name === className || NEW_NAMES[className]?.includes(name) === true);
  return isWanted ? SCORE.makes : 0;
}

const makesBuffer = ({ callee }: CallExpression): boolean =>
  callee.type === 'MemberExpression' &&
  nameOf(callee.object) === 'Buffer' &&
  BUFFER_CALLS.has(nameOf(callee));

/** The names of an object in the order of the source; others may have come later. */
function shapeScore({ properties }: ObjectExpression, names: readonly string[]): number {
  const own = properties.flatMap(each => (each.type === 'Property' ? [keyOf(each.key)] : []));
  if (own.length === 0 || names.length === 0 || own.some(name => !names.includes(name))) return 0;
  return own.length === names.length ? SCORE.makes : (SCORE.likely * own.length) / names.length;
}

function isInsertion(node: Node): boolean {
  if (node.type === 'CallExpression') return INSERTING.has(nameOf(node.callee));
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return false;
  return node.left.computed || !isEmpty(node.right);
}

/** What a container is made with. */
function isEmpty(node: Expression): boolean {
  if (node.type === 'ArrayExpression') return node.elements.length === 0;
  if (node.type === 'ObjectExpression') return node.properties.length === 0;
  return node.type === 'NewExpression' && node.arguments.length === 0;
}

/** How near the insertion is, into something that has one of the names; the nearest name of the way counts most. */
function insertionScore(node: Node, parents: readonly Node[], names: readonly string[]): number {
  const around = [node, ...parents.slice(-DEEPEST).toReversed()];
  const into = around.find(isInsertion);
  if (into === undefined) return 0;
  const target = targetOf(into);
  const at = target.map(name => names.lastIndexOf(name)).reduce((a, b) => Math.max(a, b), -1);
  return at === -1 ? 0 : SCORE.inserts * ((at + 1) / names.length);
}

/** An insertion that is further outside is of something else. */
const DEEPEST = 4;

/** `this.#rows.push(…)`: `#rows`; `hits[address] ??= …`: `hits`. */
function targetOf(node: Node): string[] {
  if (node.type === 'AssignmentExpression')
    return node.left.type === 'MemberExpression' ? [nameOf(node.left.object), nameOf(node.left)] : [];
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  return [nameOf(node.callee.object)];
}

/** Of an identifier or of the last part of `a.b.c`; '' for all else. */
function nameOf(node: Expression | Super): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ParenthesizedExpression') return nameOf(node.expression);
  if (node.type !== 'MemberExpression') return '';
  const { property } = node;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  return !node.computed && property.type === 'Identifier' ? property.name : '';
}

function keyOf(key: Node): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}

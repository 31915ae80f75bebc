/** A client is given back, but not on all paths. */
import type { Node } from '@oxc-project/types';
import { isFunction } from '../../../model/watched/syntax.ts';
import { borrowings, usesOf, type Borrowed, type Use } from '../borrowed.ts';
import { fixOf, statementOf, wrapRest } from '../edits.ts';
import { contains, isNothing, methodCall, unwrap } from '../expressions.ts';
import { flow, type FlowRules } from '../flow.ts';
import type { SourceProgram } from '../program.ts';
import type { CheckedFile, Fix, Rule, SourceFinding } from '../rule.ts';

const NOT_YET = 1;
const HELD = 2;
const GIVEN_BACK = 4;

export const poolReleaseNotInFinally: Rule = {
  id: 'pool-release-not-in-finally',
  severity: 'warning',
  explanation:
    'When a statement between borrowing and release throws, or the function returns early, the client stays out of its pool. Each such error takes one client away, until all calls wait. A `finally` block is run on every path.',
  sources: ['https://node-postgres.com/features/pooling', 'https://node-postgres.com/features/transactions'],
  mentions: ['connect', 'getConnection', 'createQueryRunner', 'startSession', 'acquire'],
  check: file => borrowings(file).flatMap(borrowed => check(borrowed, file)),
};

type Release = Extract<Use, { kind: 'release' }>;

function check(borrowed: Borrowed, file: CheckedFile): SourceFinding[] {
  const { binding, around } = borrowed;
  const uses = usesOf(borrowed, file);
  const releases = uses.filter((use): use is Release => use.kind === 'release');
  if (!binding || releases.length === 0 || around.type === 'StaticBlock' || !around.body) return [];
  if (uses.some(({ kind }) => kind === 'escape') || (borrowed.done?.references.length ?? 0) > 0) return [];
  const ends = flow(around.body, borrowed.held ? NOT_YET : HELD, rulesOf(borrowed, releases, file.program));
  const isLeft = { early: (ends.returned & HELD) !== 0, thrown: (ends.thrown & HELD) !== 0 };
  if (!isLeft.early && !isLeft.thrown) return [];
  const [release] = releases;
  return [
    {
      node: borrowed.call,
      message: isLeft.early
        ? `"${binding.name}" is not given back on every path: the function may end before the release.`
        : `"${binding.name}" is not given back when something between here and the release throws.`,
      related: release ? [{ node: release.call, message: 'It is given back here.' }] : [],
      fixes: fixes(borrowed, releases, file.program),
    },
  ];
}

function rulesOf(
  { binding, held, call }: Borrowed,
  releases: readonly Release[],
  program: SourceProgram,
): FlowRules {
  const isRelease = (node: Node): boolean => releases.some(each => each.call === node);
  const isClient = (node: Node): boolean =>
    binding !== undefined && program.scopes.bindingOf(node) === binding;
  return {
    after(node, states) {
      if (node === held) return HELD;
      return isRelease(node) ? GIVEN_BACK : states;
    },
    mayThrow: node =>
      (node.type === 'AwaitExpression' || isParsing(node)) &&
      unwrap(node) !== call &&
      !isRelease(unwrap(node)) &&
      !isInCleanup(node, program),
    endsProgram: node =>
      node.type === 'CallExpression' && /^process\.(exit|abort)$/.test(program.textOf(node.callee)),
    assume(test, holds, states) {
      const isKnown = whatIsTested(test, holds, isClient);
      if (isKnown !== undefined) return isKnown ? states : states & ~HELD;
      // A flag of the author's own that says whether there is something to release.
      return !holds && isFlag(test) && guards(test, releases, program) ? states & ~HELD : states;
    },
  };
}

const isParsing = (node: Node): boolean => {
  const method = methodCall(node);
  return node.type === 'CallExpression' && method?.name === 'parse' && isNamed(method.object, 'JSON');
};

const isNamed = (node: Node, name: string): boolean => node.type === 'Identifier' && node.name === name;

/** True: there is a client; false: there is none; undefined: the test says nothing of it. */
function whatIsTested(test: Node, holds: boolean, isClient: (node: Node) => boolean): boolean | undefined {
  const bare = unwrap(test);
  if (isClient(bare)) return holds;
  if (bare.type !== 'BinaryExpression') return undefined;
  const [left, right] = [unwrap(bare.left), unwrap(bare.right)];
  if (!(isClient(left) && isNothing(right)) && !(isClient(right) && isNothing(left))) return undefined;
  if (bare.operator === '!=' || bare.operator === '!==') return holds;
  return bare.operator === '==' || bare.operator === '===' ? !holds : undefined;
}

const isFlag = (test: Node): boolean =>
  test.type === 'Identifier' || test.type === 'MemberExpression' || test.type === 'CallExpression';

function guards(test: Node, releases: readonly Release[], program: SourceProgram): boolean {
  for (const each of program.ancestorsOf(test)) {
    if (each.type === 'IfStatement') return releases.some(({ call }) => contains(each, call));
    if (each.type === 'BlockStatement') return false;
  }
  return false;
}

/** What is awaited while an error is handled: a roll-back that fails too is another matter. */
function isInCleanup(node: Node, program: SourceProgram): boolean {
  let inner = node;
  for (const each of program.ancestorsOf(node)) {
    if (isFunction(each)) return false;
    if (each.type === 'CatchClause' || (each.type === 'TryStatement' && each.finalizer === inner))
      return true;
    inner = each;
  }
  return false;
}

/** All releases become the one in the finally block. */
function fixes({ binding, held }: Borrowed, releases: readonly Release[], program: SourceProgram): Fix[] {
  const place = held && statementOf(held, program);
  if (!binding || place?.statement.type !== 'VariableDeclaration') return [];
  const statements = releases.map(({ call }) => {
    const method = methodCall(call);
    const isPlain = method && call.arguments.length === 0 && isNamed(unwrap(method.object), binding.name);
    return isPlain ? statementOf(call, program) : undefined;
  });
  const removed = statements.flatMap(each =>
    each?.statement.type === 'ExpressionStatement' ? [each.statement] : [],
  );
  const [first] = removed;
  if (!first || removed.length !== releases.length) return [];
  const edits = wrapRest(program, place, program.textOf(first), removed);
  return fixOf(`Give "${binding.name}" back in a finally block`, edits);
}

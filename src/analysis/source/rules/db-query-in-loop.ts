/** One query for each element of a list (N+1). */
import type { Node } from '@oxc-project/types';
import { isFunction, walk } from '../../../model/watched/syntax.ts';
import { contains, methodCall, propertyOf, staticText, unwrap, type MethodCall } from '../expressions.ts';
import { isDatabaseCall } from '../packages.ts';
import type { NodeOf, SourceProgram } from '../program.ts';
import type { CheckedFile, Rule, SourceFinding } from '../rule.ts';
import { namesIn } from '../scopes.ts';

export const dbQueryInLoop: Rule = {
  id: 'db-query-in-loop',
  severity: 'warning',
  explanation:
    'Each turn of the loop waits for a query of its own: a hundred elements are a hundred ways to the database and back. Ask for all at once (`WHERE id = ANY($1)`, `where: { id: { in: ids } }`), and find each in the answer by its key.',
  sources: [
    'https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance',
    'https://github.com/outline/outline/pull/13311',
  ],
  mentions: ['for (', 'for(', 'for await'],
  check: file =>
    file.program.all('ForOfStatement', 'ForStatement', 'ForInStatement').flatMap(loop => check(loop, file)),
};

type Loop = NodeOf<'ForOfStatement' | 'ForStatement' | 'ForInStatement'>;

const READS = /^(find|count|exists|aggregate|distinct|query|execute|\$query)/;

function check(loop: Loop, file: CheckedFile): SourceFinding[] {
  const variables = variablesOf(loop, file.program);
  if (
    variables.size === 0 ||
    isShort(loop, file.program) ||
    endsEarly(loop) ||
    isOfPieces(loop, file.program)
  )
    return [];
  const calls: MethodCall[] = [];
  walk(loop.body, node => {
    if (isFunction(node) || (isLoop(node) && node !== loop)) return false;
    const method = node.type === 'AwaitExpression' ? methodCall(node) : undefined;
    if (method && isReadOf(method, variables, file)) calls.push(method);
    return true;
  });
  const [first, ...others] = calls;
  if (!first) return [];
  return [
    {
      node: first.call,
      message: 'Each turn of this loop waits for a query of its own (N+1). Ask for all of them at once.',
      related: [
        { node: { start: loop.start, end: loop.body.start }, message: 'The loop.' },
        ...others.map(({ call }) => ({ node: call, message: 'So does this one.' })),
      ],
    },
  ];
}

const isLoop = (node: Node): boolean => /^(For|While|DoWhile)\w*Statement$/.test(node.type);

/** What is another in each turn: the loop's names, and what is made from them. */
function variablesOf(loop: Loop, program: SourceProgram): Set<Node> {
  const head = loop.type === 'ForStatement' ? loop.init : loop.left;
  if (head?.type !== 'VariableDeclaration') return new Set();
  const names = head.declarations.flatMap(({ id }) => namesIn(id));
  walk(loop.body, node => {
    if (isFunction(node)) return false;
    const isMade =
      node.type === 'VariableDeclarator' && node.init && usesAny(node.init, new Set(names), program);
    if (isMade) names.push(...namesIn(node.id));
    return true;
  });
  return new Set(names);
}

function usesAny(node: Node, names: ReadonlySet<Node>, program: SourceProgram): boolean {
  let isUsed = false;
  walk(node, each => {
    const binding = each.type === 'Identifier' ? program.scopes.bindingOf(each) : undefined;
    isUsed ||= binding !== undefined && names.has(binding.identifier);
    return !isUsed;
  });
  return isUsed;
}

function isReadOf(
  { object, name, call }: MethodCall,
  variables: ReadonlySet<Node>,
  file: CheckedFile,
): boolean {
  if (!READS.test(name) || /OrCreate|AndUpdate|AndDelete|AndReplace|AndRemove/.test(name)) return false;
  if (!call.arguments.some(argument => usesAny(argument, variables, file.program))) return false;
  if (/^(query|execute)$/.test(name) && !isSelect(call)) return false;
  return isDatabaseCall(file.pathOf(object), name);
}

function isSelect({ arguments: [first] }: MethodCall['call']): boolean {
  const sql = first && (propertyOf(first, 'text') ?? propertyOf(first, 'sql') ?? first);
  const bare = sql && unwrap(sql);
  const text = bare?.type === 'TemplateLiteral' ? bare.quasis[0]?.value.raw : bare && staticText(bare);
  return text !== undefined && text !== null && /^\s*(SELECT|WITH)\b/i.test(text);
}

/** Over a list that stands in the source. */
function isShort(loop: Loop, program: SourceProgram): boolean {
  if (loop.type !== 'ForOfStatement') return false;
  const list = unwrap(loop.right);
  if (list.type === 'ArrayExpression') return true;
  const definition = program.scopes.bindingOf(list)?.definition;
  return definition?.type === 'VariableDeclarator' && definition.init
    ? unwrap(definition.init).type === 'ArrayExpression' && !isFilled(list, program)
    : false;
}

const isFilled = (list: Node, program: SourceProgram): boolean =>
  program.scopes.bindingOf(list)?.references.some(reference => {
    const parent = program.parentOf(reference);
    return (
      parent?.type === 'MemberExpression' &&
      parent.object === reference &&
      /^(push|unshift)$/.test(program.textOf(parent.property))
    );
  }) ?? false;

/** It looks until something is found, or goes on from where it was: in one query it would be another program. */
function endsEarly(loop: Loop): boolean {
  let ends = false;
  walk(loop.body, node => {
    if (isFunction(node)) return false;
    ends ||= node.type === 'ReturnStatement' || (node.type === 'BreakStatement' && contains(loop.body, node));
    return !ends;
  });
  return ends;
}

/** The loop goes in pieces already, or by pages. */
const isOfPieces = (loop: Loop, program: SourceProgram): boolean =>
  /chunk|batch|page|attempt|retr(y|ies)|slice\(|splice\(/i.test(
    program.text.slice(loop.start, loop.body.start),
  ) || /\.slice\(|\.splice\(/.test(program.textOf(loop.body));

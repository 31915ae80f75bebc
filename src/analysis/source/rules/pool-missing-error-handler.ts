/** Nobody listens for the errors of a pool or client whose idle connections may break. */
import type { Node } from '@oxc-project/types';
import type { LintSeverity } from '../../../contracts/lint.ts';
import { isFunction } from '../../../model/watched/syntax.ts';
import { wrapperOf } from '../borrowed.ts';
import { fixOf, insertAt, statementOf } from '../edits.ts';
import { methodCall, staticText, unwrap } from '../expressions.ts';
import { namesIn } from '../scopes.ts';
import { CheckedFile, type Fix, type Rule, type SourceFinding } from '../rule.ts';

interface Emitter {
  readonly severity: LintSeverity;
  readonly what: string;
  readonly consequence: string;
}

const PG: Emitter = {
  severity: 'error',
  what: 'pool',
  consequence: 'when the database ends an idle connection, the process crashes',
};
const NODE_REDIS: Emitter = {
  severity: 'warning',
  what: 'client',
  consequence: 'when its connection breaks, the process crashes',
};
const IOREDIS: Emitter = {
  severity: 'warning',
  what: 'client',
  consequence: 'errors of its connection are only printed to the console',
};

const EMITTERS: ReadonlyMap<string, Emitter> = new Map([
  ['pg.Pool!', PG],
  ['pg.native.Pool!', PG],
  ['pg-pool!', PG],
  ['@neondatabase/serverless.Pool!', PG],
  ['redis.createClient()', NODE_REDIS],
  ['redis.createCluster()', NODE_REDIS],
  ['ioredis!', IOREDIS],
  ['ioredis.Redis!', IOREDIS],
  ['ioredis.Cluster!', IOREDIS],
]);

/** They use a pool and leave its errors to whoever has made it. */
const LEAVES_ERRORS =
  /^(drizzle-orm|kysely|@prisma\/adapter|connect-pg-simple|connect-redis|rate-limit-redis|rate-limiter-flexible|bullmq|postgres-migrations|@lucia-auth)/;

export const poolMissingErrorHandler: Rule = {
  id: 'pool-missing-error-handler',
  severity: 'error',
  explanation:
    'A pool tells of broken idle connections by an "error" event. An "error" event that nobody listens for ends a Node.js process: a restart of the database is then a crash of the service. Listen, and log it; the pool replaces the connection by itself.',
  sources: [
    'https://node-postgres.com/apis/pool#error',
    'https://github.com/redis/node-redis#events',
    'https://github.com/redis/ioredis#connection-events',
  ],
  mentions: ['Pool', 'createClient', 'createCluster', 'ioredis'],
  check(file) {
    return file.program.all('NewExpression', 'CallExpression').flatMap(node => {
      const origin = file.originOf(node);
      const emitter = origin?.site?.node === node ? EMITTERS.get(origin.path) : undefined;
      return emitter && !isHandled(node, file) ? [describe(node, emitter, file)] : [];
    });
  },
};

function describe(node: Node, { severity, what, consequence }: Emitter, file: CheckedFile): SourceFinding {
  return {
    node,
    severity,
    message: `Nobody listens for the "error" event of this ${what}: ${consequence}.`,
    fixes: fixes(node, what, file),
  };
}

/** Somebody listens, its life is short, or it goes to where this cannot be seen. */
function isHandled(node: Node, file: CheckedFile): boolean {
  const { program, project } = file;
  const top = wrapperOf(node, program);
  if (escapes(top, file) || listensByText(top, file)) return true;
  const files = [program, ...project.candidates().filter(each => each !== program)];
  return files.some(each => {
    const other = each === program ? file : new CheckedFile(each, project);
    return listensOrEnds(node, other, file);
  });
}

/** `exports.pool.on('error', …)` of `exports.pool = new Pool()` */
function listensByText(top: Node, { program }: CheckedFile): boolean {
  const parent = program.parentOf(top);
  if (parent?.type !== 'AssignmentExpression') return false;
  const name = program.textOf(parent.left);
  return program.all('CallExpression').some(call => {
    const object = methodCall(call)?.object;
    return object !== undefined && program.textOf(object) === name && isListening(call);
  });
}

function listensOrEnds(node: Node, file: CheckedFile, owner: CheckedFile): boolean {
  const isIt = (each: Node): boolean => file.originOf(each)?.site?.node === node;
  return file.program.all('CallExpression').some(call => {
    const method = methodCall(call);
    if (method && isListening(call)) return isIt(method.object) || isChainedTo(method.object, node);
    if (method && /^(end|quit|disconnect|close|destroy)$/.test(method.name) && file === owner)
      return isIt(method.object) && sameFunction(call, node, file);
    return call.arguments.some(each => each.type !== 'SpreadElement' && isIt(each) && hands(call, file));
  });
}

function isListening(call: Node): boolean {
  const method = methodCall(call);
  const [event] = method?.call.arguments ?? [];
  return (
    method !== undefined &&
    /^(on|once|addListener|prependListener)$/.test(method.name) &&
    event !== undefined &&
    staticText(event) === 'error'
  );
}

/** `createClient().on('ready', …).on('error', …)` */
function isChainedTo(object: Node, node: Node): boolean {
  const bare = unwrap(object);
  return (
    bare === node || (methodCall(bare) !== undefined && isChainedTo(methodCall(bare)?.object ?? bare, node))
  );
}

/** A pool that lives as long as one call of a function. */
function sameFunction(call: Node, node: Node, { program }: CheckedFile): boolean {
  const around = program.functionAround(node);
  if (!around) return false;
  for (const each of program.ancestorsOf(call)) if (each === around) return true;
  return false;
}

/** Given to a function that may listen: it is not known to leave errors alone, and it cannot be read, or it does listen. */
function hands(call: Extract<Node, { type: 'CallExpression' }>, file: CheckedFile): boolean {
  const path = file.pathOf(call.callee);
  if (path !== undefined) return !LEAVES_ERRORS.test(path);
  const called = functionOf(call, file);
  if (!called) return !methodCall(call) || !isQuietMethod(call);
  return called.listens;
}

const isQuietMethod = (call: Node): boolean => methodCall(call)?.name === 'use';

function functionOf(
  call: Extract<Node, { type: 'CallExpression' }>,
  file: CheckedFile,
): { listens: boolean } | undefined {
  const located = file.locate(call.callee);
  if (!located || located.members.length > 0 || !isFunction(located.node) || !('params' in located.node))
    return undefined;
  const { program } = located;
  const names = located.node.params.flatMap(namesIn);
  const uses = names.flatMap(name => program.scopes.bindingOf(name)?.references ?? []);
  const listens = uses.some(use => {
    const parent = program.parentOf(use);
    if (parent?.type === 'MemberExpression' && parent.object === use)
      return isListening(program.parentOf(parent) ?? parent);
    // Handed on once more: not followed.
    return parent?.type === 'CallExpression' && parent.callee !== use;
  });
  return { listens };
}

/** Whether the name that it gets is known to be this one wherever it is used. */
const isTraced = (name: Node, top: Node, file: CheckedFile): boolean =>
  file.originOf(name)?.site?.node === unwrap(top);

/** Into a place of which the users are not seen: a container, an option of something unknown, an object that is returned. */
function escapes(top: Node, file: CheckedFile): boolean {
  const { program } = file;
  const parent = program.parentOf(top);
  if (parent?.type === 'VariableDeclarator') return !isTraced(parent.id, top, file);
  if (parent?.type === 'AssignmentExpression')
    return !isTraced(parent.left, top, file) && !/^(module\.)?exports\b/.test(program.textOf(parent.left));
  if (parent?.type === 'Property') {
    const object = program.parentOf(parent);
    const call = object && program.parentOf(object);
    if (call?.type === 'NewExpression' || call?.type === 'CallExpression')
      return !LEAVES_ERRORS.test(file.pathOf(call.callee) ?? '');
    return call?.type !== 'VariableDeclarator';
  }
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression')
    return parent.callee !== top && !LEAVES_ERRORS.test(file.pathOf(parent.callee) ?? '');
  if (parent?.type === 'ArrowFunctionExpression' || parent?.type === 'ReturnStatement') {
    const around = parent.type === 'ArrowFunctionExpression' ? parent : program.functionAround(top);
    const owner = around && program.parentOf(around);
    return (
      owner?.type === 'Property' || owner?.type === 'CallExpression' || owner?.type === 'MethodDefinition'
    );
  }
  return (
    parent?.type === 'ArrayExpression' ||
    (parent?.type === 'MemberExpression' && !isChain(parent, program.parentOf(parent)))
  );
}

const isChain = (member: Node, parent: Node | undefined): boolean =>
  parent?.type === 'CallExpression' && parent.callee === member;

function fixes(node: Node, what: string, { program }: CheckedFile): Fix[] {
  const declarator = program.parentOf(wrapperOf(node, program));
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return [];
  const place = statementOf(declarator, program);
  if (!place || !place.statement.type.endsWith('Declaration')) return [];
  const { statement } = place;
  const indent = program.indentAt(statement.start);
  const unit = indent.includes('\t') ? '\t' : '  ';
  const lines = [
    '',
    `${indent}${declarator.id.name}.on('error', error => {`,
    `${indent}${unit}console.error('An idle connection failed', error);`,
    `${indent}});`,
  ];
  return fixOf(`Listen for the errors of the ${what}`, [
    insertAt(statement.end, lines.join(program.lineEnd)),
  ]);
}

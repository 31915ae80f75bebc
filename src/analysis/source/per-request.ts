/** Whether code runs again and again: once for each request or job, as far as one file proves it. */
import type { Node } from '@oxc-project/types';
import { isFunction, type FunctionNode } from '../../model/watched/syntax.ts';
import { contains, methodCall, nameOfKey } from './expressions.ts';
import { callsOf, nameOfDefinition } from './origin.ts';
import type { SourceProgram } from './program.ts';
import type { CheckedFile } from './rule.ts';

const ROUTES: ReadonlySet<string> = new Set([
  ...['get', 'post', 'put', 'delete', 'del', 'patch', 'head', 'options', 'all', 'use', 'route', 'on'],
  ...['addHook', 'param', 'process'],
]);

const SERVERS =
  /^(express(\.Router)?(\(\)|!)|express\.(Application|Express|Router|IRouter)!|express\(\)\.route\(\)|express\.Router\(\)\.route\(\)|fastify(\.fastify|\.Fastify)?\(\)|fastify\.FastifyInstance!|hono(\/\w+)?(\.Hono)?!|koa!|@koa\/router!|koa-router!|restify\.createServer\(\)|polka\(\)|https?\.createServer\(\)|bull!|find-my-way\(\))$/;

/** Given a function, they call it for each request or job. */
const TAKES_HANDLER = /^(https?\.createServer|http2\.create(Secure)?Server|bullmq\.Worker|micro\.serve)$/;

/** A parameter of such a type makes a function a handler. */
const REQUESTS =
  /^(express\.(Request|Response|NextFunction)|fastify\.Fastify(Request|Reply)|http\.(IncomingMessage|ServerResponse)|next\.NextApiRe(quest|sponse)|next\/server\.NextRequest|koa\.Context|hono\.Context|bullmq\.Job|@types\/aws-lambda\.\w+|aws-lambda\.APIGatewayProxyEvent(V2)?)!$/;

const MOST_CALLERS = 3;

/** The handler that a node runs in, itself or through functions that it calls in this file. */
export function handlerOf(node: Node, file: CheckedFile, depth = MOST_CALLERS): FunctionNode | undefined {
  const around = file.program.functionAround(node);
  if (!around) return undefined;
  if (isHandler(around, file)) return around;
  const outer = handlerOf(around, file, depth);
  if (outer || depth === 0) return outer;
  for (const call of callsFrom(around, file.program)) {
    const handler = handlerOf(call, file, depth - 1);
    if (handler) return handler;
  }
  return undefined;
}

/** Calls of a function by its name in this file; it may be used in other ways too. */
export function callsFrom(definition: Node, program: SourceProgram): Node[] {
  const name = nameOfDefinition(definition, program);
  const binding = name && program.scopes.bindingOf(name);
  return (binding?.references ?? []).filter(reference => {
    const parent = program.parentOf(reference);
    return parent?.type === 'CallExpression' && parent.callee === reference;
  });
}

function isHandler(definition: FunctionNode, file: CheckedFile): boolean {
  const { program } = file;
  if (isGivenAsHandler(definition, file)) return true;
  const name = nameOfDefinition(definition, program);
  const references = (name && program.scopes.bindingOf(name)?.references) ?? [];
  if (references.some(reference => isGivenAsHandler(reference, file))) return true;
  return (
    'params' in definition &&
    definition.params.some(
      parameter => parameter.type === 'Identifier' && REQUESTS.test(file.pathOf(parameter) ?? ''),
    )
  );
}

function isGivenAsHandler(value: Node, file: CheckedFile): boolean {
  const parent = file.program.parentOf(value);
  if (parent?.type === 'Property' && nameOfKey(parent.key, parent.computed) === 'handler') {
    const object = file.program.parentOf(parent);
    return object !== undefined && isGivenAsHandler(object, file);
  }
  if (parent?.type === 'ArrayExpression') return isGivenAsHandler(parent, file);
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return false;
  if (!parent.arguments.some(each => each === value)) return false;
  if (TAKES_HANDLER.test(file.pathOf(parent.callee) ?? '')) return true;
  const method = methodCall(parent);
  return method !== undefined && ROUTES.has(method.name) && SERVERS.test(file.pathOf(method.object) ?? '');
}

/** What is called at the top of the module only runs once. */
export function runsOnce(node: Node, program: SourceProgram, depth = MOST_CALLERS): boolean {
  let around: Node | undefined = program.functionAround(node);
  if (!around) return true;
  if (depth === 0) return false;
  for (let outer = program.functionAround(around); outer; outer = program.functionAround(around))
    around = outer;
  const parent = program.parentOf(around);
  if (parent?.type === 'CallExpression' || parent?.type === 'ParenthesizedExpression') return true;
  if (parent?.type === 'MethodDefinition') return parent.kind === 'constructor';
  const calls = callsOf(around, program);
  if (calls && calls.length > 0) return calls.every(call => runsOnce(call, program, depth - 1));
  return !isExported(around, program) && callsFrom(around, program).length === 0;
}

export function isExported(definition: Node, program: SourceProgram): boolean {
  const name = nameOfDefinition(definition, program);
  const isHandedOut = [...program.ancestorsOf(definition)].some(each => each.type.startsWith('Export'));
  if (isHandedOut || isCommonJsExport(definition, program)) return true;
  const references = (name && program.scopes.bindingOf(name)?.references) ?? [];
  return references.some(reference => {
    const parent = program.parentOf(reference);
    return parent !== undefined && (parent.type.startsWith('Export') || isCommonJsExport(reference, program));
  });
}

function isCommonJsExport(reference: Node, program: SourceProgram): boolean {
  for (const each of program.ancestorsOf(reference)) {
    if (isFunction(each)) return false;
    if (each.type === 'AssignmentExpression')
      return contains(each.right, reference) && /^(module\.)?exports\b/.test(program.textOf(each.left));
  }
  return false;
}

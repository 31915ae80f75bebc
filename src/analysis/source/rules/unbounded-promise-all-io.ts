/** As many calls at once as a list is long. */
import type { Node } from '@oxc-project/types';
import { isFunction, walk, type FunctionNode } from '../../../model/watched/syntax.ts';
import { addDefaultImport, fixOf } from '../edits.ts';
import { methodCall, unwrap } from '../expressions.ts';
import { isDatabaseCall } from '../packages.ts';
import { handlerOf } from '../per-request.ts';
import type { NodeOf } from '../program.ts';
import type { CheckedFile, Fix, Rule, SourceFinding } from '../rule.ts';

const CLIENTS = /^(axios|got|undici|node-fetch|ky|superagent)(\.\w+)*\(\)$/;

export const unboundedPromiseAllIo: Rule = {
  id: 'unbounded-promise-all-io',
  severity: 'warning',
  explanation:
    'Promise.all over a list starts all calls at once. A long list uses up the pool (others wait, or time out), the sockets, or the patience of the service that is called. Let a limited number run at a time: p-map, p-limit, or pieces of the list.',
  sources: [
    'https://github.com/sindresorhus/p-map#readme',
    'https://github.com/formbricks/formbricks/pull/7404',
  ],
  mentions: ['Promise.all'],
  check: file => file.program.all('CallExpression').flatMap(call => check(call, file)),
};

interface Mapping {
  readonly list: Node;
  readonly each: FunctionNode;
}

function check(call: NodeOf<'CallExpression'>, file: CheckedFile): SourceFinding[] {
  const mapping = mappingOf(call);
  if (!mapping || isShort(mapping.list, file) || isLimited(call, mapping, file)) return [];
  const what = ioIn(mapping.each, file);
  if (!what) return [];
  const severity = isFromOutside(mapping.list, call, file) ? 'warning' : 'info';
  return [
    {
      node: call,
      severity,
      message: `All ${what} for this list start at once: potentially more than the other side has room for.`,
      fixes: fixes(call, mapping, file),
    },
  ];
}

/** `Promise.all(list.map(item => …))`, also `allSettled`. */
function mappingOf(call: NodeOf<'CallExpression'>): Mapping | undefined {
  const method = methodCall(call);
  if (method?.call !== call || (method.name !== 'all' && method.name !== 'allSettled')) return undefined;
  if (method.object.type !== 'Identifier' || method.object.name !== 'Promise') return undefined;
  const [mapped] = call.arguments;
  const map = mapped && methodCall(mapped);
  const [each] = map?.call.arguments ?? [];
  return map?.name === 'map' && each && isFunction(each) ? { list: map.object, each } : undefined;
}

/** What is asked in each; what stands in a function inside is started by somebody else, a limiter maybe. */
function ioIn(each: FunctionNode, file: CheckedFile): string | undefined {
  let found: string | undefined;
  if (each.type === 'StaticBlock' || !each.body) return undefined;
  walk(each.body, node => {
    if (isFunction(node)) return false;
    if (node.type === 'CallExpression') found ??= ioOf(node, file);
    return found === undefined;
  });
  return found;
}

function ioOf(call: NodeOf<'CallExpression'>, file: CheckedFile): string | undefined {
  const callee = unwrap(call.callee);
  const isFetch =
    callee.type === 'Identifier' && callee.name === 'fetch' && !file.program.scopes.bindingOf(callee);
  if (isFetch || CLIENTS.test(file.pathOf(call) ?? '')) return 'requests';
  const method = methodCall(call);
  // Prisma makes one query of these.
  if (!method || method.name.startsWith('findUnique')) return undefined;
  return isDatabaseCall(file.pathOf(method.object), method.name) ? 'queries' : undefined;
}

/** A list in the source, a part of one, or keys of an object. */
function isShort(list: Node, file: CheckedFile): boolean {
  const { program } = file;
  const bare = unwrap(list);
  if (bare.type === 'ArrayExpression') return bare.elements.every(each => each?.type !== 'SpreadElement');
  const method = methodCall(bare);
  if (method) {
    if (/^(slice|splice)$/.test(method.name)) return true;
    const isOfObject = method.object.type === 'Identifier' && method.object.name === 'Object';
    return (
      isOfObject || (/^(filter|sort|toSorted|reverse)$/.test(method.name) && isShort(method.object, file))
    );
  }
  const binding = program.scopes.bindingOf(bare);
  if (/chunk|batch|page|slice|part|group/i.test(binding?.name ?? '')) return true;
  const definition = binding?.definition;
  return definition?.type === 'VariableDeclarator' && definition.init && definition.init !== list
    ? isShort(definition.init, file)
    : false;
}

/** In a loop over pieces, or with something in it that lets only some through. */
function isLimited(call: Node, { each }: Mapping, { program }: CheckedFile): boolean {
  if (/\b(limit|limiter|semaphore|throttle|queue|sema|mutex|acquire)\w*\b/i.test(program.textOf(each)))
    return true;
  for (const outer of program.ancestorsOf(call)) {
    if (isFunction(outer)) return false;
    if (
      /^(For|While|DoWhile)/.test(outer.type) &&
      /slice\(|splice\(|chunk|batch/i.test(program.textOf(outer))
    )
      return true;
  }
  return false;
}

/** Nobody here says how long it is: rows of a query, or what a request has brought. */
function isFromOutside(list: Node, call: Node, file: CheckedFile): boolean {
  const { program } = file;
  const bare = unwrap(list);
  const path = file.pathOf(bare) ?? '';
  if (
    /\(\)(\.rows)?$/.test(path) &&
    isDatabaseCall(
      path.replace(/\.\$?\w+\(\)(\.rows)?$/, ''),
      /(\$?\w+)\(\)(?:\.rows)?$/.exec(path)?.[1] ?? '',
    )
  )
    return true;
  return handlerOf(call, file) !== undefined && /\b(body|query)\b/.test(program.textOf(bare));
}

function fixes(call: NodeOf<'CallExpression'>, { list, each }: Mapping, { program }: CheckedFile): Fix[] {
  if (methodCall(call)?.name !== 'all' || !program.ast.body.some(({ type }) => type === 'ImportDeclaration'))
    return [];
  if ('params' in each && each.params.length > 2) return [];
  const known = program.all('ImportDeclaration').find(({ source }) => source.value === 'p-map');
  const name = known?.specifiers[0]?.local.name ?? 'pMap';
  if (!known && program.scopes.atTop(name)) return [];
  const text = `${name}(${program.textOf(list)}, ${program.textOf(each)}, { concurrency: 10 })`;
  const edit = { start: call.start, end: call.end, text };
  const edits = known ? [edit] : [addDefaultImport(program, name, 'p-map'), edit];
  return fixOf('Run ten at a time (p-map)', edits).map(fix => ({ ...fix, needs: 'p-map' }));
}

/**
 * graphql: requests to one address are told apart by the operation that they execute. Clients give the names: only some are
 * taken. https://graphql.org/learn/queries/#operation-type-and-name
 */
import type { Follow } from '../operations/follow.ts';
import { dataOf } from '../operations/route-name.ts';
import type { Library, PatchFile } from './library.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

const MOST_NAMES = 200;
const NAME = /^[_A-Za-z]\w{0,80}$/;

const execution: PatchFile = (exported, follow) => {
  const names = new Set<string>();
  return ['execute', 'executeSync'].map(method =>
    wrapMethod(
      exported,
      method,
      original =>
        function (...parameters) {
          tell(follow, names, parameters);
          return apply(original, this, parameters);
        },
    ),
  );
};

export const graphql: Library = {
  files: { 'graphql/execution/execute.js': execution, 'graphql/execution/execute.mjs': execution },
  modules: { 'graphql/execution/execute.mjs': ['execute'] },
};

/** `(args)`, or before version 16 also `(schema, document, root, context, variables, operationName)`. */
function tell(follow: Follow, names: Set<string>, parameters: readonly unknown[]): void {
  const request = follow.request();
  if (!request || request.call !== undefined) return;
  const [args] = parameters;
  const document = dataOf(args, 'document') ?? parameters[1];
  const call = callOf(document, dataOf(args, 'operationName') ?? parameters[5]);
  if (call === undefined || (!names.has(call) && names.size >= MOST_NAMES)) return;
  names.add(call);
  request.call = call;
}

/** `query Orders`; of several operations of a document the one that is asked for. */
function callOf(document: unknown, wanted: unknown): string | undefined {
  const definitions = dataOf(document, 'definitions');
  if (!Array.isArray(definitions)) return undefined;
  for (const definition of definitions) {
    if (dataOf(definition, 'kind') !== 'OperationDefinition') continue;
    const name = dataOf(dataOf(definition, 'name'), 'value');
    if (typeof wanted === 'string' && wanted !== name) continue;
    const kind = dataOf(definition, 'operation');
    return typeof name === 'string' && NAME.test(name) ? `${String(kind)} ${name}` : String(kind);
  }
  return undefined;
}

/**
 * What an expression comes from, as far as reading proves it: through imports (ESM, require, dynamic), names that are
 * set once, destructuring, fields of classes, helper functions that only return it, typed parameters, and the exports
 * of the project's own modules. Where it is not certain there is no origin.
 *
 * An origin is written as a path from the package: `.` member, `!` instance, `()` what a call gives:
 * `pg.Pool!` is a pool, `pg.Pool!.connect()` its client, also before `await`.
 */
import type { Node } from '@oxc-project/types';
import { isFunction } from '../../model/watched/syntax.ts';
import { isNothing, methodCall, nameOfKey, returnsOf, staticText, unwrap } from './expressions.ts';
import { follow, type Located, type Search } from './follow.ts';
import type { Project } from './module-index.ts';
import type { SourceProgram } from './program.ts';
import { namesIn } from './scopes.ts';

export interface Origin {
  readonly path: string;
  /** The last `new` or call of it: which pool it is. */
  readonly site?: { readonly node: Node; readonly program: SourceProgram };
}

/** Steps of one question: what takes more is not told. */
const STEPS = 80;

export const originOf = (node: Node, program: SourceProgram, project: Project): Origin | undefined =>
  origin({ node, program, members: [] }, { project, steps: STEPS });

/** What a name stands for. */
export const locate = (node: Node, program: SourceProgram, project: Project): Located | undefined =>
  follow({ node, program, members: [] }, { project, steps: STEPS });

function origin(start: Located, search: Search): Origin | undefined {
  const located = follow(start, search);
  if (!located) return undefined;
  const { members } = located;
  const base = baseOrigin(located, search);
  return base && members.reduce<Origin>(memberOf, base);
}

/** `default` of a CommonJS package is the package. */
const memberOf = (of: Origin, name: string): Origin =>
  name === 'default' || name === '*' ? of : { ...of, path: `${of.path}.${name}` };

function baseOrigin({ node, program }: Located, search: Search): Origin | undefined {
  const below = (inner: Node): Origin | undefined => origin({ node: inner, program, members: [] }, search);
  switch (node.type) {
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return importedOrigin(node, program);
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference'
        ? packageOrigin(node.moduleReference.expression.value)
        : undefined;
    case 'ImportExpression':
      return packageOrigin(staticText(node.source));
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return packageOrigin(node.source?.value);
    case 'NewExpression': {
      const path = below(node.callee)?.path;
      return path === undefined ? undefined : { path: `${path}!`, site: { node, program } };
    }
    case 'CallExpression':
      return callOrigin({ node, program }, search);
    case 'LogicalExpression':
      return agreed(
        [node.left, node.right].filter(each => !isNothing(each)).map(below),
        node.operator !== '&&',
      );
    case 'ConditionalExpression':
      return agreed([node.consequent, node.alternate].filter(each => !isNothing(each)).map(below), false);
    case 'Identifier':
      return parameterOrigin(node, program, search);
    case 'TSTypeAnnotation':
      return typeOrigin(node.typeAnnotation, program, search);
    default:
      return undefined;
  }
}

/** The same of all; of a fallback (`a ?? new Pool()`) what is known. */
function agreed(origins: readonly (Origin | undefined)[], isFallback: boolean): Origin | undefined {
  const known = origins.filter(each => each !== undefined);
  const [first] = known;
  if (!first || (known.length < origins.length && !isFallback)) return undefined;
  return known.every(({ path }) => path === first.path) ? first : undefined;
}

function packageOrigin(specifier: string | undefined): Origin | undefined {
  if (specifier === undefined || /^[./#]/.test(specifier)) return undefined;
  return { path: specifier.replace(/^node:/, '') };
}

function importedOrigin(specifier: Node, program: SourceProgram): Origin | undefined {
  const declaration = program.parentOf(specifier);
  if (declaration?.type !== 'ImportDeclaration') return undefined;
  const from = packageOrigin(declaration.source.value);
  if (!from || specifier.type !== 'ImportSpecifier') return from;
  const name = specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
  return memberOf(from, name);
}

function callOrigin(
  {
    node,
    program,
  }: { readonly node: Extract<Node, { type: 'CallExpression' }>; readonly program: SourceProgram },
  search: Search,
): Origin | undefined {
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier' && callee.name === 'require' && !program.scopes.bindingOf(callee))
    return packageOrigin(node.arguments[0] && staticText(node.arguments[0]));
  const target = follow({ node: callee, program, members: [] }, search);
  if (target && target.members.length === 0 && isFunction(target.node)) {
    const values = returnsOf(target.node).filter(each => !isNothing(each));
    return agreed(
      values.map(each => origin({ node: each, program: target.program, members: [] }, search)),
      false,
    );
  }
  const path = origin({ node: callee, program, members: [] }, search)?.path;
  return path === undefined ? undefined : { path: `${path}()`, site: { node, program } };
}

/** By its type, by what it is given in this file, or as the value of a promise. */
function parameterOrigin(identifier: Node, program: SourceProgram, search: Search): Origin | undefined {
  const binding = program.scopes.bindingOf(identifier);
  if (binding?.kind !== 'parameter' || !isFunction(binding.definition)) return undefined;
  const { definition } = binding;
  if (!('params' in definition)) return undefined;
  const index = definition.params.findIndex(each => namesIn(each).includes(binding.identifier));
  const parameter = definition.params[index];
  if (!parameter || namesIn(parameter).length !== 1) return undefined;
  const declared = annotationOf(parameter);
  if (declared) return typeOrigin(declared, program, search);
  if (parameter.type !== 'Identifier') return undefined;
  return (
    promisedOrigin(definition, index, program, search) ?? givenOrigin(definition, index, program, search)
  );
}

function annotationOf(parameter: Node): Node | undefined {
  if (parameter.type === 'TSParameterProperty') return annotationOf(parameter.parameter);
  if (parameter.type === 'AssignmentPattern') return annotationOf(parameter.left);
  return parameter.type === 'Identifier' ? parameter.typeAnnotation?.typeAnnotation : undefined;
}

/** `open().then(value => …)` */
function promisedOrigin(
  definition: Node,
  index: number,
  program: SourceProgram,
  search: Search,
): Origin | undefined {
  const call = program.parentOf(definition);
  const method = call && methodCall(call);
  if (index !== 0 || method?.name !== 'then' || method.call.arguments[0] !== definition) return undefined;
  return origin({ node: method.object, program, members: [] }, search);
}

/** The same in all calls of the function, and it is only called. */
function givenOrigin(
  definition: Node,
  index: number,
  program: SourceProgram,
  search: Search,
): Origin | undefined {
  const calls = callsOf(definition, program);
  if (!calls || calls.length === 0) return undefined;
  return agreed(
    calls.map(call => {
      const given = call.arguments[index];
      return given && given.type !== 'SpreadElement'
        ? origin({ node: given, program, members: [] }, search)
        : undefined;
    }),
    false,
  );
}

/** Undefined when the function is used in another way than by calls in this file. */
export function callsOf(
  definition: Node,
  program: SourceProgram,
): Extract<Node, { type: 'CallExpression' | 'NewExpression' }>[] | undefined {
  const name = nameOfDefinition(definition, program);
  const binding = name && program.scopes.bindingOf(name);
  if (!binding) return undefined;
  const calls: Extract<Node, { type: 'CallExpression' | 'NewExpression' }>[] = [];
  for (const reference of binding.references) {
    const parent = program.parentOf(reference);
    if (parent?.type === 'ExportSpecifier') continue;
    if (
      (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') ||
      parent.callee !== reference
    )
      return undefined;
    calls.push(parent);
  }
  return calls;
}

/** The name that a function is called by: its own, that of its constant, of a constructor that of its class. */
export function nameOfDefinition(definition: Node, program: SourceProgram): Node | undefined {
  if (definition.type === 'FunctionDeclaration') return definition.id ?? undefined;
  const parent = program.parentOf(definition);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id;
  if (parent?.type !== 'MethodDefinition' || parent.kind !== 'constructor') return undefined;
  const body = program.parentOf(parent);
  const owner = body && program.parentOf(body);
  return owner?.type === 'ClassDeclaration' ? (owner.id ?? undefined) : undefined;
}

/** An instance of an imported class: `pool: Pool`, `pool: pg.Pool | undefined`. */
function typeOrigin(type: Node, program: SourceProgram, search: Search): Origin | undefined {
  if (type.type === 'TSUnionType') {
    const others = type.types.filter(
      each => each.type !== 'TSUndefinedKeyword' && each.type !== 'TSNullKeyword',
    );
    return others.length === 1 && others[0] ? typeOrigin(others[0], program, search) : undefined;
  }
  if (type.type !== 'TSTypeReference') return undefined;
  const of = typeNameOrigin(type.typeName, program, search);
  return of && { path: `${of.path}!` };
}

function typeNameOrigin(name: Node, program: SourceProgram, search: Search): Origin | undefined {
  if (name.type === 'TSQualifiedName') {
    const left = typeNameOrigin(name.left, program, search);
    return left && nameOfKey(name.right, false) !== undefined ? memberOf(left, name.right.name) : undefined;
  }
  if (name.type !== 'Identifier') return undefined;
  const binding = program.scopes.atTop(name.name);
  return binding?.kind === 'import'
    ? origin({ node: binding.definition, program, members: [] }, search)
    : undefined;
}

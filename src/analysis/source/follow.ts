/** From a name to what it stands for: constants, names set once, destructuring, fields, exports of the project. */
import type { Node } from '@oxc-project/types';
import { isNothing, nameOfKey, propertyOf, staticText, unwrap } from './expressions.ts';
import { fieldValues } from './fields.ts';
import type { Project } from './module-index.ts';
import type { SourceProgram } from './program.ts';
import type { Binding } from './scopes.ts';

/** A node, and what is then taken of its value: `{ node: f(), members: ['a', 'b'] }` is `f().a.b`. */
export interface Located {
  readonly node: Node;
  readonly program: SourceProgram;
  readonly members: readonly string[];
}

/** One question: `steps` goes down, and at zero there is no answer. */
export interface Search {
  readonly project: Project;
  steps: number;
}

/** Follows until there is no more to follow; undefined where it may be several things. */
export function follow(start: Located, search: Search): Located | undefined {
  let located: Located | undefined = start;
  while (located) {
    if (search.steps-- <= 0) return undefined;
    const next = step(located, search);
    if (next === 'end') return { ...located, node: unwrap(located.node) };
    located = next;
  }
  return undefined;
}

type Step = Located | 'end' | undefined;

function step(located: Located, search: Search): Step {
  const { program, members } = located;
  const node = unwrap(located.node);
  const to = (next: Node, more: readonly string[] = []): Located => ({
    node: next,
    program,
    members: [...more, ...members],
  });
  switch (node.type) {
    case 'Identifier':
      return stepName(node, located, search);
    case 'MemberExpression': {
      const name = nameOfKey(node.property, node.computed);
      if (name === undefined) return undefined;
      return node.object.type === 'ThisExpression' ? stepField(node, name, located) : to(node.object, [name]);
    }
    case 'ObjectExpression':
    case 'ClassDeclaration':
      return stepMember(node, to, members);
    case 'AssignmentExpression':
      return to(node.right);
    case 'SequenceExpression': {
      const last = node.expressions.at(-1);
      return last && to(last);
    }
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return stepImport(node, located, search);
    case 'CallExpression': {
      const [specifier] = node.arguments;
      const callee = unwrap(node.callee);
      const isRequire = callee.type === 'Identifier' && callee.name === 'require';
      return isRequire && specifier ? stepModule(staticText(specifier), located, search) : 'end';
    }
    case 'ImportExpression':
      return stepModule(staticText(node.source), located, search);
    default:
      return 'end';
  }
}

function stepName(identifier: Node, located: Located, search: Search): Step {
  const { program, members } = located;
  const binding = program.scopes.bindingOf(identifier);
  if (!binding) return undefined;
  const at = (node: Node, more: readonly string[]): Located => ({
    node,
    program,
    members: [...more, ...members],
  });
  switch (binding.kind) {
    case 'import':
    case 'function':
    case 'class':
      return at(binding.definition, []);
    case 'parameter':
      return binding.identifier === identifier ? 'end' : at(binding.identifier, []);
    case 'catch':
      return undefined;
    default:
      return stepVariable(binding, at, search);
  }
}

function stepVariable(
  binding: Binding,
  at: (node: Node, more: readonly string[]) => Located,
  search: Search,
): Step {
  const { definition } = binding;
  if (definition.type !== 'VariableDeclarator') return undefined;
  const { program } = at(definition, []);
  const path = pathTo(binding.identifier, definition.id, program);
  if (!path) return undefined;
  const values = valuesOf(binding, program);
  const [only] = values;
  if (values.length === 1 && only) return at(only, only === definition.init ? path : []);
  if (values.length > 0 || search.steps <= 0) return undefined;
  const type = definition.id.type === 'Identifier' ? definition.id.typeAnnotation : undefined;
  return type ? at(type, []) : undefined;
}

/** What a variable is set to, without `null` and `undefined`; undefined values are not told apart from none. */
export function valuesOf({ definition, references }: Binding, program: SourceProgram): Node[] {
  const initial = definition.type === 'VariableDeclarator' ? definition.init : undefined;
  const written = references.flatMap(reference => {
    const parent = program.parentOf(reference);
    return parent?.type === 'AssignmentExpression' && parent.left === reference ? [parent.right] : [];
  });
  return [...(initial ? [initial] : []), ...written].filter(value => !isNothing(value));
}

/** The members by which a pattern takes a name out of a value; undefined for arrays, rests and computed keys. */
function pathTo(name: Node, pattern: Node, program: SourceProgram): string[] | undefined {
  const path: string[] = [];
  let node = name;
  while (node !== pattern) {
    const parent = program.parentOf(node);
    if (!parent || parent.type === 'ArrayPattern' || parent.type === 'RestElement') return undefined;
    if (parent.type === 'Property') {
      const key = nameOfKey(parent.key, parent.computed);
      if (key === undefined) return undefined;
      path.unshift(key);
    }
    node = parent;
  }
  return path;
}

function stepMember(node: Node, to: (next: Node) => Located, members: readonly string[]): Step {
  const [name, ...rest] = members;
  if (name === undefined) return 'end';
  const value = node.type === 'ObjectExpression' ? propertyOf(node, name) : staticField(node, name);
  return value && { ...to(value), members: rest };
}

function staticField(node: Node, name: string): Node | undefined {
  if (node.type !== 'ClassDeclaration') return undefined;
  for (const member of node.body.body)
    if (
      member.type === 'PropertyDefinition' &&
      member.static &&
      nameOfKey(member.key, member.computed) === name
    )
      return member.value ?? undefined;
  return undefined;
}

function stepField(member: Node, name: string, { program, members }: Located): Step {
  const values = fieldValues(member, name, program);
  const [only] = values;
  return values.length === 1 && only ? { node: only, program, members } : undefined;
}

function stepImport(specifier: Node, located: Located, search: Search): Step {
  const declaration = located.program.parentOf(specifier);
  if (declaration?.type !== 'ImportDeclaration') return undefined;
  if (!search.project.isOfProject(located.program.file, declaration.source.value)) return 'end';
  const name = importedName(specifier);
  const members = name === '*' ? located.members : [name, ...located.members];
  return stepModule(declaration.source.value, { ...located, members }, search);
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type !== 'ImportSpecifier') return 'default';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

/** Into a module of the project; two modules further on, and what they hand on, is not followed. */
function stepModule(specifier: string | undefined, located: Located, search: Search): Step {
  const { program, members } = located;
  if (specifier === undefined) return undefined;
  if (!search.project.isOfProject(program.file, specifier)) return 'end';
  const module = search.project.moduleOf(program.file, specifier);
  const [name, ...rest] = members;
  if (!module) return undefined;
  // `require('./pool')` of what is exported as a whole.
  const wanted = name ?? 'default';
  const named = search.project.exportOf(module, wanted);
  const whole = named ? undefined : search.project.exportOf(module, 'default');
  const target = named ?? whole;
  if (!target) return undefined;
  const left = named ? rest : members;
  const { found, program: owner } = target;
  if (found.kind === 'value') return { node: found.node, program: owner, members: left };
  const further = found.name === '*' ? left : [found.name, ...left];
  return stepReExport(found.specifier, { node: located.node, program: owner, members: further }, search);
}

function stepReExport(specifier: string, located: Located, search: Search): Step {
  if (search.project.isOfProject(located.program.file, specifier)) {
    search.steps -= 20;
    return search.steps <= 0 ? undefined : stepModule(specifier, located, search);
  }
  const declaration = located.program.ast.body.find(
    each => 'source' in each && each.source?.value === specifier && each.type !== 'ImportDeclaration',
  );
  return declaration && 'source' in declaration && declaration.source
    ? { ...located, node: declaration }
    : undefined;
}

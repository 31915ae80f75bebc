/**
 * Which declaration a name means. Values only: what stands in types refers to nothing here.
 * A function's parameters and body are one scope; `var` and functions are known in all of their scope.
 */
import type { Node, Program } from '@oxc-project/types';
import { childrenOf, isFunction } from '../../model/watched/syntax.ts';

export type BindingKind =
  'import' | 'const' | 'let' | 'var' | 'using' | 'function' | 'class' | 'parameter' | 'catch';

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The name where it is declared. */
  readonly identifier: Node;
  /** What declares it: import specifier, declarator, function (also for its parameters), class, catch clause. */
  readonly definition: Node;
  /** All other places of the name, in the order of the text. */
  readonly references: readonly Node[];
}

interface OpenBinding extends Binding {
  readonly references: Node[];
}

class Scope {
  readonly bindings = new Map<string, OpenBinding>();

  constructor(
    readonly outer: Scope | undefined,
    readonly isFunction: boolean,
  ) {}

  get ofVariables(): Scope {
    return this.isFunction || !this.outer ? this : this.outer.ofVariables;
  }

  find(name: string): OpenBinding | undefined {
    return this.bindings.get(name) ?? this.outer?.find(name);
  }
}

const BLOCKS: ReadonlySet<string> = new Set([
  ...['BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement'],
  ...['CatchClause', 'TSModuleBlock', 'ClassBody'],
]);

/** Nodes of TypeScript that hold values. */
const TYPED_VALUES: ReadonlySet<string> = new Set([
  ...['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'],
  ...['TSInstantiationExpression', 'TSParameterProperty', 'TSModuleDeclaration', 'TSModuleBlock'],
  ...['TSExportAssignment', 'TSEnumDeclaration', 'TSEnumBody', 'TSEnumMember'],
]);

export class Scopes {
  private readonly meanings = new Map<Node, OpenBinding>();
  private readonly places: { readonly name: string; readonly node: Node; readonly scope: Scope }[] = [];
  private readonly top = new Scope(undefined, true);

  constructor(ast: Program) {
    this.visitAll(ast, this.top);
    for (const { name, node, scope } of this.places) {
      const binding = scope.find(name);
      if (!binding || this.meanings.has(node)) continue;
      this.meanings.set(node, binding);
      binding.references.push(node);
    }
  }

  /** Of an identifier, where it is declared or used; undefined for globals. */
  bindingOf(identifier: Node): Binding | undefined {
    return this.meanings.get(identifier);
  }

  /** What a name means at the top of the module. */
  atTop(name: string): Binding | undefined {
    return this.top.bindings.get(name);
  }

  private declare(scope: Scope, kind: BindingKind, identifier: Node, definition: Node): void {
    if (identifier.type !== 'Identifier') return;
    const known = scope.bindings.get(identifier.name);
    const binding = known ?? { name: identifier.name, kind, identifier, definition, references: [] };
    scope.bindings.set(identifier.name, binding);
    this.meanings.set(identifier, binding);
  }

  private declareAll(scope: Scope, kind: BindingKind, pattern: Node, definition: Node): void {
    for (const name of namesIn(pattern)) this.declare(scope, kind, name, definition);
  }

  private visitAll(node: Node, scope: Scope): void {
    for (const child of referringChildren(node)) this.visit(child, scope);
  }

  private visit(node: Node, scope: Scope): void {
    if (node.type === 'Identifier') this.places.push({ name: node.name, node, scope });
    else if (node.type === 'TSImportEqualsDeclaration') this.declare(scope, 'import', node.id, node);
    else if (node.type.startsWith('TS') && !TYPED_VALUES.has(node.type)) return;
    else if (isFunction(node)) this.visitFunction(node, scope);
    else this.visitOther(node, scope);
  }

  private visitFunction(node: Node, scope: Scope): void {
    const inner = new Scope(scope, true);
    if (node.type === 'FunctionDeclaration' && node.id) this.declare(scope, 'function', node.id, node);
    if (node.type === 'FunctionExpression' && node.id) this.declare(inner, 'function', node.id, node);
    if ('params' in node)
      for (const parameter of node.params) this.declareAll(inner, 'parameter', parameter, node);
    for (const child of referringChildren(node))
      if (child.type === 'BlockStatement') this.visitAll(child, inner);
      else this.visit(child, inner);
  }

  private visitOther(node: Node, scope: Scope): void {
    const inner = BLOCKS.has(node.type) ? new Scope(scope, false) : scope;
    if (node.type === 'VariableDeclaration') {
      const kind = node.kind === 'await using' ? 'using' : node.kind;
      for (const declarator of node.declarations)
        this.declareAll(kind === 'var' ? scope.ofVariables : scope, kind, declarator.id, declarator);
    }
    if (node.type === 'ImportDeclaration')
      for (const specifier of node.specifiers) this.declare(scope, 'import', specifier.local, specifier);
    if (node.type === 'CatchClause' && node.param) this.declareAll(inner, 'catch', node.param, node);
    if ((node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration') && node.id)
      this.declare(scope, 'class', node.id, node);
    if (node.type === 'ClassExpression' && node.id) this.declare(inner, 'class', node.id, node);
    this.visitAll(node, inner);
  }
}

/** The names that a pattern declares. */
export function namesIn(pattern: Node): Node[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element ? namesIn(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        namesIn(property.type === 'RestElement' ? property : property.value),
      );
    case 'TSParameterProperty':
      return namesIn(pattern.parameter);
    default:
      return [];
  }
}

/** The nodes below that may use a name: no keys, labels and names of imports. */
function referringChildren(node: Node): Node[] {
  const skipped = new Set<Node | null>();
  if ((node.type === 'MemberExpression' && !node.computed) || node.type === 'MetaProperty')
    skipped.add(node.property);
  if (node.type === 'MetaProperty') skipped.add(node.meta);
  if ('key' in node && 'computed' in node && !node.computed) skipped.add(node.key);
  if ('label' in node && node.label) skipped.add(node.label);
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return [];
  if (node.type === 'ExportNamedDeclaration' && node.source) return [];
  if (node.type === 'ExportSpecifier') return [node.local];
  if (node.type === 'TSEnumMember' || node.type === 'TSEnumDeclaration') skipped.add(node.id);
  if (node.type === 'Property' && node.shorthand) return [node.value];
  return childrenOf(node).filter(child => !skipped.has(child));
}

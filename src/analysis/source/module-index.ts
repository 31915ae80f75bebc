/** What each module of the project exports, ESM and CommonJS; whoever has the files says how they are loaded. */
import type { Node } from '@oxc-project/types';
import type { SourceProgram } from './program.ts';
import { nameOfKey, staticText, unwrap } from './expressions.ts';

export type Export =
  | { readonly kind: 'value'; readonly node: Node }
  /** `name` is '*' for all of that module as one object. */
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string };

export interface ProjectFiles {
  /** Undefined: not of the project, or not readable. */
  load(file: string): SourceProgram | undefined;
  /** The absolute file of a specifier; undefined for packages. */
  resolve(from: string, specifier: string): string | undefined;
  /** All that may have to do with known packages. */
  candidates(): readonly SourceProgram[];
}

interface Exports {
  readonly named: Map<string, Export>;
  /** Modules of which everything is exported. */
  readonly all: string[];
}

export class Project {
  private readonly exports = new Map<string, Exports>();

  constructor(private readonly files: ProjectFiles) {}

  candidates(): readonly SourceProgram[] {
    return this.files.candidates();
  }

  /** Undefined for packages. */
  moduleOf(from: string, specifier: string): SourceProgram | undefined {
    const file = this.files.resolve(from, specifier);
    return file === undefined ? undefined : this.files.load(file);
  }

  isOfProject(from: string, specifier: string): boolean {
    return this.files.resolve(from, specifier) !== undefined;
  }

  /** What a module exports by a name, and in which module that is to be looked up; follows `export *` once. */
  exportOf(
    program: SourceProgram,
    name: string,
  ): { readonly found: Export; readonly program: SourceProgram } | undefined {
    const { named, all } = this.exportsOf(program);
    const found = named.get(name);
    if (found) return { found, program };
    if (name === 'default') return undefined;
    for (const specifier of all) {
      const other = this.moduleOf(program.file, specifier);
      const below = other && this.exportsOf(other).named.get(name);
      if (other && below) return { found: below, program: other };
    }
    return undefined;
  }

  private exportsOf(program: SourceProgram): Exports {
    const known = this.exports.get(program.file);
    if (known) return known;
    const exports: Exports = { named: new Map(), all: [] };
    for (const statement of program.ast.body) addStatement(statement, exports);
    for (const { left, right } of program.all('AssignmentExpression')) addCommonJs(left, right, exports);
    this.exports.set(program.file, exports);
    return exports;
  }
}

function addStatement(statement: Node, { named, all }: Exports): void {
  if (statement.type === 'ExportAllDeclaration') {
    const { exported, source } = statement;
    if (exported) named.set(exportedName(exported), { kind: 'from', specifier: source.value, name: '*' });
    else all.push(source.value);
  } else if (statement.type === 'ExportDefaultDeclaration') {
    named.set('default', { kind: 'value', node: statement.declaration });
  } else if (statement.type === 'ExportNamedDeclaration') {
    const { declaration, source, specifiers } = statement;
    for (const { local, exported } of specifiers)
      named.set(
        exportedName(exported),
        source
          ? { kind: 'from', specifier: source.value, name: exportedName(local) }
          : { kind: 'value', node: local },
      );
    if (declaration) addDeclaration(declaration, named);
  }
}

function addDeclaration(declaration: Node, named: Map<string, Export>): void {
  if (declaration.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations)
      if (id.type === 'Identifier') named.set(id.name, { kind: 'value', node: id });
  } else if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    if (declaration.id) named.set(declaration.id.name, { kind: 'value', node: declaration });
  }
}

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …`. */
function addCommonJs(left: Node, right: Node, { named }: Exports): void {
  const target = unwrap(left);
  if (target.type !== 'MemberExpression') return;
  const name = nameOfKey(target.property, target.computed);
  if (name === undefined) return;
  const object = unwrap(target.object);
  if (object.type === 'Identifier' && object.name === 'module' && name === 'exports') {
    named.set('default', { kind: 'value', node: right });
    const value = unwrap(right);
    if (value.type !== 'ObjectExpression') return;
    for (const property of value.properties)
      if (property.type === 'Property') {
        const key = nameOfKey(property.key, property.computed);
        if (key !== undefined) named.set(key, { kind: 'value', node: property.value });
      }
  } else if (isExportsObject(object)) named.set(name, { kind: 'value', node: right });
}

function isExportsObject(object: Node): boolean {
  if (object.type === 'Identifier') return object.name === 'exports';
  return (
    object.type === 'MemberExpression' &&
    nameOfKey(object.property, object.computed) === 'exports' &&
    object.object.type === 'Identifier' &&
    object.object.name === 'module'
  );
}

const exportedName = (node: Node): string =>
  node.type === 'Identifier' ? node.name : (staticText(node) ?? '');

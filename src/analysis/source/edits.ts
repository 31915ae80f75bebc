/** Edits of source text that keep its comments and its format. */
import type { Node } from '@oxc-project/types';
import { contains } from './expressions.ts';
import type { NodeOf, SourceProgram } from './program.ts';
import type { Fix, TextEdit } from './rule.ts';

/** Edits do not overlap; at one place the earlier one comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

export const doOverlap = (some: readonly TextEdit[], others: readonly TextEdit[]): boolean =>
  some.some(a => others.some(b => a.start < b.end && b.start < a.end));

export const insertAt = (offset: number, text: string): TextEdit => ({ start: offset, end: offset, text });

/** A statement with its line, when it stands alone on it. */
export function removeStatement({ text }: SourceProgram, { start, end }: Node): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isAlone = text.slice(lineStart, start).trim() === '' && /^[ \t]*(\r?\n|$)/.test(text.slice(end));
  if (!isAlone) return { start, end, text: '' };
  return {
    start: lineStart,
    end: end + (/^[ \t]*(\r?\n)?/.exec(text.slice(end))?.[0].length ?? 0),
    text: '',
  };
}

/** Adds a property to an object literal, in the way the literal is written. */
export function addProperty(
  program: SourceProgram,
  object: NodeOf<'ObjectExpression'>,
  property: string,
): TextEdit {
  const [first] = object.properties;
  if (!first) return { start: object.start, end: object.end, text: `{ ${property} }` };
  const between = program.text.slice(object.start + 1, first.start);
  const isOnLines = /^[ \t]*\r?\n[ \t]*$/.test(between);
  return insertAt(first.start, isOnLines ? `${property},${between}` : `${property}, `);
}

/** Adds an option to a call's options, which may be absent. Undefined: its options cannot be read. */
export function addOption(
  program: SourceProgram,
  call: NodeOf<'CallExpression' | 'NewExpression'>,
  index: number,
  property: string,
): TextEdit | undefined {
  const options = call.arguments[index];
  if (options)
    return options.type === 'ObjectExpression' ? addProperty(program, options, property) : undefined;
  if (call.arguments.length !== index) return undefined;
  const close = program.text.lastIndexOf(')', call.end - 1);
  if (close < call.callee.end) return insertAt(call.end, `({ ${property} })`);
  return insertAt(close, `${index === 0 ? '' : ', '}{ ${property} }`);
}

/** The statement that a node is part of, and the block that it stands in. */
export function statementOf(
  node: Node,
  program: SourceProgram,
): { readonly statement: Node; readonly block: readonly Node[] } | undefined {
  let statement = node;
  for (const parent of program.ancestorsOf(node)) {
    if (parent.type === 'BlockStatement' || parent.type === 'Program')
      return { statement, block: parent.body };
    if (parent.type === 'ArrowFunctionExpression' || parent.type === 'SwitchCase') return undefined;
    statement = parent;
  }
  return undefined;
}

/**
 * `try { … } finally { cleanup }` around all that follows a statement in its block. Lines are moved to the right, but
 * for those that begin inside a template: their white space is text.
 */
export function wrapRest(
  program: SourceProgram,
  { statement, block }: { readonly statement: Node; readonly block: readonly Node[] },
  cleanup: string,
  removed: readonly Node[] = [],
): TextEdit[] | undefined {
  const rest = block.slice(block.indexOf(statement) + 1);
  const last = rest.at(-1);
  if (!last || rest.every(each => removed.includes(each))) return undefined;
  const indent = program.indentAt(statement.start);
  const unit = indent.includes('\t') ? '\t' : '  ';
  const end = program.lineEnd;
  const removals = removed.map(each => removeStatement(program, each));
  const lines = lineStartsIn(program, statement.end, last.end).filter(
    offset => !removals.some(removal => removal.start <= offset && offset < removal.end),
  );
  const afterLast = removals.find(removal => contains(removal, last));
  const closing = `${indent}} finally {${end}${indent}${unit}${cleanup}${end}${indent}}`;
  return [
    insertAt(statement.end, `${end}${indent}try {`),
    ...lines.map(offset => insertAt(offset, unit)),
    ...removals.filter(removal => removal !== afterLast),
    afterLast
      ? { ...afterLast, text: afterLast.start < last.start ? `${closing}${end}` : closing }
      : insertAt(endOfLine(program, last.end), `${end}${closing}`),
  ];
}

/** Behind a comment that ends the line of a statement. */
function endOfLine({ text }: SourceProgram, offset: number): number {
  return offset + (/^[ \t]*\/\/[^\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0);
}

/** Starts of lines that have text, between two offsets, outside of templates. */
function lineStartsIn(program: SourceProgram, from: number, to: number): number[] {
  const templates = program.all('TemplateElement');
  return [...program.text.slice(from, to).matchAll(/\n(?=[^\r\n])/g)]
    .map(({ index }) => from + index + 1)
    .filter(offset => !templates.some(({ start, end }) => start < offset && offset <= end));
}

/** Imports a default export; undefined where the file is not an ES module. */
export function addDefaultImport(program: SourceProgram, name: string, from: string): TextEdit | undefined {
  const imports = program.all('ImportDeclaration');
  const [first] = imports;
  if (!first) return undefined;
  return insertAt(first.start, `import ${name} from '${from}';${program.lineEnd}`);
}

export const fixOf = (title: string, edits: readonly (TextEdit | undefined)[] | undefined): Fix[] => {
  const known = edits?.filter(each => each !== undefined);
  return known && known.length > 0 && known.length === edits?.length ? [{ title, edits: known }] : [];
};

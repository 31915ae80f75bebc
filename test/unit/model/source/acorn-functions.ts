/** What `scanFunctions` must find, computed from acorn's syntax tree and tokens instead. */
import * as acorn from 'acorn';
import { ancestor } from 'acorn-walk';

/** As text: ranges "start-end parent", and per line the owners with code on it. */
export interface Expected {
  readonly ranges: readonly string[];
  readonly owners: readonly (readonly number[])[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Text whose tokens belong to the function that begins at `owner`; -1 is the code around the region. */
interface Region extends Range {
  readonly owner: number;
}

type Found = acorn.AnyNode;

const SILENT = new Set([')', ']', '}', ';', ',', ':', '${', 'template', 'eof', '`', '{']);

/** The syntax tree of a module, script or CommonJS module, whichever it is; undefined if it is none of them. */
export function parse(text: string, tokens: acorn.Token[]): acorn.Program | undefined {
  for (const sourceType of ['module', 'commonjs'] as const) {
    tokens.length = 0;
    try {
      return acorn.parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        locations: true,
        onToken: tokens,
      });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

export function expectedOf(text: string): Expected | undefined {
  const tokens: acorn.Token[] = [];
  const program = parse(text, tokens);
  if (!program) return undefined;
  const survey = surveyOf(program, tokens);
  const functions = survey.functions.sort((a, b) => a.start - b.start);
  return { ranges: rangesOf(functions), owners: ownersOf(text, tokens, functions, survey) };
}

function rangesOf(functions: readonly Range[]): string[] {
  const open: number[] = [];
  return functions.map(({ start, end }, index) => {
    while (open.length > 0 && functions[open.at(-1)!]!.end <= start) open.pop();
    const parent = open.at(-1) ?? -1;
    open.push(index);
    return `${start}-${end} ${parent}`;
  });
}

interface Survey {
  readonly functions: Range[];
  readonly regions: Region[];
  /** Of classes that count as functions: their `class` belongs to them and to the code around. */
  readonly classes: Set<number>;
  /** Where tokens count that else are silent: the `{` of object literals, the first backquote of templates. */
  readonly loud: Set<number>;
  /** Declarations of a module, whose first token alone counts. */
  readonly clauses: Range[];
}

function surveyOf(program: acorn.Program, tokens: readonly acorn.Token[]): Survey {
  const survey: Survey = { functions: [], regions: [], classes: new Set(), loud: new Set(), clauses: [] };
  const visit = (node: Found, _: unknown, ancestors: readonly Found[]): void =>
    note(survey, node, ancestors, tokens);
  const visitors: Record<string, typeof visit> = {};
  for (const type of NOTED) visitors[type] = visit;
  ancestor(program, visitors as never);
  return survey;
}

const NOTED = [
  ...[
    'FunctionDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'ClassDeclaration',
    'ClassExpression',
  ],
  ...['PropertyDefinition', 'StaticBlock', 'ObjectExpression', 'ObjectPattern', 'TemplateLiteral'],
  ...['ImportDeclaration', 'ExportAllDeclaration', 'ExportNamedDeclaration', 'ExportDefaultDeclaration'],
];

function note(
  survey: Survey,
  node: Found,
  ancestors: readonly Found[],
  tokens: readonly acorn.Token[],
): void {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const start = headStart(node, ancestors.at(-2));
      survey.functions.push({ start, end: node.end });
      survey.regions.push({ start, end: node.end, owner: start });
      break;
    }
    case 'ClassDeclaration':
    case 'ClassExpression':
      survey.regions.push({ start: node.start, end: node.end, owner: -1 });
      if (!hasFunctions(node)) break;
      survey.functions.push({ start: node.start, end: node.end });
      survey.classes.add(node.start);
      break;
    case 'PropertyDefinition':
    case 'StaticBlock': {
      const owner = ancestors.findLast(
        ({ type }) => type === 'ClassDeclaration' || type === 'ClassExpression',
      )!.start;
      const computed = node.type === 'PropertyDefinition' && node.computed;
      const start = computed
        ? tokens.find(t => t.start >= node.key.end && t.type.label === ']')!.end
        : node.start;
      survey.regions.push({ start, end: node.end, owner });
      break;
    }
    case 'ObjectExpression':
    case 'ObjectPattern':
    case 'TemplateLiteral':
      survey.loud.add(node.start);
      break;
    case 'ExportDefaultDeclaration':
      survey.clauses.push({ start: node.start, end: tokens.find(({ start }) => start > node.start)!.end });
      break;
    case 'ExportNamedDeclaration':
      survey.clauses.push({ start: node.start, end: node.declaration?.start ?? node.end });
      break;
    default:
      survey.clauses.push({ start: node.start, end: node.end });
  }
}

/** A method's own node begins at its parameters. */
function headStart(node: Found, parent: Found | undefined): number {
  const isMethod =
    (parent?.type === 'MethodDefinition' && parent.value === node) ||
    (parent?.type === 'Property' && parent.value === node && (parent.method || parent.kind !== 'init'));
  return isMethod && !parent.computed ? parent.start : node.start;
}

function hasFunctions({ body }: Pick<acorn.ClassExpression, 'body'>): boolean {
  const hasConstructor = body.body.some(
    member => member.type === 'MethodDefinition' && member.kind === 'constructor',
  );
  return !hasConstructor || body.body.some(member => member.type !== 'MethodDefinition');
}

/** Per line the functions to which a token on it belongs: the innermost region's. */
function ownersOf(
  text: string,
  tokens: readonly acorn.Token[],
  functions: readonly Range[],
  { regions, classes, loud, clauses }: Survey,
): number[][] {
  const indexOf = new Map(functions.map(({ start }, index) => [start, index]));
  regions.sort((a, b) => a.start - b.start || b.end - a.end);
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/).map(() => new Set<number>());
  const open: { end: number; owner: number }[] = [{ end: text.length + 1, owner: -1 }];
  let next = 0;
  for (const token of tokens) {
    for (; next < regions.length && regions[next]!.start <= token.start; next++) {
      const { start, end, owner } = regions[next]!;
      while (open.at(-1)!.end <= start) open.pop();
      open.push({ end, owner: owner < 0 ? open.at(-1)!.owner : indexOf.get(owner)! });
    }
    while (open.at(-1)!.end <= token.start) open.pop();
    if (SILENT.has(token.type.label) && !loud.has(token.start)) continue;
    if (clauses.some(({ start, end }) => start < token.start && token.start < end)) continue;
    const line = lines[token.loc!.start.line - 1]!;
    line.add(open.at(-1)!.owner);
    if (classes.has(token.start) && token.type.label === 'class') line.add(indexOf.get(token.start)!);
  }
  return lines.map(owners => [...owners].sort((a, b) => a - b));
}

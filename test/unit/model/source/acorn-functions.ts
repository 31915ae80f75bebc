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

type Node = acorn.Node;

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
  const { functions, regions, classes, loud, clauses } = survey;
  const element = (
    node: acorn.PropertyDefinition | acorn.StaticBlock,
    _: unknown,
    ancestors: Node[],
  ): void => {
    const owner =
      ancestors.findLast(({ type }) => type.startsWith('Class') && type !== 'ClassBody')?.start ?? -1;
    regions.push({ start: initialiserStart(node, tokens), end: node.end, owner });
  };
  const brace = ({ start }: acorn.Node): void => void loud.add(start);
  const clause = ({ start, end }: acorn.Node): void => void clauses.push({ start, end });
  ancestor(program, {
    Function(node, _, ancestors) {
      const start = headStart(node, ancestors.at(-2));
      functions.push({ start, end: node.end });
      regions.push({ start, end: node.end, owner: start });
    },
    Class(node) {
      regions.push({ start: node.start, end: node.end, owner: -1 });
      if (!hasFunctions(node)) return;
      functions.push({ start: node.start, end: node.end });
      classes.add(node.start);
    },
    PropertyDefinition: element,
    StaticBlock: element,
    ObjectExpression: brace,
    ObjectPattern: brace,
    TemplateLiteral: brace,
    ImportDeclaration: clause,
    ExportAllDeclaration: clause,
    ExportNamedDeclaration: ({ start, end, declaration }) =>
      void clauses.push({ start, end: declaration?.start ?? end }),
    ExportDefaultDeclaration: ({ start }) =>
      void clauses.push({ start, end: tokens.find(token => token.start > start)?.end ?? start }),
  });
  return survey;
}

/** The part of a field that runs as initialiser; a computed key does not. */
function initialiserStart(
  node: acorn.PropertyDefinition | acorn.StaticBlock,
  tokens: readonly acorn.Token[],
): number {
  if (node.type === 'StaticBlock' || !node.computed) return node.start;
  const bracket = tokens.find(({ start, type }) => start >= node.key.end && type.label === ']');
  return bracket?.end ?? node.start;
}

/** A method's own node begins at its parameters. */
function headStart(node: Node, parent: Node | undefined): number {
  if (!parent || !isMember(parent) || parent.value !== node || parent.computed) return node.start;
  return parent.type === 'MethodDefinition' || parent.method || parent.kind !== 'init'
    ? parent.start
    : node.start;
}

const isMember = (node: Node): node is acorn.MethodDefinition | acorn.Property =>
  node.type === 'MethodDefinition' || node.type === 'Property';

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

import { describe, expect, it } from 'vitest';
import { WHOLE_SCRIPT, scanFunctions } from '../../../../src/model/source/function-ranges.ts';
import type { FunctionRanges } from '../../../../src/model/source/function-ranges.ts';

function scanned(text: string): FunctionRanges {
  const ranges = scanFunctions(text);
  if (!ranges) throw new Error(`not understood: ${text}`);
  return ranges;
}

/** The text of every function, indented by its depth. */
function functionsOf(text: string): string[] {
  const { start, end, parent } = scanned(text);
  const depths: number[] = [];
  return Array.from(start, (from, index) => {
    depths[index] = parent[index]! < 0 ? 0 : depths[parent[index]!]! + 1;
    return '  '.repeat(depths[index]) + text.slice(from, end[index]);
  });
}

/** Writes in front of every line the functions that own it; s is the script. */
function withOwners(text: string): string {
  const ranges = scanned(text);
  return text
    .split('\n')
    .map((line, index) => {
      const owners = Array.from(ranges.ownersOfLine(index + 1), owner => (owner < 0 ? 's' : owner));
      return `${owners.join(' ').padEnd(5)}| ${line}`.trimEnd();
    })
    .join('\n');
}

const unowned = (drawn: string): string => drawn.replaceAll(/^.{5}\| ?/gm, '');

describe('the ranges of functions', () => {
  it.each([
    ['function f(a) { return a }', ['function f(a) { return a }']],
    ['x = async function* () {}', ['async function* () {}']],
    ['f(a => b => c, (d) => ({}))', ['a => b => c', '  b => c', '(d) => ({})']],
    ['f((a, b = () => 1) => a, (c))', ['(a, b = () => 1) => a', '  () => 1']],
    ['x = async a => a; y = async (b) => {}', ['async a => a', 'async (b) => {}']],
    ['async(a => b)', ['a => b']],
    ['x = { a() {}, get b() {}, async *c() {} }', ['a() {}', 'get b() {}', 'async *c() {}']],
    ['x = a ? b => c : d => e', ['b => c', 'd => e']],
    ['x = a => b\n(c => d)', ['a => b\n(c => d)', '  c => d']],
    ['x = a => b++\n(c => d)', ['a => b++', 'c => d']],
    ['let a\n(b => c)', ['b => c']],
    ['let a\n/}/.test(b => c)', ['b => c']],
    ['x = () => {}\n(c => d)', ['() => {}', 'c => d']],
    ['`${a => `${b => c}`}`', ['a => `${b => c}`', '  b => c']],
  ])('of %j are %j', (text, functions) => {
    expect(functionsOf(text)).toEqual(functions);
  });

  it('begin behind a computed name, which the code around runs', () => {
    expect(functionsOf('x = { [f(() => 1)](a) {}, get [b]() {} }')).toEqual(['() => 1', '(a) {}', '() {}']);
  });

  it('hold a class when V8 makes functions for it: a default constructor, fields, static blocks', () => {
    expect(functionsOf('class A { m() {} }')).toEqual(['class A { m() {} }', '  m() {}']);
    expect(functionsOf('class A { constructor() {} m() {} }')).toEqual(['constructor() {}', 'm() {}']);
    for (const member of ['x = 1', 'x', 'static x = 1', '#x', '[x]', 'static { x() }']) {
      const text = `class A { constructor() {} ${member} }`;
      expect(functionsOf(text)).toEqual([text, '  constructor() {}']);
    }
  });

  it('are read where acorn takes a division or a regular expression for the other', () => {
    expect(functionsOf('x = a?.typeof / 1 / (() => 2)')).toEqual(['() => 2']);
    expect(functionsOf('class A { constructor() {} async *[f ? g : h]() { yield /}/ } }')).toEqual([
      'constructor() {}',
      '() { yield /}/ }',
    ]);
  });

  it('are the same in TypeScript whose types are blanked out', () => {
    expect(functionsOf('const f = (a        , b          )         => a      (b);')).toEqual([
      '(a        , b          )         => a      (b)',
    ]);
  });
});

describe('the owners of a line', () => {
  it.each([
    `
s    | const a = 1;
     | // comment
0    | function f(b,
0    |   c = 2) {
0 1  |   return b.map(d => d +
1    |     a);
     | }
s    | f();`,
    `
s    | f(
0    |   (a,
0    |   b) =>
0    |     a,
s    |   (a,
s    |   b)
     | );`,
    `
s    | const o = {
s    |   a:
s    |     1,
0    |   b
0    |   () {
     |   },
s    |   [
s 1  |     c(() => 1)
2    |   ]() {},
     | };`,
    `
s 0  | class A extends f(
1    |   () => 1) {
0    |   a = 1;
0    |   b
0    |     = 2;
2    |   static
2    |   m() {
2    |     g();
     |   }
s    |   [c
0    |   ] = 3;
0    |   static {
0    |     h();
     |   }
     | }`,
    `
s    | x = \`
     | text \${
s 0  |   a + (() =>
0    |     b)
     | } text \`;`,
    `
s    | if (a)
     | {
s    |   b
s    |     ? c
s    |     : d
     | }
s    | else
     | {
s    |   y = {
     |   };
     | }`,
  ])('are the innermost functions of its tokens %s', drawn => {
    expect(`\n${withOwners(unowned(drawn.slice(1)))}`).toBe(drawn);
  });

  it('are asked for one by one as well', () => {
    const ranges = scanned('f(a => 1,\nb => 2, c => 3);\n');
    expect(Array.from(ranges.ownersOfLine(2))).toEqual([1, 2]);
    expect([WHOLE_SCRIPT, 0, 1, 2, 3].map(index => ranges.ownsLine(index, 1))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([WHOLE_SCRIPT, 0, 1, 2, 3].map(index => ranges.ownsLine(index, 2))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('are none on lines that the text does not have', () => {
    const ranges = scanned('a => b');
    for (const line of [-1, 0, 2, 1e9]) {
      expect(ranges.ownersOfLine(line)).toHaveLength(0);
      expect(ranges.ownsLine(0, line)).toBe(false);
    }
  });

  it('are sorted where an outer function goes on behind inner ones', () => {
    const ranges = scanned('(() => { f(\na => 1, b => 2) + c })');
    expect(Array.from(ranges.ownersOfLine(2))).toEqual([0, 1, 2]);
  });
});

describe('places', () => {
  const text = 'a => {\n  (b => c)(d)\n}\ne';

  it('belong to the innermost function around them', () => {
    const ranges = scanned(text);
    const drawn = text.replaceAll(/[^\n]/g, (_, offset: number) =>
      String(ranges.innermostAt(offset)).replace('-1', 's'),
    );
    expect(drawn.split('\n')).toEqual(['000000', '0001111110000', '0', 's']);
    expect(ranges.innermostAt(-1)).toBe(WHOLE_SCRIPT);
    expect(ranges.innermostAt(text.length)).toBe(WHOLE_SCRIPT);
  });

  it('turn from lines and columns into offsets and back', () => {
    const ranges = scanned(text);
    expect(ranges.offsetOf(2, 4)).toBe(text.indexOf('b =>'));
    expect(ranges.lineOf(text.indexOf('b =>'))).toBe(2);
    expect([ranges.offsetOf(0, 1), ranges.offsetOf(5, 1)]).toEqual([-1, -1]);
  });

  it('count every line terminator that V8 counts, and \\r\\n once', () => {
    expect(Array.from(scanned('a\nb\rc\r\nd\u2028e\u2029f\n').lineStart)).toEqual([0, 2, 4, 7, 9, 11, 13]);
    expect(Array.from(scanned('/*\n*/`\r\n`;"\u2028"').lineStart)).toEqual([0, 3, 8, 12]);
    expect(Array.from(scanned('').lineStart)).toEqual([0]);
  });

  it.each([
    ['Node 20', '▸class A { a = 1; m() {} ▸static b = 2 }'],
    ['Node 22', 'class A ▸{ a = 1; m() {} static b = 2 }'],
    ['Node 24', 'class A { ▸a = 1; m() {} ▸static b = 2 }'],
  ])('of the functions that V8 makes for a class are the class in %s', (_, drawn) => {
    const ranges = scanned(drawn.replaceAll('▸', ''));
    const [first = -1, second = first + 1] = Array.from(drawn.matchAll(/▸/g), ({ index }) => index);
    expect([ranges.innermostAt(first), ranges.innermostAt(second - 1)]).toEqual([0, 0]);
  });
});

describe('a text that cannot be understood', () => {
  it.each([
    ...[
      '(',
      ')',
      '(]',
      '{',
      '}',
      '[',
      ']',
      'f(',
      'a => {',
      'x = {',
      'class A {',
      'class A',
      '`',
      '`${',
      '`${a`',
    ],
    ...[
      '"',
      "'a\n'",
      '"\\',
      '/*',
      '/a',
      '/[/',
      '(a b)',
      '[a b]',
      'x = { a b }',
      'f(a => {} b)',
      '\\u{',
      '\0',
      '@',
    ],
    ...[
      'function',
      'function f',
      'function f()',
      'function (',
      'a.',
      'a.)',
      'a => ) {',
      '=> a',
      'if a',
      'x = if',
    ],
    ...['for', 'for (', 'default', 'import', 'export', 'export {', "import { a from 'b'", '(:)', 'x: y: )'],
    ...[
      'class A { a(',
      'class A { a() }',
      'class A { ( }',
      '{ a: b } }',
      'x: number) => {}',
      'function f(a: b) {}',
    ],
  ])('such as %j gives nothing', text => {
    expect(scanFunctions(text)).toBeUndefined();
  });
});

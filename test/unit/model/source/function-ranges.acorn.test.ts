import { readFileSync, readdirSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanFunctions } from '../../../../src/model/source/function-ranges.ts';
import { expectedOf } from './acorn-functions.ts';
import type { Expected } from './acorn-functions.ts';
import { program } from './generated-program.ts';

const MODULES = path.resolve(import.meta.dirname, '../../../../node_modules');
const FILES = 400;
const LARGEST_FILE = 1e6;

const SIGNS: Readonly<Record<string, string>> = {
  '⏎': '\n',
  '<TAB>': '\t',
  '<NBSP>': '\u00a0',
  '<ZWNBSP>': '\ufeff',
  '<LS>': '\u2028',
  '<PS>': '\u2029',
};

const NASTY = readFileSync(path.join(import.meta.dirname, 'nasty-programs.txt'), 'utf8')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('## '))
  .map(line => line.replaceAll(/⏎|<\w+>/g, sign => SIGNS[sign] ?? sign));

function found(text: string): Expected | undefined {
  const ranges = scanFunctions(text);
  return (
    ranges && {
      ranges: Array.from(
        ranges.start,
        (start, index) => `${start}-${ranges.end[index]} ${ranges.parent[index]}`,
      ),
      owners: Array.from(ranges.lineStart, (_, line) => Array.from(ranges.ownersOfLine(line + 1))),
    }
  );
}

/** Folders too are called `something.js`. */
const isSmallFile = (found: Stats): boolean => found.isFile() && found.size <= LARGEST_FILE;

/** The same choice of files on every machine that has the same packages. */
function packageFiles(): string[] {
  const files = readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.[cm]?js$/.test(file))
    .map(file => path.join(MODULES, file))
    .filter(file => isSmallFile(statSync(file)))
    .sort();
  const every = Math.max(1, Math.floor(files.length / FILES));
  return files.filter((_, index) => index % every === 0).slice(0, FILES);
}

describe('functions and the owners of lines are those of a syntax tree', () => {
  it.each(NASTY)('in %j', text => {
    const expected = expectedOf(text);
    expect(expected).toBeDefined();
    expect(found(text)).toEqual(expected);
  });

  it('in any program composed of such forms', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(program, text => {
        const expected = expectedOf(text);
        expect(expected).toBeDefined();
        expect(found(text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it(`in ${FILES} files of packages`, { timeout: 120_000 }, () => {
    const files = packageFiles();
    expect(files.length).toBeGreaterThan(FILES / 2);
    const different: string[] = [];
    for (const file of files) {
      const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
      const expected = expectedOf(text);
      if (expected && !isDeepStrictEqual(found(text), expected)) different.push(file);
    }
    expect(different).toEqual([]);
  });
});

/** What is wrong with the ranges, whether or not the text is valid; empty also when it was not understood. */
function faultsOf(text: string): string[] {
  const ranges = scanFunctions(text);
  if (!ranges) return [];
  const { start, end, parent } = ranges;
  return Array.from(start, (from, index) => {
    const to = end[index] ?? 0;
    const around = parent[index] ?? index;
    const isInside = around < 0 || ((start[around] ?? from) <= from && to <= (end[around] ?? 0));
    const isInOrder = around < index && (index === 0 || (start[index - 1] ?? from) < from);
    return isInside && isInOrder && from < to && to <= text.length ? '' : `${from}-${to} ${around}`;
  }).filter(fault => fault !== '');
}

describe('any other text', () => {
  const anyProgram = fc.oneof(fc.constantFrom(...NASTY), program);

  it('is read to its end or given up when it is cut off or lacks a piece', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyProgram, fc.nat(1000), fc.nat(20), fc.boolean(), (text, at, length, cut) => {
        const from = at % (text.length + 1);
        const damaged = text.slice(0, from) + (cut ? '' : text.slice(from + length));
        expect(faultsOf(damaged)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read to its end or given up when it is made of arbitrary tokens', { timeout: 60_000 }, () => {
    const token = fc.constantFrom(
      ...'a ( ) { } [ ] => , ; : ? . ?. = ++ / * ... async function class get static yield await let of in'.split(
        ' ',
      ),
      ...[
        '\n',
        ' ',
        '`',
        '${',
        '"',
        "'",
        '//',
        '/*',
        '*/',
        '\\',
        '#',
        '\u2028',
        '\ud800',
        '\0',
        '1',
        'for(',
        'import ',
      ],
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), tokens => {
        expect(faultsOf(tokens.join(''))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ...[
      '(',
      '[',
      '{',
      'a=>',
      '(a)=>{',
      '`${',
      'class A{',
      'class A extends ',
      'class A{[',
      'x={a(){',
      'async(',
      '/*',
    ],
    ...[
      'async a=>',
      'a?',
      'for(a=>',
      'for(var a=b=>',
      '\\u{',
      '/',
      '`',
      'yield ',
      'import ',
      'export{',
      'a\n',
      'a:',
    ],
  ])('takes no more than its time when it nests deeply: %j', opener => {
    expect(faultsOf(opener.repeat(300_000 / opener.length))).toEqual([]);
  });
});

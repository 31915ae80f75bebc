import { expect, test } from 'vitest';
import { functionHead, originalName } from '../../../../src/model/source/original-name.ts';
import { encodeMappings, openMap } from '../../../draw/source-map.ts';

/** Every identifier of the line has an entry: `c` was `C_`. `^` stands before the place that V8 gives. */
function nameOf(v8Name: string, drawn: string): string | undefined {
  const column = drawn.indexOf('^') + 1;
  const text = drawn.replace('^', '');
  const words = [...text.matchAll(/[#\w$]+|\(/g)];
  const names = words.map(([word]) => `${word.toUpperCase()}_`);
  const mappings = [
    words.map(({ index }, word): [number, number, number, number, number] => [index, 0, 0, 0, word]),
  ];
  const map = openMap({ sources: ['a.ts'], names, mappings: encodeMappings(mappings) });
  return originalName(v8Name, functionHead(text, 0, 1, column), map);
}

test.each<[string, string, string | undefined]>([
  ['c', 'function c^(e){}', 'C_'],
  ['c', 'async function*c^(e){}', 'C_'],
  ['c', 'class s{c^(e){}}', 'C_'],
  ['#c', 'class s{#c^(e){}}', '#C_'],
  ['get c', 'class s{get c^(){}}', 'C_'],
  ['s.c', 'class s{c=^e=>e}', 'C_'],
  ['c', 'let c=^e=>e', 'C_'],
  ['c', 'let c = ^(e) => e', 'C_'],
  ['c', 'let c=^async e=>e', 'C_'],
  ['c', 'let c=async ^e=>e', 'C_'],
  ['c', 'let c=function^(e){}', 'C_'],
  ['c', 'let o={c:function*^(e){}}', 'C_'],
  // The identifier in front is another's.
  ['s', 'class s{constructor^(e){}}', undefined],
  ['c', 'b=^e=>e', undefined],
  // Without a name, only an entry of the bracket is the function's own.
  ['', 'f(^e=>e)', undefined],
  ['', 'f(^(e)=>e)', '(_'],
  ['', 'f(function^(e){})', '(_'],
  // esbuild's --keep-names.
  ['', 'let c=__name(^e=>e,"c")', 'C_'],
  ['', 'let c = /* @__PURE__ */ __name2(async function^(e){},"c")', 'C_'],
  ['', 'f(__name(^e=>e,"c"))', undefined],
])('%s in %s: %s', (v8Name, drawn, expected) => {
  expect(nameOf(v8Name, drawn)).toBe(expected);
});

test('a name kept by esbuild is read from the text where the map has none', () => {
  const head = functionHead('let c=__name(e=>e,"c")', 0, 1, 14);
  expect(originalName('', head, undefined)).toBe('c');
});

test('a long line is read only near the function', () => {
  const text = `${'x'.repeat(5_000_000)};function c(e){}`;
  const head = functionHead(text, 0, 1, text.indexOf('(') + 1);
  expect(head.before).toHaveLength(200);
  expect(head.before.endsWith('function c')).toBe(true);
});

import { expect, test } from 'vitest';
import { programOf } from './lint-text.ts';

/** Each use of a name with the line and column of its declaration. */
function meanings(text: string, name: string): string[] {
  const program = programOf(text);
  return program.all('Identifier').flatMap(node => {
    if (node.name !== name) return [];
    const binding = program.scopes.bindingOf(node);
    if (!binding) return ['global or no name'];
    if (binding.identifier === node) return [];
    return [`${binding.kind} ${text.slice(binding.identifier.start - 4, binding.identifier.end)}`];
  });
}

test.each([
  ['a block', 'const a = 1; { const a = 2; a; } a;', ['const nst a', 'const nst a']],
  ['var belongs to its function', 'function f() { if (x) { var a = 1; } a; }', ['var var a']],
  ['known before it is declared', 'f(); function f() {}', ['function ion f']],
  ['a parameter', 'const a = 1; const g = (a) => a;', ['parameter  = (a']],
  ['a pattern', 'const { b: { a = 1 }, ...c } = x; a;', ['const : { a']],
  ['a catch', 'try {} catch (a) { a; }', ['catch ch (a']],
  ['a loop', 'for (const a of b) a; a;', ['const nst a', 'global or no name']],
  ['an import', `import { x as a } from 'm'; a;`, ['import  as a']],
  ['keys are no names', 'const a = 1; x.a; ({ a: 2 }); class C { a = 1 } x[a];', ['const nst a']],
  ['a short property is one', 'const a = 1; ({ a });', ['const nst a']],
  ['types are none', 'const a = 1; type T = typeof a; let x: a; a as a;', ['const nst a']],
  [
    'the name of a function expression',
    'const x = function a() { a; }; a;',
    ['function ion a', 'global or no name'],
  ],
])('%s', (_, text, expected) => {
  expect(meanings(text, text.startsWith('f()') ? 'f' : 'a').filter(each => !isKey(each, expected))).toEqual(
    expected,
  );
});

/** Keys have no meaning of their own; they are dropped where no global is expected. */
const isKey = (each: string, expected: readonly string[]): boolean =>
  each === 'global or no name' && !expected.includes(each);

import { describe, expect, test } from 'vitest';
import { findFunction, functionInLine } from '../../../../src/model/watched/find-function.ts';
import { refusalOf } from '../../../../src/model/watched/refusal.ts';
import { parsed } from './parsed.ts';

const names = (text: string): string[] => parsed(text).functions.map(({ name }) => name);

describe('functions are known by', () => {
  test.each([
    ['their own name', 'function list() {}', ['list']],
    ['their variable', 'const list = () => 1, other = async function () {}', ['list', 'other']],
    [
      'the class around them',
      'class Orders { async find() {} static s = () => 1 }',
      ['Orders.find', 'Orders.s'],
    ],
    [
      'what they are of a class',
      'class A { constructor() {} get n() { return 1 } static {} #p() {} }',
      ['A.constructor', 'A.get n', 'A.static {}', 'A.#p'],
    ],
    ['the object that holds them', 'const api = { list() {}, get: () => 1 }', ['api.list', 'api.get']],
    ['what they are assigned to', 'module.exports.list = () => 1; this.x = function () {}', ['list', 'x']],
    ['what is exported', 'export default () => 1', ['default']],
    ['what they are given to', 'app.get("/orders", async (req, res) => {})', ["app.get('/orders') callback"]],
    [
      'what they stand in',
      'function setup() { return items.map(x => x) }',
      ['setup', 'setup.items.map callback'],
    ],
  ])('%s', (_, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test('declarations without a body are none', () => {
    expect(names('declare function a(): void; abstract class B { abstract c(): void; d?(): void }')).toEqual(
      [],
    );
  });
});

describe('a function of the settings', () => {
  const text = 'function a() {}\nclass B { a() {} }\nfunction c() { function a() {} }\nfunction c() {}';

  test('is found by its name, wherever it stands by now', () => {
    expect(findFunction(parsed(text), { function: 'B.a', line: 40 })?.start).toBe(text.indexOf('a() {} }'));
  });

  test('is the one of several that is nearest to where it was', () => {
    const found = (line: number) => findFunction(parsed(text), { function: 'c', line })?.start;
    expect([found(1), found(9)]).toEqual([text.indexOf('function c'), text.lastIndexOf('function c')]);
  });

  test('is not guessed when there is none of its name', () => {
    expect(findFunction(parsed(text), { function: 'gone', line: 1 })).toBeUndefined();
  });

  test('is found by a line in it: the innermost one', () => {
    expect(functionInLine(parsed(text), 3)?.name).toBe('c.a');
    expect(functionInLine(parsed('\n\nlet x'), 1)).toBeUndefined();
  });
});

describe('a function is refused', () => {
  test.each([
    ['with `await using`', 'async function f() { await using x = y() }', /await using/],
    ['that declares a function twice', 'function f() { function a() {} function a() {} }', /declares `a`/],
    ['that has a function named as a parameter', 'function f(a) { function a() {} }', /declares `a`/],
    ['in a minified line', `function f() { ${'x();'.repeat(300)} }`, /minified/],
  ])('%s', (_, text, reason) => {
    expect(refusalOf(parsed(text).functions[0]!.node, text)).toMatch(reason);
  });

  test('for nothing else', () => {
    const text = 'async function f(a) { using x = a; function g() { var a; function a() {} } await g }';
    expect(refusalOf(parsed(text).functions[0]!.node, text)).toBeUndefined();
  });
});

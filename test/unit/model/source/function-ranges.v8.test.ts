import { Session } from 'node:inspector';
import type { Runtime } from 'node:inspector';
import vm from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanFunctions } from '../../../../src/model/source/function-ranges.ts';

/** Scripts whose value is a function; its expected range stands between « and ». */
const FUNCTIONS = [
  '«function f(a) {}» f',
  '«function* f() {}» f',
  '«async function f() {}» f',
  '«async function* f() {}» f',
  'x = «function () {}»',
  'x = «async function named() {}»',
  'x = «() => 1»',
  'x = «a => a»',
  'x = «(a, b = 1) => {}»',
  'x = «async () => 1»',
  'x = «async a => a»',
  'x = a => «b => a»; x(1)',
  'x = («(a) => a»)',
  'x = (1, «(\n  { a },\n  b,\n) => a»)',
  'x = { «a() {}» }; x.a',
  'x = { «async a() {}» }; x.a',
  'x = { «*a() {}» }; x.a',
  'x = { «async *a() {}» }; x.a',
  "x = { «'a b'() {}» }; x['a b']",
  'x = { «1() {}» }; x[1]',
  'x = { [1 + 1]«() {}» }; x[2]',
  'x = { async *[1 + 1]«(a) {}» }; x[2]',
  'x = { a: «function () {}» }; x.a',
  'x = { «get a() {}» }; Object.getOwnPropertyDescriptor(x, "a").get',
  'x = { «set a(b) {}» }; Object.getOwnPropertyDescriptor(x, "a").set',
  'x = { get ["a"]«() {}» }; Object.getOwnPropertyDescriptor(x, "a").get',
  'x = class { «constructor() {}» a() {} }',
  'x = class extends Object { a() {} «constructor(a) { super() }» }',
  'x = «class { }»',
  'x = «class A extends Object { a() {} }»',
  'x = «class { b = 1; a() {} }»',
  'x = class { b = 1; «a() {}» }; x.prototype.a',
  'x = class { «static a() {}» }; x.a',
  'x = class { «static async *a() {}» }; x.a',
  'x = class { static ["a"]«() {}» }; x.a',
  'x = class { «static get a() {}» }; Object.getOwnPropertyDescriptor(x, "a").get',
  'x = class { «#a() {}» static get(x) { return x.#a } }; x.get(new x())',
  'x = class { a = «() => 1» }; new x().a',
  'x = class { static a; static { this.a = «() => 1» } }; x.a',
];

const KEY = 'functionAtPlace';

describe('the place that V8 gives to a function', () => {
  const session = new Session();
  beforeAll(() => {
    session.connect();
    session.post('Debugger.enable');
  });
  afterAll(() => session.disconnect());

  it.each(FUNCTIONS)('is inside its range: %s', drawn => {
    const text = drawn.replaceAll(/[«»]/g, '');
    const ranges = scanFunctions(text);
    const { lineNumber, columnNumber = 0 } = locationOf(vm.runInNewContext(text));
    const index = ranges?.innermostAt(ranges.offsetOf(lineNumber + 1, columnNumber + 1)) ?? -1;
    expect(text.slice(ranges?.start[index], ranges?.end[index])).toBe(/«(.*)»/s.exec(drawn)?.[1]);
  });

  /** V8's `[[FunctionLocation]]`, 0-based: the same place as in the frames of its CPU profiles. */
  function locationOf(value: unknown): { lineNumber: number; columnNumber?: number } {
    Reflect.set(globalThis, KEY, value);
    let location: unknown;
    session.post('Runtime.evaluate', { expression: `globalThis.${KEY}` }, (_, { result }) => {
      session.post(
        'Runtime.getProperties',
        { objectId: result.objectId ?? '', ownProperties: true },
        (_, properties) => {
          location = placeIn(properties);
        },
      );
    });
    Reflect.deleteProperty(globalThis, KEY);
    return location as { lineNumber: number; columnNumber?: number };
  }

  const placeIn = ({ internalProperties = [] }: Runtime.GetPropertiesReturnType): unknown =>
    internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
});

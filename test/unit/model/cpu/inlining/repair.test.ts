import { describe, expect, test } from 'vitest';
import { repairInlining } from '../../../../../src/model/cpu/inlining/repair.ts';
import { scanFunctions } from '../../../../../src/model/source/function-ranges.ts';
import { dedent, drawCallTree, parseCallTree } from '../../../../draw/call-tree.ts';

const APP = `
  function mainBurn(n) {            // line 1
    let s = 0;
    for (let i = 0; i < n; i++)
      s += Math.sqrt(i);
    return s;
  }
  function other(n) {               // line 7
    let s = 0;
    for (let i = 0; i < n; i++) s += i % 7;
    return s;
  }
  function tick() {                 // line 12

    x += mainBurn(200);
    x += other(20);
  }`;

const LIBRARY = `
  // a comment
  // another
  // and a third
  export function score(item) {     // line 4
    let s = 0;
    for (let i = 0; i < 9; i++)
      s += item.price * i;          // line 7
    return s;
  }
  export function rate(item) {      // line 10
    return item.stars * 2;
  }`;

const scripts = new Map(
  [APP, LIBRARY].map((text, index) => [['app.js', 'lib.js'][index], dedent(text).join('\n')]),
);

function repair(drawn: string, known = scripts) {
  const { tree, summary } = repairInlining(parseCallTree(drawn), frame => {
    const text = known.get(frame.scriptId);
    const ranges = text === undefined ? undefined : scanFunctions(text);
    return text === undefined || !ranges ? undefined : { text, ranges, startLine: 0, startColumn: 0 };
  });
  return { drawn: drawCallTree(tree), summary };
}

const drawing = (text: string): string => dedent(text).join('\n');

describe('time that V8 charged to the function something was inlined into', () => {
  test('goes back to the called function that owns the line', () => {
    const { drawn, summary } = repair(`
      (root)
        tick app.js:12:14 | 14: 20, 4: 300, 3: 50
          mainBurn app.js:1:18 | 4: 100`);
    expect(drawn).toBe(
      drawing(`
      (root)
        tick app.js:12:14 | 14: 20
          mainBurn app.js:1:18 | 3: 50, 4: 400`),
    );
    expect(summary).toMatchObject({
      checkedMicroseconds: 470,
      repairedMicroseconds: 350,
      estimatedMicroseconds: 0,
    });
  });

  test('goes to a function of another file, through a function between that was inlined too', () => {
    const { drawn } = repair(`
      (root)
        tick app.js:12:14 | 13: 5, 7: 300
          other app.js:7:15
            score lib.js:4:22 | 7: 10
        other app.js:7:15 | 9: 10`);
    expect(drawn).toBe(
      drawing(`
      (root)
        tick app.js:12:14 | 13: 5
          other app.js:7:15
            score lib.js:4:22 | 7: 310
        other app.js:7:15 | 9: 10`),
    );
  });

  test('makes a node where the callee has none below this caller', () => {
    const { drawn } = repair(`
      (root)
        tick app.js:12:14 | 4: 300
        tick app.js:12:14
          mainBurn app.js:1:18 | 4: 100`);
    expect(drawn).toBe(
      drawing(`
      (root)
        tick app.js:12:14
          mainBurn app.js:1:18 | 4: 300
        tick app.js:12:14
          mainBurn app.js:1:18 | 4: 100`),
    );
  });

  test('goes to the function of the same file that owns the line when no sample ever named one', () => {
    const { drawn, summary } = repair(`
      (root)
        tick app.js:12:14 | 9: 300`);
    expect(drawn).toBe(
      drawing(`
      (root)
        tick app.js:12:14
          other app.js:7:1 | 9: 300`),
    );
    expect(summary.estimatedMicroseconds).toBe(300);
  });

  test('is shown as inlined code when nothing owns the line', () => {
    const { drawn, summary } = repair(`
      (root)
        tick app.js:12:14 | 14: 10, 977: 300`);
    expect(drawn).toBe(
      drawing(`
      (root)
        tick app.js:12:14 | 14: 10
          (inlined code) | 977: 300`),
    );
    expect(summary.ambiguousMicroseconds).toBe(300);
  });

  test('of a line that both caller and callee own is split by what the callee left on its other lines', () => {
    // score burns twice as much on line 7 as on line 6, and left 100 on line 6, which is none of other's.
    const { drawn, summary } = repair(`
      (root)
        other app.js:7:15 | 9: 40, 7: 210, 6: 100
          score lib.js:4:22 | 6: 10, 7: 20`);
    const left = Number(/other app\.js:7:15 .*\b7: (\d+)/.exec(drawn)?.[1]);
    const moved = Number(/score lib\.js:4:22 .*\b7: (\d+)/.exec(drawn)?.[1]);
    expect(left + moved).toBe(230);
    // By the proportion alone 200 are score's; few ticks leave some doubt.
    expect(moved).toBeGreaterThan(180);
    expect(summary.estimatedMicroseconds).toBeGreaterThan(150);
  });
});

describe('time that V8 charged rightly', () => {
  test('stays, on every line of the function, closing brackets included', () => {
    const before = `
      (root)
        mainBurn app.js:1:18 | 1: 1, 2: 5, 3: 10, 4: 100, 5: 5, 6: 2`;
    const { drawn, summary } = repair(before);
    expect(drawn).toBe(drawing(before));
    expect(summary).toMatchObject({ repairedMicroseconds: 0, ambiguousMicroseconds: 0 });
  });

  test('stays on a line that a callee in another file owns too, when the callee was not inlined', () => {
    const before = `
      (root)
        tick app.js:12:14 | 14: 10
          rate lib.js:10:21 | 11: 50
        mainBurn app.js:1:18 | 4: 100
          score lib.js:4:22 | 7: 100`;
    expect(repair(before).drawn).toBe(drawing(before));
  });
});

describe('without the text that V8 ran', () => {
  test('nothing is moved, and the summary says how much could not be checked', () => {
    const before = `
      (root)
        tick app.js:12:14 | 4: 300
          mainBurn app.js:1:18 | 4: 100`;
    const { drawn, summary } = repair(before, new Map());
    expect(drawn).toBe(drawing(before));
    expect(summary.notRepairedMicroseconds).toBe(400);
  });

  test('a text in which no function stands where V8 saw one is not used', () => {
    const before = `
      (root)
        tick app.js:12:14 | 4: 300`;
    const { summary } = repair(before, new Map([['app.js', 'const nothing = 1;\n'.repeat(20)]]));
    expect(summary.notRepairedMicroseconds).toBe(300);
  });
});

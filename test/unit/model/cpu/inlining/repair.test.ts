import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallTree } from '../../../../../src/model/cpu/call-tree.ts';
import type { ScriptBodies } from '../../../../../src/model/cpu/inlining/frame-bodies.ts';
import { InliningRepair, repairInlining } from '../../../../../src/model/cpu/inlining/repair.ts';
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
  const { tree, summary } = repairInlining(parseCallTree(drawn), bodiesOf(known));
  return { drawn: drawCallTree(tree), summary };
}

const bodiesOf =
  (known: typeof scripts): ScriptBodies =>
  ({ scriptId }) => {
    const text = known.get(scriptId);
    const ranges = text === undefined ? undefined : scanFunctions(text);
    return text === undefined || !ranges ? undefined : { text, ranges, startLine: 0, startColumn: 0 };
  };

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

describe('a part of the time', () => {
  const whole = parseCallTree(`
    (root)
      tick app.js:12:14 | 9: 40, 14: 20, 4: 300, 3: 50
        mainBurn app.js:1:18 | 4: 100, 8: 7
        other app.js:7:15 | 9: 90
          score lib.js:4:22 | 7: 10, 9: 30, 11: 80
            rate lib.js:10:22 | 11: 20`);

  /** The lines of the whole, each with a share of its time. */
  function partWith(shares: readonly number[]): CallTree {
    const lineMicroseconds = whole.lineMicroseconds.map((time, row) => time * shares[row]!);
    const self = new Float64Array(whole.nodeCount);
    for (const [row, node] of whole.lineNode.entries()) self[node]! += lineMicroseconds[row]!;
    return { ...whole, lineMicroseconds, self, samples: self.map(time => time / 10) };
  }

  const selfByName = (...trees: readonly CallTree[]): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const { self, frame, frames } of trees)
      for (const [node, time] of self.entries()) {
        const { functionName } = frames[frame[node]!]!;
        sums.set(functionName, (sums.get(functionName) ?? 0) + time);
      }
    return sums;
  };

  test('is repaired by what the whole tells, so that the parts add up to it', () => {
    const inlining = new InliningRepair(whole, bodiesOf(scripts));
    const repaired = selfByName(inlining.of(whole).tree);
    expect(repaired.get('mainBurn')).toBeGreaterThan(400);
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: whole.lineNode.length,
      maxLength: whole.lineNode.length,
    });
    fc.assert(
      fc.property(shares, first => {
        const parts = [first, first.map(share => 1 - share)].map(each => inlining.of(partWith(each)));
        const sums = selfByName(...parts.map(({ tree }) => tree));
        for (const [name, time] of repaired) expect(sums.get(name)).toBeCloseTo(time, 6);
        for (const { tree } of parts) expect([...tree.samples].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test('without any time stays as it is', () => {
    const none = partWith([...whole.lineNode].map(() => 0));
    const { tree, summary } = new InliningRepair(whole, bodiesOf(scripts)).of(none);
    expect([...tree.self, ...tree.samples].every(value => value === 0)).toBe(true);
    expect(summary.repairedMicroseconds).toBe(0);
  });
});

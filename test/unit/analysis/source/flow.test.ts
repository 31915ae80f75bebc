import { describe, expect, test } from 'vitest';
import { flow } from '../../../../src/analysis/source/flow.ts';
import { programOf } from './lint-text.ts';

const BEFORE = 1;
const HELD = 2;
const FREE = 4;

/** `take()` and `free()` around what may throw, which is `await`: how the function may end. */
function ends(body: string): { returned: string; thrown: string } {
  const program = programOf(`async function f() { ${body} }`);
  const [around] = program.ast.body;
  if (around?.type !== 'FunctionDeclaration' || !around.body) throw new Error('There is no function.');
  const called = (node: { start: number; end: number; type: string }, name: string): boolean =>
    node.type === 'CallExpression' && program.textOf(node) === `${name}()`;
  const { returned, thrown } = flow(around.body, BEFORE, {
    after: (node, states) => (called(node, 'take') ? HELD : called(node, 'free') ? FREE : states),
    mayThrow: ({ type }) => type === 'AwaitExpression',
    endsProgram: node => called(node, 'exit'),
    assume: (test, holds, states) => (program.textOf(test) === 'held' && !holds ? states & ~HELD : states),
  });
  const text = (states: number): string =>
    [states & BEFORE ? 'before' : '', states & HELD ? 'held' : '', states & FREE ? 'free' : '']
      .filter(Boolean)
      .join(' ');
  return { returned: text(returned), thrown: text(thrown) };
}

describe('how a function may end', () => {
  test.each([
    ['take(); free();', 'free', ''],
    ['take(); await x; free();', 'free', 'held'],
    ['take(); try { await x; } finally { free(); }', 'free', 'free'],
    ['take(); try { await x; free(); } catch { free(); }', 'free', ''],
    ['take(); try { await x; } catch { } free();', 'free', ''],
    ['take(); if (x) return; free();', 'held free', ''],
    ['take(); try { if (x) return; } finally { free(); } ', 'free', ''],
    ['take(); if (x) throw y; free();', 'free', 'held'],
    ['take(); x && free();', 'held free', ''],
    ['take(); x ? free() : y;', 'held free', ''],
    ['if (x) take(); if (held) free();', 'before free', ''],
    ['if (x) take(); if (!held) return; free();', 'before free', ''],
    ['if (x) take(); held && free();', 'before free', ''],
    ['take(); for (const a of b) { if (a) break; free(); }', 'held free', ''],
    ['while (true) { take(); if (x) break; free(); }', 'held', ''],
    ['while (true) { take(); if (x) return; free(); }', 'held', ''],
    ['outer: for (;;) { take(); for (;;) { if (x) continue outer; if (y) break outer; } }', 'held', ''],
    ['do { take(); } while (x); free();', 'free', ''],
    ['for (const a of b) { take(); if (a) continue; free(); }', 'before held free', ''],
    ['take(); switch (x) { case 1: free(); break; case 2: return; }', 'held free', ''],
    ['take(); switch (x) { case 1: default: free(); }', 'free', ''],
    ['take(); if (x) { exit(); } free();', 'free', ''],
    ['take(); const g = () => { free(); };', 'held', ''],
    ['try { take(); await x; } catch (e) { await y; } finally { if (held) free(); }', 'free', 'free'],
    ['try { return take(); } finally { await x; }', 'held', 'held'],
    ['for await (const a of take()) { free(); }', 'held free', 'held free'],
  ])('%s', (body, returned, thrown) => {
    expect(ends(body)).toEqual({ returned, thrown });
  });
});

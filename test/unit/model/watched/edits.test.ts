import { describe, expect, test } from 'vitest';
import { edited, watchEdits } from '../../../../src/model/watched/edits.ts';
import { parsed, watchable } from './parsed.ts';

/** The text with all of its functions watched; the long beginning is drawn as `⟨1⟩`, with the function's number. */
function drawn(text: string): string {
  const { functions } = parsed(text);
  const nodes = functions.map(({ node, constructs }, index) => ({ node, constructs, id: index + 1 }));
  return edited(text, watchEdits(text, nodes))
    .replaceAll(
      /const \$w=typeof __slowcatch_watch_1==="undefined"\?\{[^;]*\}:__slowcatch_watch_1\((\d+)\);try\{/g,
      '⟨$1⟩',
    )
    .replaceAll(/ {2,}\$w/g, ' $w');
}

describe('a watched function', () => {
  test('says what it returns and that it has come to its end', () => {
    expect(drawn('function price(n) { if (!n) return; return(n, n * 2) }')).toBe(
      'function price(n) {⟨1⟩ if (!n) return $w.r(); return $w.r(((n, n * 2))) ;$w.k()}finally{$w.e()}}',
    );
  });

  test('that is one expression becomes a block', () => {
    expect(drawn('const twice = n => n * 2;')).toBe(
      'const twice = n => {⟨1⟩return $w.r(n * 2)}finally{$w.e()}};',
    );
    expect(drawn('const pair = n => ({ n });')).toContain('return $w.r(({ n }))');
  });

  test('says when it waits, and when it goes on: with a value, or in catch and finally', () => {
    expect(drawn('async function load(id) { try { return await get(id) } catch { return 1 } }')).toBe(
      'async function load(id) {⟨1⟩ try { return $w.r(( $w.q(await $w.p(get(id))))) } ' +
        'catch {$w.q(); return $w.r((1)) } ;$w.k()}finally{$w.e()}}',
    );
  });

  test('keeps its directives in front', () => {
    expect(drawn('function strict() { "use strict"\n return 1 }')).toContain('"use strict";⟨1⟩\n');
  });

  test('begins after super where it constructs a derived class', () => {
    expect(drawn('class A extends B { constructor() { const n = 1; super(n); this.n = n } }')).toContain(
      'const n = 1; super(n);⟨1⟩ this.n = n ;$w.k()}finally',
    );
  });

  test('leaves the functions inside of it alone', () => {
    const text = 'function outer() { return [1].map(function inner(n) { return n }) }';
    const [outer] = parsed(text).functions;
    expect(edited(text, watchEdits(text, [{ node: outer!.node, id: 1 }]))).toContain(
      'function inner(n) { return n }',
    );
  });

  test('calls its call by a name that the text does not have', () => {
    expect(
      edited('const $w = () => 1', watchEdits('const $w = () => 1', [watchable('const $w = () => 1')])),
    ).toContain('const $w2=');
  });

  test('has as many lines as before, and the same text around the insertions', () => {
    const text = 'async function* all() {\n  for await (const x of y)\n    yield x\n  yield\n}\n';
    const edits = watchEdits(text, [watchable(text)]);
    expect(edited(text, edits).split('\n')).toHaveLength(text.split('\n').length);
    expect(edits.map(([offset]) => offset)).toEqual(
      edits.map(([offset]) => offset).toSorted((a, b) => a - b),
    );
    expect(parsed(edited(text, edits)).functions.map(({ name }) => name)).toContain('all');
  });
});

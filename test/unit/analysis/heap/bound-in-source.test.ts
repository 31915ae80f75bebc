import { expect, test } from 'vitest';
import { boundInSource } from '../../../../src/analysis/heap/bound-in-source.ts';

test.each([
  ['if (pages.size >= MOST) pages.delete(pages.keys().next().value);', 'pages.size >= MOST'],
  ['if (this.pages.size > this.max)\n  this.pages.clear();', 'pages.size > this.max'],
  ['if (pages.length === 500) pages = [];', 'pages.length === 500'],
  ['while (pages.length > 5_000) pages.shift();', 'pages.length > 5_000'],
  ['if (pages.length < size) pages.push(page);', 'pages.length < size'],
])('%s bounds what it holds', (text, bound) => {
  expect(boundInSource(text, ['app', 'pages'], 200)).toBe(bound);
});

test.each([
  ['nothing compares', 'pages.set(id, page); pages.delete(other);'],
  ['nothing is removed', 'if (pages.size > 1000) console.warn(pages.size);'],
  ['the limit is passed long ago', 'if (pages.size >= 100) pages.delete(first);'],
  ['it is another one', 'if (mypages.size >= MOST) mypages.delete(first);'],
  ['the loop goes over it', 'for (let at = 0; at < pages.length; at++) show(pages[at]);'],
])('%s: no bound', (_, text) => {
  expect(boundInSource(text, ['pages'], 200)).toBeUndefined();
});

test('names of programs are no patterns', () => {
  expect(boundInSource('if (a.size > 9) a.clear();', ['(', '[a-z]+', '#all'], 2)).toBeUndefined();
});

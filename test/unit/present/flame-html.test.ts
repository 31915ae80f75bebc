import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { ELEMENTS, type HtmlFlame } from '../../../src/contracts/views/html-flame.ts';
import type { StackProfile } from '../../../src/model/stacks/stack-profile.ts';
import type { HtmlFacts } from '../../../src/present/flame-html/facts.ts';
import { flameHtml } from '../../../src/present/flame-html.ts';
import { stacksOf } from '../../draw/stacks-of.ts';

const VISUALIZER = {
  script: '/* script */',
  scriptHash: 'c2NyaXB0',
  style: '/* style */',
  styleHash: 'c3R5bGU=',
  notices: 'MIT',
};

const page = (profile: StackProfile, facts: Partial<HtmlFacts> = {}): string =>
  flameHtml(profile, { producer: 'slowcatch@1', ...facts }, VISUALIZER, text =>
    zlib.gzipSync(text).toString('base64'),
  );

function dataOf(html: string): HtmlFlame {
  const [, packed = ''] =
    new RegExp(`<script type="text/plain" id="${ELEMENTS.data}">([\\w+/=]*)</script>`).exec(html) ?? [];
  return JSON.parse(zlib.gunzipSync(Buffer.from(packed, 'base64')).toString()) as HtmlFlame;
}

/** Texts of the elements of one kind, without those within. */
const texts = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) => text);

const SHOP = stacksOf(`
  main
    (idle) 1000000
    (garbage collector) 10000
    serve /shop/src/shop.js:1 10000
      rank /shop/src/shop.js:9 60000
        compare /shop/src/shop.js:12 20000
`);

test('the page says what was measured, when and how, and what is not in the graph', () => {
  const html = page(SHOP, { startedAt: '2026-11-23T10:31:22.480Z', intervalMicroseconds: 1020 });
  expect(texts(html, 'dt').map((name, index) => `${name}: ${texts(html, 'dd')[index]}`)).toEqual([
    'CPU time: 100 ms',
    'Garbage collection: 10.0 ms (10 % of it)',
    'Idle: 1.00 s, not in the graph',
    'Measured: time-weighted; sampled, 110,000 samples, one per 1.02 ms',
    'Recorded: 2026-11-23 10:31:22 UTC',
  ]);
});

test('the hottest functions stand in a table, with one unit', () => {
  const rows = [...page(SHOP).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .split(/<[^>]*>/)
      .map(cell => cell.trim())
      .filter(cell => cell !== '')
      .join(' | '),
  );
  expect(rows).toEqual([
    'Function | Place | Self, ms | Self, share | Total, ms | Total, share',
    'rank | /shop/src/shop.js:9 | 60.0 | 60 % | 80.0 | 80 %',
    'compare | /shop/src/shop.js:12 | 20.0 | 20 % | 20.0 | 20 %',
    'serve | /shop/src/shop.js:1 | 10.0 | 10 % | 90.0 | 90 %',
    '(garbage collector) | 10.0 | 10 % | 10.0 | 10 %',
  ]);
});

test('the graph has the stacks with their kinds, once', () => {
  expect(dataOf(page(SHOP))).toEqual({
    unit: 'microseconds',
    functions: [
      ['(garbage collector)', '', 'state'],
      ['serve', '/shop/src/shop.js:1', 'own'],
      ['rank', '/shop/src/shop.js:9', 'own'],
      ['compare', '/shop/src/shop.js:12', 'own'],
    ],
    tracks: [
      {
        name: 'main',
        parent: [0, 1, 2, 1, 1],
        function: [-1, 0, 1, 2, 3],
        self: [0, 10_000, 10_000, 60_000, 20_000],
        rest: [0, 0, 0, 0, 0],
        restCount: [0, 0, 0, 0, 0],
        apart: [['(idle)', 1_000_000]],
      },
    ],
  });
});

test('only the script and the style of the page run, and nothing is fetched', () => {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page(SHOP)) ?? [];
  expect(policy?.replaceAll('&#39;', "'")).toBe(
    "default-src 'none'; script-src 'sha256-c2NyaXB0'; style-src 'sha256-c3R5bGU='; base-uri 'none'; form-action 'none'",
  );
  expect(page(SHOP)).not.toMatch(/\b(?:src|href)="(?!https:\/\/github\.com\/)/);
});

const HOSTILE = [
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['a comment', '<!--<script>'],
  ['an element', '<img src=x onerror=alert(1)>'],
  ['quotes', `"'><b onmouseover='alert(1)'>`],
  ['a template', '${alert(1)}`'],
  ['entities', '&lt;script&gt;'],
  ['line separators', 'a\u2028b\u2029c\r\nd'],
  ['what reorders text', '\u202Eevil\u202C \u2066x\u2069 \u200Fy'],
  ['half a character', '\uD83D \uDE00'],
  ['an escape sequence and a NUL', '\u001b[31m\0'],
  ['a very long name', 'x'.repeat(100_000)],
] as const;

test.each(HOSTILE)('%s in a name, a place, a title or a thread stays text', (_, text) => {
  const one = stacksOf('main\n  plain a.js:1 10');
  const profile: StackProfile = {
    ...one,
    name: text,
    functions: one.functions.map(each => ({ ...each, name: text, file: `/shop/${text}` })),
    tracks: one.tracks.map(track => ({ ...track, name: text })),
  };
  const html = page(profile);
  const plain = page(stacksOf('main\n  plain a.js:1 10'));
  const tags = (of: string): string[] => of.match(/<[!/]?[a-z-]+/gi) ?? [];
  expect(tags(html)).toEqual(tags(plain));
  expect(html).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u2028\u2029\u202A-\u202E\u2066-\u2069\u200F]/);
  expect(html.length).toBeLessThan(plain.length + 10_000);
  expect(Buffer.from(html).toString()).toBe(html);
});

test('bytes are no time', () => {
  const html = page(stacksOf('main\n  fill a.js:1 4800000', 'bytes'));
  expect(texts(html, 'dd')).toEqual(['4.80 MB', 'sampled, 480,000 samples']);
  expect(html).toContain('Self, KB');
});

test.each([
  ['no thread', ''],
  ['an empty thread', 'main'],
  ['an idle one', 'main\n  (idle) 500'],
])('a profile of %s says that there is nothing to draw, and what to do', (_, drawn) => {
  const html = page(stacksOf(drawn));
  expect(html).toMatch(/Record (?:while|for longer)/);
  expect(html).not.toMatch(/<script|<table/);
});

test('what is too small to be drawn is said, and is in the table', () => {
  const flat = Array.from(
    { length: 10_050 },
    (_, index) => `  f${index % 150} a.js:1 ${index < 9_999 ? 2 : 1}`,
  );
  const html = page(stacksOf(['main', ...flat].join('\n')));
  expect(html.replaceAll(/\s+/g, ' ')).toContain('The other 51 hold 51.0 µs together (0.3 %)');
  expect(texts(html, 'p').some(text => text.includes('50 more functions have less'))).toBe(true);
});

test('several threads share one table, and are drawn heaviest first; those without work are not', () => {
  const html = page(stacksOf('idler\n  (idle) 5\nmain\n  a a.js:1 1\nworker\n  a a.js:1 2'));
  expect(html).toContain('Hottest functions of all threads');
  expect(dataOf(html).tracks.map(({ name }) => name)).toEqual(['worker', 'main']);
});

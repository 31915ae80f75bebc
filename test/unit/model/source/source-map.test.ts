import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
import type { SourceMapSegment } from '@jridgewell/trace-mapping';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSourceMap, sourceTexts } from '../../../../src/model/source/source-map.ts';
import { drawMap, encodeMappings, openMap } from '../../../draw/source-map.ts';

const AT = { mapUrl: 'shop.js.map', scriptUrl: 'file:///app/dist/shop.js' };

describe('position', () => {
  test('is that of the segment around, from its first column to before the next segment', () => {
    const map = openMap({
      sources: ['../src/a.ts'],
      mappings: encodeMappings([[], [[4, 0, 9, 2], [8, 0, 11, 0], [12]]]),
    });
    const at = (column: number): string => {
      const found = map.position(2, column);
      return found ? `${found.file}:${found.line}:${found.column}` : 'none';
    };
    expect([4, 5, 8, 9, 12, 13].map(at)).toEqual([
      'none',
      '/app/src/a.ts:10:3',
      '/app/src/a.ts:10:3',
      '/app/src/a.ts:12:1',
      '/app/src/a.ts:12:1',
      'none',
    ]);
    expect(map.position(1, 1)).toBeUndefined();
    expect(map.position(3, 1)).toBeUndefined();
  });

  test('is what @jridgewell/trace-mapping finds, for any mappings in any order', () => {
    const number = fc.nat(40);
    const segment: fc.Arbitrary<SourceMapSegment> = fc.oneof(
      fc.tuple(number),
      fc.tuple(number, fc.nat(2), number, number),
      fc.tuple(number, fc.nat(2), number, number, fc.nat(3)),
    );
    const line = fc.uniqueArray(segment, { selector: ([column]) => column, maxLength: 12 });
    const place = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.array(place, { minLength: 5 }), (mappings, places) => {
        const json = { sources: ['a.ts', 'b.ts', 'c.ts'], names: ['m', 'n', 'o', 'p'] };
        const map = openMap({ ...json, mappings: encodeMappings(mappings) });
        const oracle = new TraceMap({ version: 3, ...json, mappings }, 'file:///app/dist/shop.js.map');
        for (const [lineNumber, column] of places) {
          const {
            source,
            line,
            column: found,
          } = originalPositionFor(oracle, { line: lineNumber, column: column - 1 });
          const expected =
            source === null ? undefined : { file: source.slice('file://'.length), line, column: found + 1 };
          expect(map.position(lineNumber, column)).toEqual(expected);
        }
      }),
    );
  });

  test('is found behind segments without an original', () => {
    const map = openMap({ sources: ['a.ts'], mappings: ';A;A,C;;A,AAAA' });
    expect(map.position(5, 1)).toEqual({ file: '/app/dist/a.ts', line: 1, column: 1 });
  });

  test('is none where a segment points to no source, or in front of a file', () => {
    const map = openMap({
      sources: ['a.ts', null],
      mappings: encodeMappings([[[0, 5, 0, 0]], [[0, 1, 0, 0]], [[0, 0, -3, 0]], [[0, -1, 2, 0]]]),
    });
    expect([1, 2, 3, 4].map(line => map.position(line, 1))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([1, 2, 3, 4].map(line => map.lineOf(line))).toEqual([undefined, undefined, undefined, undefined]);
    expect(map.files).toEqual(['/app/dist/a.ts']);
  });
});

describe('lineOf', () => {
  const lineOf = (drawn: string, from?: number, to?: number): string => {
    const found = drawMap(drawn).lineOf(1, from, to);
    return typeof found === 'object' ? `${found.file}:${found.line}` : String(found);
  };

  test.each([
    ['', 'undefined'],
    ['-', 'undefined'],
    ['7 7 7', '/app/src/a.ts:7'],
    ['- 7 7 -', '/app/src/a.ts:7'],
    ['b7', '/app/src/b.ts:7'],
    // A call that was written on several lines.
    ['5 5 5 5 5 5 6 6 7 8', '/app/src/a.ts:5'],
    // } else if (…) {
    ['4 5 5 5', '/app/src/a.ts:5'],
    ['3 4 4 4 4 4 4 3', '/app/src/a.ts:4'],
    // Two statements that were joined.
    ['5 5 5 6 6 6', 'ambiguous'],
    ['5 5 6', 'ambiguous'],
    ['5 6', 'ambiguous'],
    ['5 5 5 5 5 5 b5', 'ambiguous'],
    // Too far apart for one statement.
    ['5 5 5 5 5 5 5 25', '/app/src/a.ts:5'],
    ['5 5 5 5 5 5 5 26', 'ambiguous'],
    ['40 40 40 40 40 19', 'ambiguous'],
  ])('%s', (drawn, expected) => {
    expect(lineOf(drawn)).toBe(expected);
  });

  test('looks only at the columns of a range, which may begin inside a segment', () => {
    const drawn = '1 1 2 2 3 3';
    expect(lineOf(drawn)).toBe('ambiguous');
    expect(lineOf(drawn, 3, 5)).toBe('/app/src/a.ts:2');
    expect(lineOf(drawn, 5)).toBe('/app/src/a.ts:3');
    expect(lineOf(drawn, 1, 3)).toBe('/app/src/a.ts:1');
    expect(lineOf(drawn, 9)).toBe('/app/src/a.ts:3');
    expect(lineOf(drawn, 3, 3)).toBe('undefined');
  });

  test('a line with more than 1,000 segments is ambiguous whatever they say', () => {
    expect(lineOf(Array(1000).fill('7').join(' '))).toBe('/app/src/a.ts:7');
    expect(lineOf(Array(1001).fill('7').join(' '))).toBe('ambiguous');
  });
});

describe('the texts of sources', () => {
  const part = (source: string, sourcesContent?: unknown) => ({
    version: 3,
    sources: [source, 'other.ts'],
    sourcesContent,
    mappings: '',
  });

  test('are known as far as a map holds them, in its sections too', () => {
    const known = [...sourceTexts(JSON.stringify(part('a.ts', ['text', null])), AT)];
    expect(known).toEqual([
      ['/app/dist/a.ts', 'text'],
      ['/app/dist/other.ts', undefined],
    ]);
    const sections = [part('a.ts', ['text']), part('b.ts', 7)].map((map, line) => ({
      offset: { line, column: 0 },
      map,
    }));
    const texts = sourceTexts(JSON.stringify({ version: 3, sections }), AT);
    expect([texts.get('/app/dist/a.ts'), texts.get('/app/dist/b.ts')]).toEqual(['text', undefined]);
  });

  test('are none of what is no map', () => {
    expect(sourceTexts('{}', AT).size).toBe(0);
  });
});

describe('maps with sections', () => {
  const section = (line: number, column: number, source: string, segments: SourceMapSegment[][]): object => ({
    offset: { line, column },
    map: { version: 3, sources: [source], names: [`of ${source}`], mappings: encodeMappings(segments) },
  });
  const map = openMap({
    mappings: undefined,
    sections: [
      section(0, 0, 'a.ts', [
        [
          [0, 0, 0, 0, 0],
          [30, 0, 1, 0],
        ],
        [[0, 0, 2, 0]],
        [[0, 0, 3, 0]],
      ]),
      section(1, 10, 'b.ts', [
        [
          [0, 0, 0, 0, 0],
          [5, 0, 1, 0],
        ],
        [[0, 0, 2, 0]],
      ]),
    ],
  });
  const at = (line: number, column: number): string => {
    const found = map.position(line, column);
    return found ? `${found.file}:${found.line}` : 'none';
  };

  test('each section begins at its offset', () => {
    expect([at(2, 11), at(2, 15), at(2, 16), at(3, 1)]).toEqual([
      '/app/dist/b.ts:1',
      '/app/dist/b.ts:1',
      '/app/dist/b.ts:2',
      '/app/dist/b.ts:3',
    ]);
    expect([map.nameAt(1, 1), map.nameAt(2, 11)]).toEqual(['of a.ts', 'of b.ts']);
  });

  test('each section ends where the next one begins', () => {
    expect([at(1, 31), at(2, 1), at(2, 10)]).toEqual([
      '/app/dist/a.ts:2',
      '/app/dist/a.ts:3',
      '/app/dist/a.ts:3',
    ]);
    expect(map.lineOf(3)).toEqual({ file: '/app/dist/b.ts', line: 3 });
  });

  test('a section has neither code nor sources of the next one', () => {
    const map = openMap({
      mappings: undefined,
      sections: [
        section(0, 0, 'a.ts', [
          [
            [0, 0, 0, 0],
            [5, 1, 0, 0],
            [10, 0, 4, 0],
          ],
        ]),
        section(0, 10, 'b.ts', [[[3, 0, 0, 0]]]),
      ],
    });
    expect(map.position(1, 5)?.file).toBe('/app/dist/a.ts');
    expect(map.position(1, 6)).toBeUndefined();
    expect(map.position(1, 11)).toBeUndefined();
    expect(map.position(1, 14)?.file).toBe('/app/dist/b.ts');
  });

  test.each<[string, unknown]>([
    ['its sections are not a list', {}],
    ['a section has no offset', [{ map: {} }]],
    ['a section has no offset', [null]],
    ['a section has no offset', [{ offset: { line: -1, column: 0 }, map: {} }]],
    ['a section has no offset', [{ offset: { line: 2 ** 40, column: 0 }, map: {} }]],
    ['a section has no map', [{ offset: { line: 0, column: 0 }, url: 'https://example.com/part.map' }]],
    ['its sections are not in order', [section(3, 0, 'a.ts', []), section(2, 0, 'b.ts', [])]],
    ['it has no mappings', [{ offset: { line: 0, column: 0 }, map: { sections: [] } }]],
  ])('are refused: %s', (detail, sections) => {
    const opened = openSourceMap(JSON.stringify({ version: 3, sections }), AT);
    expect(opened).toEqual({ ok: false, problem: 'source-map-broken', detail });
  });
});

describe('sources', () => {
  const fileOf = (json: object, mapUrl?: string, scriptUrl?: string): string | undefined =>
    openMap({ mappings: 'AAAA', ...json }, mapUrl, scriptUrl).position(1, 1)?.file;

  test.each<[string, string]>([
    ['../src/a.ts', '/app/src/a.ts'],
    ['a.ts', '/app/dist/a.ts'],
    ['/srv/a.ts', '/srv/a.ts'],
    ['file:///srv/a.ts', '/srv/a.ts'],
    ['file:///C:/shop/a.ts', 'C:\\shop\\a.ts'],
    ['C:\\shop\\a.ts', 'C:\\shop\\a.ts'],
    ['c:/shop/a.ts', 'c:\\shop\\a.ts'],
    ['\\\\server\\share\\a.ts', '\\\\server\\share\\a.ts'],
    ['..\\src\\a.ts', '/app/src/a.ts'],
    ['../src/a%20b%23%C3%A4.ts', '/app/src/a b#ä.ts'],
    ['../src/a b#ä.ts', '/app/src/a b#ä.ts'],
    ['../src/100%.ts', '/app/src/100%.ts'],
    ['../src/%ff.ts', '/app/src/%ff.ts'],
    ['../src/App.vue?vue&type=script', '/app/src/App.vue'],
    ['webpack://shop/./src/a.ts', 'webpack://shop/src/a.ts'],
    ['webpack:///./src/a.ts?0a1b', 'webpack:///src/a.ts?0a1b'],
    ['https://example.com/a.ts', 'https://example.com/a.ts'],
  ])('%s is %s', (source, expected) => {
    expect(fileOf({ sources: [source] })).toBe(expected);
  });

  test.each<[string, string, string]>([
    ['src', 'a.ts', '/app/dist/src/a.ts'],
    ['../src/', 'a.ts', '/app/src/a.ts'],
    ['/srv', 'a.ts', '/srv/a.ts'],
    ['file:///srv', '../a.ts', '/a.ts'],
    ['C:\\shop', 'src/a.ts', 'C:\\shop\\src\\a.ts'],
    ['/srv', '/other/a.ts', '/other/a.ts'],
    ['/srv', 'webpack://shop/a.ts', 'webpack://shop/a.ts'],
    ['webpack://shop', '/src/a.ts', 'webpack://shop/src/a.ts'],
    ['', 'a.ts', '/app/dist/a.ts'],
  ])('below the source root "%s", %s is %s', (sourceRoot, source, expected) => {
    expect(fileOf({ sourceRoot, sources: [source] })).toBe(expected);
  });

  test('are relative to the map, wherever the script is', () => {
    expect(fileOf({ sources: ['a.ts'] }, '../maps/shop.js.map')).toBe('/app/maps/a.ts');
    expect(fileOf({ sources: ['a.ts'] }, 'file:///maps/shop.js.map')).toBe('/maps/a.ts');
    expect(fileOf({ sources: ['a.ts'] }, 'data:application/json;base64,e30=')).toBe('/app/dist/a.ts');
    expect(fileOf({ sources: ['a.ts'] }, 'a.map', '/srv/100%/a#b.js')).toBe('/srv/100%/a.ts');
    expect(fileOf({ sources: ['../src/a.ts'] }, 'a.map', 'C:\\shop\\dist\\a.js')).toBe('C:\\shop\\src\\a.ts');
    expect(fileOf({ sources: ['../src/a.ts'] }, 'https://cdn.example.com/js/a.map')).toBe(
      'https://cdn.example.com/src/a.ts',
    );
  });

  test('stay as they are for a script that has no place', () => {
    expect(fileOf({ sources: ['a.ts'] }, 'a.map', 'evalmachine.<anonymous>')).toBe('a.ts');
    expect(fileOf({ sourceRoot: 'src', sources: ['a.ts'] }, 'a.map', '')).toBe('src/a.ts');
    expect(fileOf({ sources: ['a.ts'] }, 'a.map', 'node:internal/a')).toBe('a.ts');
  });

  test.each<[string, string]>([
    ['../../../../../../etc/passwd', '/etc/passwd'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['a\u0000b\u001b[31m\n.ts', '/app/dist/a%00b%1B[31m.ts'],
    ['a%00%1b%2f..%2fb.ts', '/app/dist/a%00%1b%2f..%2fb.ts'],
    ['http://[\u0007', 'http://[%07'],
    ['<script>alert(1)</script>', '/app/dist/<script>alert(1)</script>'],
    ['__proto__', '/app/dist/__proto__'],
  ])('hostile ones are inert text: %j', (source, expected) => {
    expect(fileOf({ sources: [source] })).toBe(expected);
  });
});

describe('text that is no source map', () => {
  const whole = JSON.stringify({
    version: 3,
    sources: ['ä.ts', '../b.ts'],
    names: ['price'],
    mappings: 'AAAA,IAAI;AACA,CAAC',
    sourceRoot: '',
  });

  test('a map that is cut off at any character is broken, the whole one is not', () => {
    expect(openSourceMap(whole, AT).ok).toBe(true);
    for (let length = 0; length < whole.length; length++) {
      const opened = openSourceMap(whole.slice(0, length), AT);
      expect(opened).toEqual({ ok: false, problem: 'source-map-broken', detail: 'it is not JSON' });
    }
  });

  test('mappings that are cut off at any character keep what stands before', () => {
    const mappings = 'AAAA,IAAI,SAAS;AACA,gBAAgB';
    for (let length = 0; length < mappings.length; length++) {
      const map = openMap({ sources: ['a.ts'], mappings: mappings.slice(0, length) });
      const expected = length >= 4 ? { file: '/app/dist/a.ts', line: 1, column: 1 } : undefined;
      expect(map.position(1, 1)).toEqual(expected);
    }
  });

  test.each<[string, string]>([
    ['it is not JSON', ''],
    ['it is not JSON', 'root:x:0:0:root:/root:/bin/bash'],
    ['it is not JSON', '[]'],
    ['it is not JSON', 'null'],
    ['its version is not 3', '{}'],
    ['its version is not 3', '{"version":2,"sources":[],"mappings":""}'],
    ['it has no mappings', '{"version":3,"sources":[]}'],
    ['it has no mappings', '{"version":3,"sources":[],"mappings":[[[0,0,0,0]]]}'],
    ['it has no list of sources', '{"version":3,"mappings":""}'],
    [
      'its mappings hold characters that do not belong there',
      '{"version":3,"sources":[],"mappings":"AA AA"}',
    ],
    ['its mappings hold characters that do not belong there', '{"version":3,"sources":[],"mappings":"AAÄA"}'],
  ])('%s: %s', (detail, text) => {
    expect(openSourceMap(text, AT)).toEqual({ ok: false, problem: 'source-map-broken', detail });
  });

  test("a server's guard in front of the JSON is passed over", () => {
    expect(openSourceMap(`)]}'\n${whole}`, AT).ok).toBe(true);
  });

  test('no text and no question makes it throw', () => {
    const letters = 'ACDEgh9/+,;'.split('');
    const mappings = fc.oneof(
      fc.array(fc.constantFrom(...letters)).map(all => all.join('')),
      fc.jsonValue(),
    );
    const json = fc.record(
      {
        version: fc.constant(3),
        mappings,
        sources: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
        names: fc.jsonValue(),
        sourceRoot: fc.jsonValue(),
      },
      { requiredKeys: ['version'] },
    );
    const sections = fc.array(
      fc.record({ offset: fc.record({ line: fc.nat(), column: fc.nat() }), map: json }),
    );
    const index = fc.record({ version: fc.constant(3), sections });
    const text = fc.oneof(
      fc.oneof(json, index).map(value => JSON.stringify(value)),
      fc.string(),
    );
    fc.assert(
      fc.property(
        text,
        fc.string(),
        fc.string(),
        fc.nat(9),
        fc.nat(99),
        (text, mapUrl, scriptUrl, line, column) => {
          const opened = openSourceMap(text, { mapUrl, scriptUrl });
          if (!opened.ok) return;
          const { map } = opened;
          expect([undefined, ...map.files]).toContain(map.position(line, column)?.file);
          expect(['string', 'object', 'undefined']).toContain(typeof map.lineOf(line, column, column + 5));
          expect(['string', 'undefined']).toContain(typeof map.nameAt(line, column));
        },
      ),
    );
  });
});

test('a map of 50 MB works', () => {
  const lines = 50_000_000 / 16;
  const text = `{"version":3,"sources":["a.ts"],"mappings":"AAAA,CAAC,CAAC;${'AACA,EAAE,EAAEA;'.repeat(lines)}"}`;
  const map = openSourceMap(text, AT);
  if (!map.ok) throw new Error(map.detail);
  expect(text.length).toBeGreaterThan(46_000_000);
  expect(map.map.lineOf(lines + 1)).toEqual({ file: '/app/dist/a.ts', line: lines + 1 });
  expect(map.map.position(lines / 2, 3)).toMatchObject({ line: lines / 2 });
});

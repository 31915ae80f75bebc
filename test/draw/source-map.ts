import { encodedMappings, presortedDecodedMap } from '@jridgewell/trace-mapping';
import type { SourceMapSegment } from '@jridgewell/trace-mapping';
import { openSourceMap } from '../../src/model/source/source-map.ts';
import type { SourceMap } from '../../src/model/source/source-map.ts';

/** VLQ of decoded segments (all numbers 0-based), in the order given. */
export function encodeMappings(mappings: SourceMapSegment[][]): string {
  const map = { version: 3 as const, names: [], sources: [], mappings };
  return encodedMappings(presortedDecodedMap(map));
}

/** Opens a map of `/app/dist/shop.js`; missing members are filled in. */
export function openMap(
  json: object,
  mapUrl = 'shop.js.map',
  scriptUrl = 'file:///app/dist/shop.js',
): SourceMap {
  const result = openSourceMap(
    JSON.stringify({ version: 3, sources: [], names: [], mappings: '', ...json }),
    {
      mapUrl,
      scriptUrl,
    },
  );
  if (!result.ok) throw new Error(result.detail);
  return result.map;
}

/**
 * Draws a map: one text per generated line, one word per segment, in columns 1, 2, 3, …:
 * `7` original line 7 of `/app/src/a.ts`, `b7` of `/app/src/b.ts`, `-` no original.
 */
export function drawMap(...lines: readonly string[]): SourceMap {
  const mappings = lines.map(line => (line === '' ? [] : line.split(' ').map(segmentOf)));
  return openMap({ sources: ['../src/a.ts', '../src/b.ts'], mappings: encodeMappings(mappings) });
}

function segmentOf(word: string, column: number): SourceMapSegment {
  const [, source, line] = /^(b?)(\d+)$/.exec(word) ?? [];
  return line === undefined ? [column] : [column, source ? 1 : 0, Number(line) - 1, 0];
}

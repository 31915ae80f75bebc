import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { idOf, nameOf, selfSizeOf, type HeapGraph } from '../../../../src/model/heap/graph.ts';
import {
  EDGE_KINDS,
  edgeKind,
  isIndexed,
  KIND_MASK,
  NODE_KINDS,
  TO_MASK,
} from '../../../../src/model/heap/kinds.ts';
import { HeapSnapshotReader, type ReaderOptions } from '../../../../src/model/heap/reader.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

function read(text: string, chunk = Infinity, options: ReaderOptions = {}): HeapGraph {
  const bytes = new TextEncoder().encode(text);
  const reader = new HeapSnapshotReader(options);
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
  return reader.finish();
}

/** `object Session @3 100 -> property:user 2`, one line per node. */
function drawn(graph: HeapGraph): string[] {
  return Array.from({ length: graph.nodeCount }, (_, node) => {
    const references: string[] = [];
    for (let at = graph.firstEdges[node]!; at < graph.firstEdges[node + 1]!; at++) {
      const kind = edgeKind(graph.edges[at]!);
      const name = graph.edgeNames[at]!;
      const shown = isIndexed(kind) ? name : graph.strings.text(name);
      references.push(`${EDGE_KINDS[kind] ?? 'other'}:${shown} ${graph.edges[at]! & TO_MASK}`);
    }
    const kind = NODE_KINDS[graph.kinds[node]! & KIND_MASK];
    return `${kind} ${nameOf(graph, node)} @${idOf(graph, node)} ${selfSizeOf(graph, node)} -> ${references.join(', ')}`;
  });
}

const reasonOf = (text: string, options?: ReaderOptions): string => {
  try {
    read(text, Infinity, options);
  } catch (error) {
    if (error instanceof UserError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('it was read');
};

const PICTURE = `
  root               -> [0] a, ^global b
  a Session 100      -> .user b, =scope c, #table d, !3 c
  b closure:handler 64 -> ~self a
  c string:text 5000000000
  d array:elements 4`;

const DRAWN = [
  'synthetic  @1 1 -> element:0 1, shortcut:global 2',
  'object Session @3 100 -> property:user 2, context:scope 3, internal:table 4, hidden:3 3',
  'closure handler @5 64 -> weak:self 1',
  'string text @7 5000000000 -> ',
  'array elements @9 4 -> ',
];

describe('reading a heap snapshot', () => {
  test.each([
    ['Node 20 and 22', { hasTraceNodeId: true, hasLineEnds: true }],
    ['Node 24 and 26', {}],
    ['one with line ends and without trace nodes', { hasLineEnds: true }],
    ['one with trace nodes on one line', { hasTraceNodeId: true }],
  ])('%s', (_, format) => {
    expect(drawn(read(snapshotOf(PICTURE, format)))).toEqual(DRAWN);
  });

  test.each([1, 2, 3, 7, 13, 64, 97, 128, 1000])('in chunks of %i bytes', chunk => {
    const text = snapshotOf(PICTURE, { hasTraceNodeId: true, hasLineEnds: true });
    expect(drawn(read(text, chunk))).toEqual(DRAWN);
  });

  test('fields in another order, of more and of unknown kinds', () => {
    const head = {
      meta: {
        node_fields: ['edge_count', 'id', 'color', 'name', 'type', 'self_size'],
        node_types: ['number', 'number', 'number', 'string', ['object', 'holograph', 'synthetic'], 'number'],
        edge_fields: ['to_node', 'weight', 'type', 'name_or_index'],
        edge_types: ['node', 'number', ['property', 'quantum'], 'string_or_number'],
      },
      ...{ node_count: 2, edge_count: 2, root_index: 0 },
    };
    const text = `{"snapshot":${JSON.stringify(head)},
      "nodes":[2,1,9,0,2,10, 0,3,9,1,1,20],
      "edges":[6,9,0,1, 6,9,1,77],
      "strings":["","Thing"]}`;
    expect(drawn(read(text))).toEqual([
      'synthetic  @1 10 -> property:Thing 1, other:77 1',
      'hidden Thing @3 20 -> ',
    ]);
  });

  test('sections in another order, unknown ones, and whitespace wherever JSON has it', () => {
    const text = snapshotOf(PICTURE);
    const [, nodes = ''] = /,\n("nodes":\[[^\]]*\])/.exec(text) ?? [];
    const unknown = '"scopes":{"a":[{"b":"]}\\"]"},[[[]]]]},"flag":true , "n": -1.5e9,"s":"\\\\\\"],",';
    const moved = text
      .replace(`,\n${nodes}`, '')
      .replace('"edges":', `${unknown}"edges":`)
      .replace('"strings"', `${nodes},\t"strings"`)
      .replaceAll(',', ' ,\r\n ');
    expect(drawn(read(moved))).toEqual(DRAWN.map(line => line));
    expect(drawn(read(moved, 5))).toEqual(DRAWN);
  });

  test('numbers are captured and allocations tracked: traces and samples are skipped', () => {
    const text = snapshotOf(PICTURE)
      .replace('"trace_tree":[]', '"trace_tree":[0,0,0,0,[1,2,3,4,[5,6,7,8,[]]]]')
      .replace('"trace_function_infos":[]', '"trace_function_infos":[1,2,3,4,5,6]')
      .replace('"samples":[]', '"samples":[1,2,3,4]');
    expect(drawn(read(text, 11))).toEqual(DRAWN);
  });

  test('a byte order mark before it', () => {
    expect(drawn(read(`\uFEFF${snapshotOf(PICTURE)}`, 2))).toEqual(DRAWN);
  });

  test('ids and sizes over 2^32', () => {
    const text = snapshotOf(PICTURE).replace(',3,100,', ',68719476737,9007199254740991,');
    const graph = read(text);
    expect(idOf(graph, 1)).toBe(68_719_476_737);
    expect(selfSizeOf(graph, 1)).toBe(9_007_199_254_740_991);
  });

  test('strings with escapes and surrogates, cut anywhere', () => {
    const strange = 'a"b\\c\u0000é\u{1F40C}\uD83D x';
    const escaped = JSON.stringify(strange).replace('é', '\\u00e9').replace('\u{1F40C}', '\\ud83d\\udc0c');
    const text = snapshotOf(PICTURE).replace('"Session"', escaped);
    for (let chunk = 1; chunk < 40; chunk++) expect(nameOf(read(text, chunk), 1)).toBe(strange);
  });

  test('what is no string of JSON stays as it is', () => {
    const text = snapshotOf(PICTURE).replace('"Session"', '"\\q\\u12"');
    expect(nameOf(read(text), 1)).toBe('\\q\\u12');
  });

  test('more objects than there was room for at first', () => {
    const names = Array.from({ length: 9000 }, (_, index) => `n${index}`);
    const picture = [`root -> ${names.map((name, index) => `[${index}] ${name}`).join(', ')}`, ...names];
    const text = snapshotOf(
      picture
        .slice(0, 1)
        .concat(names.slice(0, 900))
        .join('\n')
        .replace(/, \[900\].*/, ''),
    );
    for (const options of [{}, { totalBytes: text.length }]) {
      const graph = read(text, 1000, options);
      expect([graph.nodeCount, graph.edgeCount]).toEqual([901, 900]);
      expect(nameOf(graph, 900)).toBe('n899');
    }
  });
});

describe('a heap snapshot that cannot be read', () => {
  const text = snapshotOf(PICTURE);

  test('cut off at any byte', () => {
    for (let length = 0; length < text.length; length++)
      expect(reasonOf(text.slice(0, length))).toMatch(
        /^heap-snapshot-not-readable: .*(ends too early|is empty)/,
      );
  });

  test.each([
    ['no JSON', 'hello', /it is no JSON/],
    ['something behind it', `${text} x`, /something else/],
    ['without a section', text.replace('"edges"', '"hedges"'), /section "edges" is missing/],
    ['a section twice', text.replace('"samples"', '"nodes"'), /"nodes" comes twice/],
    ['its description is not first', text.replace('"snapshot"', '"moonshot"'), /does not come first/],
    ['its description lacks a field', text.replace('"self_size"', '"size"'), /no field "self_size"/],
    ['its description is damaged', text.replace('"meta":', '"meta"'), /"snapshot"\) is damaged/],
    ['no objects', text.replace('"node_count":5', '"node_count":0'), /holds no object/],
    ['fewer objects', text.replace('"node_count":5', '"node_count":6'), /5 of 6 objects/],
    ['more objects', text.replace('"node_count":5', '"node_count":4'), /more than the 4 objects/],
    ['fewer references', text.replace('"edge_count":7', '"edge_count":8'), /7 references, not 8/],
    ['more references', text.replace('"edge_count":7', '"edge_count":6'), /more references than there are/],
    ['a reference into nowhere', text.replace('"edges":[1,0,6,', '"edges":[1,0,60,'), /leads to no object/],
    ['a reference into the middle', text.replace('"edges":[1,0,6,', '"edges":[1,0,7,'), /leads to no object/],
    [
      'a reference of no kind',
      text.replace('"edges":[1,', '"edges":[9,'),
      /reference 0 is of an unknown type/,
    ],
    ['an object of no kind', text.replace('"nodes":[9,', '"nodes":[99,'), /object 0 is of an unknown type/],
    [
      'a name that is missing',
      text.replace('"nodes":[9,1,', '"nodes":[9,999,'),
      /texts that it does not hold/,
    ],
    ['a negative number', text.replace('"edges":[1,', '"edges":[-1,'), /a number is missing/],
    ['a fraction', text.replace('"edges":[1,', '"edges":[1.5,'), /other than numbers/],
    ['an endless number', text.replace('"edges":[1,', `"edges":[${'1'.repeat(400)},`), /too large/],
    ['half an entry', text.replace('"edges":[1,0,6,', '"edges":[1,0,'), /section "edges" is damaged/],
    ['a list that is none', text.replace('"nodes":[', '"nodes":{'), /it is no list/],
    ['texts that are none', text.replace('"strings":["', '"strings":[1,"'), /other than texts/],
    [
      'a place of no object',
      text.replace('"locations":[', '"locations":[7,1,1,1'),
      /a place is of no object/,
    ],
  ])('%s', (_, broken, reason) => {
    expect(broken).not.toBe(text);
    expect(reasonOf(broken)).toMatch(reason);
  });

  test('more than it can hold, before room is made for it', () => {
    const promising = text.replace('"edge_count":7', '"edge_count":2000000000');
    expect(reasonOf(promising, { totalBytes: text.length })).toMatch(/shorter than the objects/);
    expect(reasonOf(promising)).toMatch(/7 references, not 2000000000/);
    expect(reasonOf(promising, { mostBytes: 1e9 })).toMatch(/^heap-snapshot-too-big/);
    expect(reasonOf(text.replace('"node_count":5', '"node_count":4e11'))).toMatch(/^heap-snapshot-too-big/);
  });
});

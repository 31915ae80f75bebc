import { expect, test } from 'vitest';
import type { HeapGraph } from '../../../../src/model/heap/graph.ts';
import { nameOf } from '../../../../src/model/heap/graph.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { namesOfCode, redactedStrings } from '../../../../src/model/heap/redaction.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

function read(text: string): HeapGraph {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
}

const hash = (content: Uint8Array): string => `hash of ${content.length}`;

/** The same snapshot, its strings redacted. */
function redacted(text: string): HeapGraph {
  const graph = read(text);
  const bytes = new TextEncoder().encode(text);
  const { stringsOffset: start, strings } = graph;
  const section = [...redactedStrings(graph, namesOfCode(graph), hash)];
  const pieces = [bytes.subarray(0, start), ...section, bytes.subarray(start + strings.bytes.length)];
  return read(Buffer.concat(pieces).toString('utf8'));
}

const namesIn = (graph: HeapGraph): string[] =>
  Array.from({ length: graph.nodeCount }, (_, node) => nameOf(graph, node)).slice(1);

test('contents of strings are hashed; classes, functions and properties keep their names', () => {
  const graph = redacted(
    snapshotOf(`
      root -> [0] cart, [1] pay
      cart Cart 40 -> .owner mail, .note text
      mail string:ann@example.org 20
      text concatenated_string:secret 20
      pay  closure:pay 30
    `),
  );
  expect(namesIn(graph)).toEqual(['Cart', 'hash of 15', 'hash of 6', 'pay']);
  const edges = Array.from({ length: 2 }, (_, at) => graph.edgeNames[graph.firstEdges[1]! + at]!);
  expect(edges.map(index => graph.strings.text(index))).toEqual(['owner', 'note']);
});

test('a string that is also the name of something stays', () => {
  const graph = redacted(
    snapshotOf(`
      root -> [0] cart, [1] word, [2] key
      cart Cart 40 -> .id word
      word string:id 20
      key  string:Cart 20
    `),
  );
  expect(namesIn(graph)).toEqual(['Cart', 'id', 'Cart']);
});

test('keys of a dictionary are data: too many of them, or none that code would have', () => {
  const keys = Array.from({ length: 33 }, (_, at) => `.user${at} one`).join(', ');
  const graph = redacted(
    snapshotOf(`
      root -> [0] many, [1] few
      many Object 40 -> ${keys}
      few  Object 40 -> .ann@example.org one, .4711 one, .total one
      one  Cart 8
    `),
  );
  const names = [0, 33, 34, 35].map(at => graph.strings.text(graph.edgeNames[graph.firstEdges[1]! + at]!));
  expect(names).toEqual(['hash of 5', 'hash of 15', 'hash of 4', 'total']);
});

test('all else of the file is what it was', () => {
  const text = snapshotOf('root -> [0] a\n a string:secret 20');
  const graph = read(text);
  expect(text.slice(graph.stringsOffset)).toMatch(/^\s*\[/);
  expect(redacted(text).selfSizes).toEqual(graph.selfSizes);
});

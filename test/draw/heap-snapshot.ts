/**
 * Heap snapshots drawn as text, and answers drawn back. One line per object, the first one is the root:
 *
 *    root        -> [0] a, shortcut g
 *    a Session 40 -> .user b, =local c, ~weak d, #table e
 *
 * Name, class (else its own name) and bytes (else 1), then references: `.x` property, `=x` context, `[1]` element, `#x`
 * internal, `!1` hidden, `^x` shortcut, `~x` weak. A kind may stand before the class: `b closure:handler 16`.
 */
import { dominatorOf, retainedOf, type Heap } from '../../src/model/heap/heap.ts';
import { EDGE_KINDS, NODE_KINDS } from '../../src/model/heap/kinds.ts';

export interface SnapshotFormat {
  /** As of Node 20 and 22. */
  readonly hasTraceNodeId?: boolean;
  readonly hasLineEnds?: boolean;
}

interface DrawnNode {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly size: number;
  readonly edges: readonly { readonly sign: string; readonly name: string; readonly to: string }[];
}

const SIGNS: Readonly<Record<string, string>> = {
  '.': 'property',
  '=': 'context',
  '[': 'element',
  '#': 'internal',
  '!': 'hidden',
  '^': 'shortcut',
  '~': 'weak',
};

export function drawnNodes(picture: string): DrawnNode[] {
  const lines = picture.split('\n').map(line => line.trim());
  return lines.filter(line => line !== '').map(drawnNode);
}

function drawnNode(line: string, index: number): DrawnNode {
  const [head = '', references = ''] = line.split('->').map(part => part.trim());
  const [key = '', className = key, size = '1'] = head.split(/\s+/);
  const [kind, name] = className.includes(':') ? className.split(':') : ['object', className];
  const edges = references === '' ? [] : references.split(',').map(each => each.trim());
  return {
    key,
    kind: index === 0 ? 'synthetic' : (kind ?? 'object').replaceAll('_', ' '),
    name: index === 0 ? '' : (name ?? ''),
    size: Number(size),
    edges: edges.map(edge => {
      const [, sign = '', name = '', to = ''] = /^([.=[#!^~])(\S*?)\]?\s+(\S+)$/.exec(edge) ?? [];
      if (to === '') throw new Error(`what is "${edge}"?`);
      return { sign, name, to };
    }),
  };
}

/** The snapshot as V8 would write it; ids are 1, 3, 5 … unless told. */
export function snapshotOf(
  picture: string,
  { hasTraceNodeId = false, hasLineEnds = false }: SnapshotFormat = {},
  ids: (key: string, index: number) => number = (_, index) => 2 * index + 1,
): string {
  const drawn = drawnNodes(picture);
  const strings: string[] = ['<dummy>'];
  const text = (value: string): number => {
    const found = strings.indexOf(value);
    return found >= 0 ? found : strings.push(value) - 1;
  };
  const fields = hasTraceNodeId ? 7 : 6;
  const nodes = drawn.map(({ key, kind, name, size, edges }, index) => [
    ...[NODE_KINDS.indexOf(kind as never), text(name), ids(key, index), size, edges.length],
    ...(hasTraceNodeId ? [0, 0] : [0]),
  ]);
  const edges = drawn.flatMap(node =>
    node.edges.map(({ sign, name, to }) => {
      const kind = SIGNS[sign]!;
      const target = drawn.findIndex(({ key }) => key === to);
      if (target < 0) throw new Error(`there is no ${to}`);
      const isIndex = kind === 'element' || kind === 'hidden';
      return [EDGE_KINDS.indexOf(kind as never), isIndex ? Number(name) : text(name), target * fields];
    }),
  );
  const rows = (list: readonly (readonly number[])[]): string =>
    `[${list.map(row => row.join(',')).join(hasLineEnds ? '\n,' : ',')}${hasLineEnds ? '\n' : ''}]`;
  const head = {
    meta: {
      node_fields: [
        ...['type', 'name', 'id', 'self_size', 'edge_count'],
        ...(hasTraceNodeId ? ['trace_node_id', 'detachedness'] : ['detachedness']),
      ],
      node_types: [NODE_KINDS, 'string', 'number', 'number', 'number', 'number'],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [EDGE_KINDS, 'string_or_number', 'node'],
      location_fields: ['object_index', 'script_id', 'line', 'column'],
    },
    node_count: nodes.length,
    edge_count: edges.length,
  };
  const sections = [
    `"snapshot":${JSON.stringify(head)}`,
    `"nodes":${rows(nodes)}`,
    `"edges":${rows(edges)}`,
    `"trace_function_infos":[]`,
    `"trace_tree":[]`,
    `"samples":[]`,
    `"locations":[]`,
    `"strings":${JSON.stringify(strings)}`,
  ];
  return `{${sections.join(',\n')}}`;
}

/** `b < a 12`: who dominates it, and what it retains; in the order of the picture. */
export function drawDominators(heap: Heap, picture: string): string[] {
  const keys = drawnNodes(picture).map(({ key }) => key);
  return keys
    .slice(1)
    .map((key, index) => `${key} < ${keys[dominatorOf(heap, index + 1)]} ${retainedOf(heap, index + 1)}`);
}

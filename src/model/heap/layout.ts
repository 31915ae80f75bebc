/** The description at the head of a snapshot (`snapshot.meta`): which fields it has, in which order. */
import * as v from 'valibot';
import { UserError } from '../../contracts/user-error.ts';
import { EDGE_KINDS, EdgeKind, MOST_NODES, NODE_KINDS, NodeKind } from './kinds.ts';

export interface NodeLayout {
  readonly fields: number;
  readonly type: number;
  readonly name: number;
  readonly id: number;
  readonly selfSize: number;
  readonly edgeCount: number;
  /** -1 where the file does not have it. */
  readonly detachedness: number;
  /** By the file's number of the type: our kind, 255 where there is none. */
  readonly kinds: Uint8Array;
  /** The first five fields stand as V8 writes them. */
  readonly isPlain: boolean;
}

export interface EdgeLayout {
  readonly fields: number;
  readonly type: number;
  readonly nameOrIndex: number;
  readonly toNode: number;
  readonly kinds: Uint8Array;
  readonly isPlain: boolean;
}

export interface LocationLayout {
  readonly fields: number;
  readonly objectIndex: number;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

export interface SnapshotLayout {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly root: number;
  readonly extraNativeBytes: number;
  readonly nodes: NodeLayout;
  readonly edges: EdgeLayout;
  readonly locations: LocationLayout | undefined;
}

/** No type of the file: a number that stands for none. */
export const NO_KIND = 255;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Fields = v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(64));
const Types = v.pipe(v.array(v.unknown()), v.maxLength(64));

const HeadSchema = v.object({
  meta: v.object({
    node_fields: Fields,
    node_types: Types,
    edge_fields: Fields,
    edge_types: Types,
    location_fields: v.optional(Fields),
  }),
  node_count: Count,
  edge_count: Count,
  root_index: v.optional(Count),
  extra_native_bytes: v.optional(v.number()),
});

export const notReadable = (reason: string): UserError =>
  new UserError('heap-snapshot-not-readable', { reason });

/** Of the text of the section `snapshot`. Throws `heap-snapshot-not-readable`, `heap-snapshot-too-big`. */
export function layoutOf(text: string): SnapshotLayout {
  const head = v.safeParse(HeadSchema, parsed(text));
  if (!head.success) throw notReadable('its description of itself ("snapshot") is not complete');
  const { meta, node_count: nodeCount, edge_count: edgeCount, root_index = 0 } = head.output;
  if (nodeCount === 0) throw notReadable('it holds no object');
  if (nodeCount >= MOST_NODES) tooBig(nodeCount);
  if (edgeCount >= 2 ** 31) tooBig(nodeCount);
  const nodes = nodeLayout(meta.node_fields, meta.node_types);
  const root = root_index / nodes.fields;
  if (!Number.isInteger(root) || root >= nodeCount) throw notReadable('its root is none of its objects');
  return {
    ...{ nodeCount, edgeCount, root, nodes },
    extraNativeBytes: Math.max(0, head.output.extra_native_bytes ?? 0),
    edges: edgeLayout(meta.edge_fields, meta.edge_types),
    locations: meta.location_fields && locationLayout(meta.location_fields),
  };
}

function tooBig(objects: number): never {
  throw new UserError('heap-snapshot-too-big', { objects: objects.toExponential(1), needs: '4 GB and more' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw notReadable('its description of itself ("snapshot") is damaged');
  }
}

const PLAIN_NODE = 'type,name,id,self_size,edge_count';
const PLAIN_EDGE = 'type,name_or_index,to_node';

function nodeLayout(fields: readonly string[], types: readonly unknown[]): NodeLayout {
  const type = position(fields, 'type');
  return {
    fields: fields.length,
    type,
    name: position(fields, 'name'),
    id: position(fields, 'id'),
    selfSize: position(fields, 'self_size'),
    edgeCount: position(fields, 'edge_count'),
    detachedness: fields.indexOf('detachedness'),
    kinds: kindTable(types[type], NODE_KINDS, NodeKind.hidden),
    isPlain: fields.slice(0, 5).join() === PLAIN_NODE,
  };
}

function edgeLayout(fields: readonly string[], types: readonly unknown[]): EdgeLayout {
  const type = position(fields, 'type');
  return {
    fields: fields.length,
    type,
    nameOrIndex: position(fields, 'name_or_index'),
    toNode: position(fields, 'to_node'),
    kinds: kindTable(types[type], EDGE_KINDS, EdgeKind.other),
    isPlain: fields.join() === PLAIN_EDGE,
  };
}

function locationLayout(fields: readonly string[]): LocationLayout | undefined {
  const [objectIndex = -1, scriptId = -1, line = -1, column = -1] = [
    ...['object_index', 'script_id', 'line', 'column'].map(name => fields.indexOf(name)),
  ];
  const isKnown = Math.min(objectIndex, scriptId, line, column) >= 0;
  return isKnown ? { fields: fields.length, objectIndex, scriptId, line, column } : undefined;
}

function position(fields: readonly string[], name: string): number {
  const at = fields.indexOf(name);
  if (at === -1) throw notReadable(`its objects or references have no field "${name}"`);
  return at;
}

/** A kind that is not known counts as `other`. */
function kindTable(names: unknown, known: readonly string[], other: number): Uint8Array {
  if (!Array.isArray(names) || names.length === 0 || names.length >= NO_KIND)
    throw notReadable('it does not say of which types its objects and references are');
  const table = new Uint8Array(256).fill(NO_KIND);
  for (const [number, name] of names.entries()) {
    const kind = known.indexOf(String(name));
    table[number] = kind === -1 ? other : kind;
  }
  return table;
}

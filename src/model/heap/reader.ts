import { UserError } from '../../contracts/user-error.ts';
import type { HeapGraph } from './graph.ts';
import { layoutOf, notReadable, type SnapshotLayout } from './layout.ts';
import { neededBytes } from './needed-bytes.ts';
import { HeapPlaces } from './places.ts';
import { EdgesSection } from './read/edges-section.ts';
import { LocationsSection } from './read/locations-section.ts';
import { NodesSection } from './read/nodes-section.ts';
import { isSpace, type Section } from './read/section.ts';
import { SkippedSection } from './read/skipped-section.ts';
import { StringsSection } from './read/strings-section.ts';

export interface ReaderOptions {
  /** Length of the whole input where it is known: what a file promises that is longer than itself is not believed. */
  readonly totalBytes?: number;
  /** What reading and analysing may take; more is refused before it is taken. */
  readonly mostBytes?: number;
}

const enum State {
  beforeObject,
  beforeFirstKey,
  beforeKey,
  inKey,
  escapedInKey,
  behindKey,
  inValue,
  behindValue,
  end,
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MOST_KEY = 256;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/**
 * Reads a heap snapshot while it arrives, in chunks of any size. Sections may come in any order once the description
 * (`snapshot`) has come; those that are not known are skipped. All of `push` and `finish` throw
 * `heap-snapshot-not-readable` and `heap-snapshot-too-big`; afterwards the reader is of no use.
 */
export class HeapSnapshotReader {
  #state: State = State.beforeObject;
  #key: number[] = [];
  #section: Section | undefined;
  #sectionName = '';
  #offset = 0;
  #stringsOffset = 0;
  #layout: SnapshotLayout | undefined;
  readonly #sections = new Map<string, Section>();
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions = {}) {
    this.#options = options;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#section) at = this.#inSection(this.#section, bytes, at);
      else {
        this.#step(bytes[at++]!);
        if (this.#sectionName === 'strings' && this.#state === State.inValue)
          this.#stringsOffset = this.#offset + at;
      }
    }
    this.#offset += bytes.length;
  }

  /** Nothing more is missing. */
  get isWhole(): boolean {
    return this.#state === State.end;
  }

  /** The snapshot is whole. */
  finish(): HeapGraph {
    if (this.#offset === 0) throw notReadable('it is empty');
    if (this.#state !== State.end) throw notReadable(this.#cutOff());
    return this.#graph(this.#described());
  }

  #cutOff(): string {
    const where = this.#section ? ` in its section "${this.#sectionName}"` : '';
    return `it ends too early${where}: it was not written to its end`;
  }

  #inSection(section: Section, bytes: Uint8Array, from: number): number {
    const at = section.read(bytes, from);
    if (section.done) {
      this.#section = undefined;
      this.#state = State.behindValue;
      if (section instanceof SkippedSection && this.#sectionName === 'snapshot') this.#describe(section.text);
    }
    return at;
  }

  #describe(text: string): void {
    const layout = (this.#layout = layoutOf(text));
    const { totalBytes = Infinity, mostBytes = Infinity } = this.#options;
    if (2 * (layout.nodeCount * layout.nodes.fields + layout.edgeCount * layout.edges.fields) > totalBytes)
      throw notReadable('it is cut off: it is shorter than the objects that it says it holds');
    const needs = neededBytes(layout.nodeCount, layout.edgeCount);
    if (needs > mostBytes)
      throw new UserError('heap-snapshot-too-big', {
        objects: `${(layout.nodeCount / 1e6).toFixed(1)} million objects`,
        needs: `${(needs / 1e9).toFixed(1)} GB`,
      });
  }

  #step(byte: number): void {
    switch (this.#state) {
      case State.inKey:
        if (byte === QUOTE) this.#state = State.behindKey;
        else {
          if (byte === BACKSLASH) this.#state = State.escapedInKey;
          if (this.#key.push(byte) > MOST_KEY) throw notReadable('the name of a section is too long');
        }
        return;
      case State.escapedInKey:
        this.#key.push(byte);
        this.#state = State.inKey;
        return;
      case State.beforeObject:
        if (BYTE_ORDER_MARK[this.#key.length] === byte) this.#key.push(byte);
        else this.#token(byte);
        return;
      case State.beforeFirstKey:
      case State.beforeKey:
      case State.behindKey:
      case State.behindValue:
      case State.end:
        this.#token(byte);
        return;
      case State.inValue:
        return;
      default:
        this.#state satisfies never;
    }
  }

  #token(byte: number): void {
    if (isSpace(byte)) return;
    const next = NEXT[this.#state]?.[String.fromCharCode(byte)];
    if (next === undefined)
      throw notReadable(
        this.#state === State.beforeObject ? 'it is no JSON' : `between its sections is something else`,
      );
    this.#state = next;
    if (next === State.inKey) this.#key = [];
    if (next === State.inValue) this.#begin(new TextDecoder().decode(Uint8Array.from(this.#key)));
  }

  #begin(name: string): void {
    if (this.#sections.has(name)) throw notReadable(`its section "${name.slice(0, 40)}" comes twice`);
    const section = this.#sectionOf(name);
    this.#section = section;
    this.#sectionName = name;
    // Names that mean nothing to us may be without number.
    if (!(section instanceof SkippedSection) || name === 'snapshot') this.#sections.set(name, section);
  }

  #sectionOf(name: string): Section {
    const { totalBytes } = this.#options;
    const isCertain = totalBytes !== undefined;
    switch (name) {
      case 'snapshot':
        return new SkippedSection({ keepsText: true });
      case 'nodes':
        return new NodesSection(this.#described(), isCertain);
      case 'edges':
        return new EdgesSection(this.#described(), isCertain);
      case 'strings':
        return new StringsSection(
          totalBytes === undefined ? undefined : Math.max(0, totalBytes - this.#offset),
        );
      case 'locations': {
        const layout = this.#described();
        return layout.locations ? new LocationsSection(layout, layout.locations) : new SkippedSection();
      }
      default:
        return new SkippedSection();
    }
  }

  #described(): SnapshotLayout {
    if (this.#layout) return this.#layout;
    throw notReadable('its description of itself ("snapshot") does not come first');
  }

  #graph(layout: SnapshotLayout): HeapGraph {
    const { nodes, edges, strings, locations } = this.#read();
    const highest = Math.max(nodes.highestName, edges.highestName);
    const texts = strings.finish();
    if (highest >= texts.count) throw notReadable('it names texts that it does not hold');
    const { nodeCount, edgeCount, root, extraNativeBytes } = layout;
    const { kinds, names, ids, largeIds, selfSizes, largeSizes, firstEdges } = nodes;
    return {
      ...{ nodeCount, edgeCount, root, extraNativeBytes },
      ...{ kinds, names, ids, largeIds, selfSizes, largeSizes, firstEdges },
      ...{ edges: edges.edges, edgeNames: edges.names, strings: texts, stringsOffset: this.#stringsOffset },
      places: locations?.places ?? new HeapPlaces(),
      placeOfNodes: locations?.ofNodes ?? new Int32Array(nodeCount),
      detached: Uint32Array.from(nodes.detached),
    };
  }

  #read(): {
    nodes: NodesSection;
    edges: EdgesSection;
    strings: StringsSection;
    locations?: LocationsSection;
  } {
    const [nodes, edges, strings] = ['nodes', 'edges', 'strings'].map(name => this.#sections.get(name));
    const locations = this.#sections.get('locations');
    if (!(nodes instanceof NodesSection)) throw missing('nodes');
    if (!(edges instanceof EdgesSection)) throw missing('edges');
    if (!(strings instanceof StringsSection)) throw missing('strings');
    return { nodes, edges, strings, ...(locations instanceof LocationsSection ? { locations } : {}) };
  }
}

const missing = (name: string): UserError => notReadable(`its section "${name}" is missing`);

const NEXT: Readonly<Partial<Record<State, Readonly<Record<string, State>>>>> = {
  [State.beforeObject]: { '{': State.beforeFirstKey },
  [State.beforeFirstKey]: { '"': State.inKey, '}': State.end },
  [State.beforeKey]: { '"': State.inKey },
  [State.behindKey]: { ':': State.inValue },
  [State.behindValue]: { ',': State.beforeKey, '}': State.end },
  [State.end]: {},
};

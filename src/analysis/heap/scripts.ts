/** In which files functions and scopes stand. */
import { nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { propertyOf } from './class-words.ts';
import { kindOf, placeOf } from './node-roles.ts';

export interface HeapSite {
  /** URL or path as V8 has it. Untrusted. */
  readonly url: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export class HeapScripts {
  readonly #urls = new Map<number, string>();
  /** A closure of each scope. */
  readonly #closures = new Map<number, number>();

  constructor(readonly graph: HeapGraph) {
    for (let node = 0; node < graph.nodeCount; node++) {
      if (kindOf(graph, node) !== NodeKind.closure) continue;
      const context = propertyOf(graph, node, 'context');
      if (context !== undefined && !this.#closures.has(context)) this.#closures.set(context, node);
      const place = placeOf(graph, node);
      if (place >= 0 && !this.#urls.has(graph.places.scriptId(place))) this.#addScript(node, place);
    }
  }

  /** Of all scripts that have functions. */
  get urls(): string[] {
    return [...new Set(this.#urls.values())];
  }

  /** Where the function of a closure or the class of an object stands. */
  siteOf(node: number): HeapSite | undefined {
    const place = placeOf(this.graph, node);
    if (place < 0) return undefined;
    const { scriptId, line, column } = this.graph.places.at(place);
    const url = this.#urls.get(scriptId);
    return url === undefined ? undefined : { url, line, column };
  }

  /** Where a function of a scope (`system / Context`) stands. */
  siteOfScope(context: number): HeapSite | undefined {
    const closure = this.#closures.get(context);
    return closure === undefined ? undefined : this.siteOf(closure);
  }

  #addScript(closure: number, place: number): void {
    const { graph } = this;
    const shared = propertyOf(graph, closure, 'shared');
    if (shared === undefined) return;
    // Node 20 names it so.
    const script = propertyOf(graph, shared, 'script') ?? propertyOf(graph, shared, 'script_or_debug_info');
    const url = script === undefined ? '' : nameOf(graph, script);
    if (url !== '') this.#urls.set(graph.places.scriptId(place), url);
  }
}

/** Of the program, not of Node or V8. */
export const isOfProgram = (url: string): boolean => !url.startsWith('node:') && !url.startsWith('internal/');

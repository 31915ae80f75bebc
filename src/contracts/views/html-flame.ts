/**
 * What the script of an exported HTML page draws. It stands in the page as gzipped JSON in base64. Texts are untrusted,
 * but plain: control characters and those that reorder text are visible already.
 */

/** `state`: garbage collection, and V8 itself. */
export type HtmlKind = 'own' | 'package' | 'node' | 'native' | 'slowcatch' | 'state';

export interface HtmlFlame {
  readonly unit: 'microseconds' | 'bytes';
  readonly functions: readonly HtmlFunction[];
  readonly tracks: readonly HtmlTrack[];
}

/** `place` is `/shop/src/products.ts:52`, '' where there is none. */
export type HtmlFunction = readonly [name: string, place: string, kind: HtmlKind];

/**
 * One thread. Columns by node, parents before their children; node 0 is the root.
 *
 *   parent      distance to the parent's index, 0 for the root
 *   function    index into the functions, -1 for the root
 *   self        in the unit of the whole
 *   rest        what the frames below hold that are too light or too deep to be drawn, `restCount` of them
 */
export interface HtmlTrack {
  readonly name: string;
  readonly parent: readonly number[];
  readonly function: readonly number[];
  readonly self: readonly number[];
  readonly rest: readonly number[];
  readonly restCount: readonly number[];
  /** Idle time and the like, which is drawn only when it is asked for. */
  readonly apart: readonly (readonly [name: string, weight: number])[];
}

/** Elements of the page that its script fills or reads. */
export const ELEMENTS = { data: 'profile', graph: 'graph', failure: 'failure' } as const;

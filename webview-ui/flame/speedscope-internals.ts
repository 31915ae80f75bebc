/**
 * What we know of speedscope's insides (1.25.0, pinned): it is made as an application, not as a library. Its component
 * tree hangs at the body (preact), and the properties of its components hold its state and the functions that change it.
 * test/editor/browser/flame.test.ts says which of these a new version does not have any more.
 */

export const VIEW_MODES = ['time-ordered', 'left-heavy', 'sandwich'] as const;
export type ViewMode = (typeof VIEW_MODES)[number];

export interface SpeedscopeFrame {
  /** Ours: index of the function (see `FlameFrame`). */
  readonly key: number | string;
  readonly name: string;
}

/** A node of the call tree. */
export interface SpeedscopeNode {
  readonly frame: SpeedscopeFrame;
  readonly parent: SpeedscopeNode | null;
  readonly children: readonly SpeedscopeNode[];
  isRoot(): boolean;
}

export interface FlamechartState {
  readonly hover: { readonly node: SpeedscopeNode } | null;
  readonly selectedNode: SpeedscopeNode | null;
  readonly configSpaceViewportRect: SpeedscopeRect;
}

interface Vector {
  readonly x: number;
  readonly y: number;
}

export interface SpeedscopeRect {
  readonly origin: Vector;
  readonly size: Vector;
  withOrigin(origin: Vector): SpeedscopeRect;
  withSize(size: Vector): SpeedscopeRect;
}

export interface SpeedscopeProfile {
  getTotalWeight(): number;
  forEachFrame(visit: (frame: SpeedscopeFrame) => void): void;
  /** Of the heaviest-first tree. */
  getGroupedCalltreeRoot(): SpeedscopeNode;
}

export interface ActiveProfile {
  readonly index: number;
  readonly profile: SpeedscopeProfile;
  readonly chronoViewState: FlamechartState;
  readonly leftHeavyViewState: FlamechartState;
  readonly sandwichViewState: {
    readonly callerCallee: {
      readonly selectedFrame: SpeedscopeFrame;
      readonly invertedCallerFlamegraph: FlamechartState;
      readonly calleeFlamegraph: FlamechartState;
    } | null;
  };
}

/** Properties of the application's component. */
export interface Application {
  readonly activeProfileState: ActiveProfile | null;
  readonly profileGroup: { readonly profiles: readonly unknown[] } | null;
  /** Index of VIEW_MODES. */
  readonly viewMode: number;
  setViewMode(mode: number): void;
  setProfileIndexToView(index: number): void;
}

/** Properties of a flamegraph's component. */
export interface Flamechart {
  onNodeSelect(node: SpeedscopeNode | null): void;
  setConfigSpaceViewportRect(rect: SpeedscopeRect): void;
  readonly configSpaceViewportRect: SpeedscopeRect;
}

/** Properties of the sandwich view's table. */
export interface FrameTable {
  setSelectedFrame(frame: SpeedscopeFrame | null): void;
}

export const application = (document: Document): Application | undefined =>
  findProps<Application>(document, ['setViewMode', 'setProfileIndexToView', 'activeProfileState']);

export const flamechart = (document: Document): Flamechart | undefined =>
  findProps<Flamechart>(document, ['onNodeSelect', 'setConfigSpaceViewportRect', 'configSpaceViewportRect']);

export const frameTable = (document: Document): FrameTable | undefined =>
  findProps<FrameTable>(document, ['setSelectedFrame', 'sortMethod']);

/** Preact's virtual node: `__k` are its children. */
interface VirtualNode {
  readonly props?: Readonly<Record<string, unknown>> | null;
  readonly __k?: readonly (VirtualNode | null)[] | null;
}

function findProps<Props>(document: Document, names: readonly string[]): Props | undefined {
  const open: (VirtualNode | null | undefined)[] = [
    (document.body as unknown as { __k?: VirtualNode | null }).__k,
  ];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { props } = node;
    if (typeof props === 'object' && props !== null && names.every(name => name in props))
      return props as Props;
    open.push(...(node.__k ?? []));
  }
  return undefined;
}

/** What we use of 0x 6.0.0 and of d3-fg 6.14.0, which draws its frames. Neither has types. */

declare module 'd3-fg' {
  /** A frame; what d3-fg keeps in it while it draws is left out. */
  export interface Frame {
    readonly name: string;
    /** Of the frame and all above it; 0 while another part is zoomed to. */
    value: number;
    /** Of the frame itself: colours it. */
    readonly top: number;
    type: string;
    readonly children?: readonly Frame[];
    highlight?: string | false;
    hide?: boolean;
  }

  export interface FrameRect {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }

  /** How a frame is filled; `decimalAdjust` is set for its stroke. */
  export type FrameColor = (
    top: (frame: Frame) => number,
    of: { d: Frame; decimalAdjust?: number; allSamples: number; tiers: boolean },
  ) => string;

  export interface FlamegraphOptions {
    readonly tree: Frame;
    readonly element: HTMLElement;
    readonly exclude: readonly string[];
    readonly categorizer: (frame: Frame) => { type: string };
    readonly colorHash: FrameColor;
    readonly frameColors: { readonly fill: string; readonly stroke: string };
    readonly labelColors: Readonly<Record<string, string>>;
    readonly minHeight: number;
    readonly width: number;
    /** null: no tooltip. The default one takes names for HTML. */
    readonly renderTooltip: null;
  }

  export interface Flamegraph {
    readonly colors: unknown;
    width(): number;
    width(pixels: number): Flamegraph;
    transitionDuration(milliseconds: number): Flamegraph;
    update(): void;
    zoom(frame?: Frame): void;
    getNodeRect(frame: Frame): FrameRect;
    on(event: 'zoom' | 'hoverin', listener: (frame: Frame) => void): void;
    on(event: 'hoverout', listener: () => void): void;
  }

  function flameGraph(options: FlamegraphOptions): Flamegraph;
  namespace flameGraph {
    /** By type; hue in degrees, saturation and lightness in percent. */
    const colors: Readonly<Record<string, { readonly h: number; readonly s: number; readonly l: number }>>;
  }
  export default flameGraph;
}

declare module '0x/visualizer/state.js' {
  import type { Flamegraph, Frame } from 'd3-fg';

  export interface VisualizerState {
    readonly control: { readonly tiers: boolean };
    readonly typeFilters: {
      /** Hidden types. */
      readonly exclude: ReadonlySet<string>;
    };
  }

  export default function createState(options: {
    readonly colors: Flamegraph['colors'];
    readonly trees: { readonly merged: Frame; readonly unmerged: Frame };
    readonly exclude: Set<string>;
    readonly merged: boolean;
    readonly kernelTracing: boolean;
    readonly title: string;
    readonly visualizeCpuProfile: boolean;
  }): VisualizerState;
}

declare module '0x/visualizer/actions.js' {
  import type { Flamegraph, Frame } from 'd3-fg';
  import type { VisualizerState } from '0x/visualizer/state.js';

  /** What 0x keeps in the browser's history. */
  export interface HistoryEntry {
    readonly merged: boolean;
    readonly nodeId: number | null | undefined;
    readonly excludeTypes: readonly string[];
  }

  export interface Actions {
    focusNode(): (frame: Frame) => void;
    control(): (asked: { readonly type: 'tiers' }) => void;
    zoom(): (asked: { readonly type: 'in' | 'out' }) => void;
    typeFilters(): (asked: { readonly name: string }) => void;
    jumpToState(): (entry: HistoryEntry) => void;
  }

  export default function createActions(
    of: { readonly flamegraph: Flamegraph; readonly state: VisualizerState },
    emit: (state: VisualizerState) => void,
  ): Actions;
}

/** One track drawn by d3-fg, steered by 0x's actions, with keys, and with a line that says what is under the pointer. */
import createActions, { type Actions, type HistoryEntry } from '0x/visualizer/actions.js';
import createState, { type VisualizerState } from '0x/visualizer/state.js';
import flameGraph, { type Flamegraph } from 'd3-fg';
import { colorsOf, typeOf } from './colors.ts';
import { element } from './element.ts';
import type { NamedFrame } from './frames.ts';
import { search, type Found } from './search.ts';
import { stepOf, walk } from './walk.ts';

const KEYS = 'Arrow keys go from frame to frame, Enter zooms in, Escape zooms out.';
const LEAST_HEIGHT = 120;
const LEAST_OUTLINE = 4;
/** d3-fg's own, and next to none for those who want none; 0 would divide by 0. */
const TRANSITION_MILLISECONDS = { moving: 500, still: 1 } as const;

export interface GraphEvents {
  /** Under the pointer or chosen by key; undefined: none. */
  readonly onFrame: (frame: NamedFrame | undefined) => void;
  readonly onState: (state: VisualizerState) => void;
  /** After 0x has added an entry to the browser's history. */
  readonly onEntry: () => void;
}

export class Graph {
  readonly element: HTMLElement;
  readonly state: VisualizerState;
  readonly #root: NamedFrame;
  readonly #flamegraph: Flamegraph;
  readonly #actions: Actions;
  readonly #events: GraphEvents;
  /** One for the graph's life: 0x keeps the factor in it. */
  readonly #magnify: ReturnType<Actions['zoom']>;
  readonly #outline = element('div', { className: 'outline', hidden: true });
  #chosen: NamedFrame;
  /** Whether the next zoom is one of the history's, which has its entry already. */
  #isJump = false;

  /** `place` is in the page already: its width is the graph's. */
  constructor(place: HTMLElement, root: NamedFrame, events: GraphEvents) {
    this.#root = root;
    this.#chosen = root;
    this.#events = events;
    this.element = element('div', {
      className: 'frames',
      tabIndex: 0,
      role: 'application',
      ariaLabel: `${root.title}. ${KEYS}`,
    });
    place.replaceChildren(this.element);
    this.#flamegraph = flameGraph({
      tree: root,
      element: this.element,
      exclude: [],
      categorizer: typeOf,
      minHeight: LEAST_HEIGHT,
      width: this.element.clientWidth,
      renderTooltip: null,
      ...colorsOf(place),
    });
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#flamegraph.transitionDuration(TRANSITION_MILLISECONDS[isStill ? 'still' : 'moving']);
    this.state = this.#newState();
    this.#actions = createActions({ flamegraph: this.#flamegraph, state: this.state }, events.onState);
    this.#magnify = this.#actions.zoom();
    this.element.firstElementChild?.append(this.#outline);
    this.element.scrollTop = this.element.scrollHeight;
    this.#listen();
  }

  #newState(): VisualizerState {
    return createState({
      ...{ colors: this.#flamegraph.colors, trees: { merged: this.#root, unmerged: this.#root }, title: '' },
      ...{ exclude: new Set<string>(), merged: true, kernelTracing: true, visualizeCpuProfile: true },
    });
  }

  #listen(): void {
    const focus = this.#actions.focusNode();
    this.#flamegraph.on('zoom', frame => {
      this.#choose(frame as NamedFrame, false);
      if (this.#isJump) return;
      focus(frame);
      this.#events.onEntry();
    });
    this.#flamegraph.on('hoverin', frame => this.#events.onFrame(frame as NamedFrame));
    this.#flamegraph.on('hoverout', () =>
      this.#events.onFrame(this.#outline.hidden ? undefined : this.#chosen),
    );
    this.element.addEventListener('keydown', event => this.#key(event));
    this.element.addEventListener('focus', () =>
      this.#choose(this.#chosen, this.element.matches(':focus-visible')),
    );
    this.element.addEventListener('blur', () => (this.#outline.hidden = true));
  }

  /** Marks what the text is found in. */
  search(text: string): Found {
    const found = search(this.#root, text);
    this.#flamegraph.update();
    return found;
  }

  resize(): void {
    this.#flamegraph.width(this.element.clientWidth);
    this.#outline.hidden = true;
  }

  magnify(type: 'in' | 'out'): void {
    this.#magnify({ type });
  }

  zoomOut(): void {
    this.#flamegraph.zoom(this.#root);
  }

  toggleTiers(): void {
    this.#actions.control()({ type: 'tiers' });
  }

  toggleType(name: string): void {
    this.#actions.typeFilters()({ name });
    this.#events.onEntry();
  }

  jump(entry: HistoryEntry): void {
    this.#isJump = true;
    this.#actions.jumpToState()(entry);
    this.#isJump = false;
  }

  #key(event: KeyboardEvent): void {
    const step = stepOf(event.key);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) this.#choose(walk(this.#chosen, step), true);
    else if (event.key === 'Enter') this.#flamegraph.zoom(this.#chosen);
    else if (event.key === 'Escape') this.zoomOut();
    else return;
    event.preventDefault();
  }

  #choose(frame: NamedFrame, isMarked: boolean): void {
    this.#chosen = frame;
    this.#outline.hidden = !isMarked;
    this.#events.onFrame(frame);
    if (!isMarked) return;
    for (const [name, value] of Object.entries(this.#rectOf(frame)))
      this.#outline.style.setProperty(name, `${value}px`);
    this.#outline.scrollIntoView({ block: 'nearest' });
  }

  /** d3-fg gives the lower edge, and a height that is not magnified. */
  #rectOf(frame: NamedFrame): Record<'left' | 'top' | 'width' | 'height', number> {
    const { x, y, width, height } = this.#flamegraph.getNodeRect(frame);
    const magnified = height * (this.#flamegraph.getNodeRect(this.#root).width / this.#flamegraph.width());
    return { left: x, top: y - magnified, width: Math.max(LEAST_OUTLINE, width), height: magnified };
  }
}

/** Speedscope in a frame of its own: its styles, keys and theme stay inside, and it is made anew where it cannot change. */
import {
  application,
  flamechart,
  frameTable,
  VIEW_MODES,
  type ActiveProfile,
  type Application,
  type Flamechart,
  type FlamechartState,
  type SpeedscopeFrame,
  type SpeedscopeNode,
  type ViewMode,
} from './speedscope-internals.ts';
import type { SpeedscopeParts } from './speedscope-parts.ts';
import insideStyle from './speedscope.inside.css';

/** Where the user is in it. */
export interface Position {
  readonly track: number;
  readonly mode: ViewMode;
  /** Functions from the outermost to the one that is selected; in the sandwich view that one alone. */
  readonly path: readonly number[];
  /** The part that is seen: left, top, width in its own units; absent for all. */
  readonly seen?: readonly [number, number, number];
}

export interface SpeedscopeSettings {
  readonly parts: SpeedscopeParts;
  readonly nonce: string;
  readonly isDark: boolean;
  /** The user wants to see the function's line. */
  readonly onOpen: (index: number) => void;
  readonly onMove: (position: Position) => void;
  /** It cannot draw any more: the graphics driver was reset. */
  readonly onLost: () => void;
}

export interface Drawn {
  readonly file: File;
  /** Whether the file's own order is that of time. */
  readonly isTimeOrdered: boolean;
  readonly position: Partial<Position>;
}

const SCHEME_KEY = 'speedscope-color-scheme';
/** Where it begins to draw: a row above the first. */
const TOP = -1;
const LIMIT_MILLISECONDS = 20_000;

export class SpeedscopeView {
  readonly #frame = document.createElement('iframe');
  readonly #settings: SpeedscopeSettings;
  #isTimeOrdered = false;

  constructor(parent: HTMLElement, settings: SpeedscopeSettings) {
    this.#settings = settings;
    this.#frame.title = 'Flamegraph';
    this.#frame.className = 'speedscope';
    parent.append(this.#frame);
    localStorage.setItem(SCHEME_KEY, settings.isDark ? 'DARK' : 'LIGHT');
    this.#write();
  }

  /** Once. Resolves when it is painted. */
  async show({ file, isTimeOrdered, position }: Drawn): Promise<void> {
    this.#isTimeOrdered = isTimeOrdered;
    this.#document.documentElement.classList.toggle('time-ordered', isTimeOrdered);
    const app = await this.#until('itself', () => this.#application);
    // Before it has anything to draw: else it would lay out another view first.
    app.setViewMode(VIEW_MODES.indexOf(this.#isTimeOrdered ? 'time-ordered' : 'left-heavy'));
    const input = await this.#until('its file input', () =>
      this.#document.querySelector<HTMLInputElement>('input#file'),
    );
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await this.#until('its profile', () => this.#active);
    await this.#goTo(position);
    this.#frame.classList.add('shown');
    await this.#painted();
  }

  /** The function with its callers above and its callees below. */
  async focus(index: number): Promise<void> {
    const frame = this.#find(index);
    if (!frame) return;
    this.#application?.setViewMode(VIEW_MODES.indexOf('sandwich'));
    const table = await this.#until('its table', () => frameTable(this.#document));
    table.setSelectedFrame(frame);
    await this.#painted();
    this.#moved();
  }

  showTrack(index: number): void {
    this.#application?.setProfileIndexToView(index);
    this.#afterFrame(() => this.#moved());
  }

  /** Gives it the keys. */
  takeFocus(): void {
    this.#frame.contentWindow?.focus();
  }

  dispose(): void {
    this.#frame.remove();
  }

  get #document(): Document {
    const { contentDocument } = this.#frame;
    if (!contentDocument) throw new Error('the frame of the flamegraph is gone');
    return contentDocument;
  }

  get #window(): Window {
    return this.#document.defaultView!;
  }

  get #application(): Application | undefined {
    return application(this.#document);
  }

  get #active(): ActiveProfile | undefined {
    return this.#application?.activeProfileState ?? undefined;
  }

  /** Nothing is written as markup but what is ours. */
  #write(): void {
    const { parts, nonce } = this.#settings;
    const document = this.#document;
    document.open();
    document.write('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body></body></html>');
    document.close();
    const style = Object.assign(document.createElement('style'), { textContent: parts.style + insideStyle });
    document.head.append(style);
    void document.fonts.add(new FontFace('Source Code Pro', parts.font));
    this.#listen();
    const script = Object.assign(document.createElement('script'), { nonce, textContent: parts.script });
    // It takes an element of the body as what it should replace.
    document.head.append(script);
  }

  #listen(): void {
    const { onLost } = this.#settings;
    const inside = this.#window;
    inside.addEventListener('webglcontextlost', onLost, true);
    // A double click zooms: with shift it still does.
    inside.addEventListener('dblclick', event => this.#onDoubleClick(event), true);
    inside.addEventListener('click', event => this.#onClick(event), true);
    inside.addEventListener('keydown', event => this.#onKey(event), true);
    // Its own way from one order to the other, which here are the same.
    inside.addEventListener(
      'keypress',
      event => {
        if (event.key === '1' && !this.#isTimeOrdered) event.stopImmediatePropagation();
      },
      true,
    );
    for (const name of ['drop', 'paste'])
      inside.addEventListener(
        name,
        event => {
          event.stopImmediatePropagation();
          event.preventDefault();
        },
        true,
      );
    inside.addEventListener('mouseover', event => {
      const app = this.#application;
      const line = app && stackLine(event.target, selectedNode(app));
      if (line) line.element.style.cursor = 'pointer';
    });
    for (const name of ['mouseup', 'keyup', 'wheel'])
      inside.addEventListener(name, () => this.#afterFrame(() => this.#moved()), { passive: true });
  }

  #onDoubleClick(event: MouseEvent): void {
    if (event.shiftKey) return;
    event.stopImmediatePropagation();
    const frame = this.#pointed();
    if (frame) this.#open(frame);
  }

  #onClick(event: MouseEvent): void {
    const app = this.#application;
    const line = app && stackLine(event.target, selectedNode(app));
    if (line) this.#open(line.node.frame);
    else if (event.ctrlKey || event.metaKey) {
      const frame = this.#pointed();
      if (frame) this.#open(frame);
    }
  }

  #onKey(event: KeyboardEvent): void {
    const isOurs = event.ctrlKey || event.metaKey;
    const isTyped = (event.target as Element | null)?.tagName === 'INPUT';
    if (event.key === 'Enter' && !isOurs && !isTyped) {
      const app = this.#application;
      const frame = app && (selectedNode(app)?.frame ?? selectedFrame(app));
      if (frame) this.#open(frame);
    }
    // It would save and open files by itself.
    if (isOurs && ['s', 'o'].includes(event.key)) event.stopImmediatePropagation();
    // Keys of the editor are taken from the page around.
    if (!isTyped || isOurs || /^F\d+$/.test(event.key)) window.dispatchEvent(copyOf(event));
  }

  #open({ key }: SpeedscopeFrame): void {
    const index = Number(key);
    if (Number.isInteger(index) && index >= 0) this.#settings.onOpen(index);
  }

  /** What is below the mouse, else what is selected. */
  #pointed(): SpeedscopeFrame | undefined {
    const app = this.#application;
    if (!app) return undefined;
    const hovered = statesOf(app).find(({ hover }) => hover)?.hover?.node;
    return (hovered ?? selectedNode(app))?.frame ?? selectedFrame(app);
  }

  #find(index: number): SpeedscopeFrame | undefined {
    let found: SpeedscopeFrame | undefined;
    this.#active?.profile.forEachFrame(frame => {
      if (frame.key === index) found = frame;
    });
    return found;
  }

  async #goTo({ track = 0, mode = 'left-heavy', path = [], seen }: Partial<Position>): Promise<void> {
    const app = this.#application;
    const tracks = app?.profileGroup?.profiles.length ?? 0;
    if (track > 0 && track < tracks) app?.setProfileIndexToView(track);
    if (path.length === 0 && !seen) return;
    await this.#painted();
    if (mode === 'sandwich') await this.focus(path.at(-1) ?? -1);
    else await this.#select(path, seen);
    this.#afterFrame(() => this.#moved());
  }

  async #select(path: readonly number[], seen: Position['seen']): Promise<void> {
    const isLaidOut = (): Flamechart | undefined => {
      const found = flamechart(this.#document);
      return found && found.configSpaceViewportRect.size.y > 0 ? found : undefined;
    };
    const chart = await this.#until('its flamegraph', isLaidOut);
    const root = this.#active?.profile.getGroupedCalltreeRoot();
    if (!root) return;
    const node = path.reduce<SpeedscopeNode | undefined>(
      (above, key) => above?.children.find(({ frame }) => frame.key === key),
      root,
    );
    if (node && node !== root) chart.onNodeSelect(node);
    if (!seen) return;
    const rect = chart.configSpaceViewportRect;
    const Vector = rect.origin.constructor as new (x: number, y: number) => typeof rect.origin;
    const [x, y, width] = seen;
    // The height follows from that of the window.
    const size = new Vector(width, rect.size.y);
    chart.setConfigSpaceViewportRect(rect.withOrigin(new Vector(x, y)).withSize(size));
  }

  #moved(): void {
    const app = this.#frame.isConnected ? this.#application : undefined;
    const active = app?.activeProfileState;
    if (!active) return;
    const mode = VIEW_MODES[app.viewMode] ?? 'left-heavy';
    const about = { track: active.index, mode };
    if (mode === 'sandwich') {
      const selected = selectedFrame(app);
      this.#settings.onMove({ ...about, path: selected ? [Number(selected.key)] : [] });
      return;
    }
    const state = mode === 'time-ordered' ? active.chronoViewState : active.leftHeavyViewState;
    const { origin, size } = state.configSpaceViewportRect;
    const isPart = size.x > 0 && size.y > 0 && (size.x < active.profile.getTotalWeight() || origin.y > TOP);
    this.#settings.onMove({
      ...{ ...about, path: pathOf(state.selectedNode) },
      ...(isPart ? { seen: [origin.x, origin.y, size.x] } : {}),
    });
  }

  #afterFrame(then: () => void): void {
    requestAnimationFrame(() => setTimeout(then));
  }

  #painted(): Promise<void> {
    return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
  }

  /** Speedscope tells nobody when it is done. */
  async #until<T>(what: string, ask: () => T | null | undefined): Promise<T> {
    const end = performance.now() + LIMIT_MILLISECONDS;
    while (performance.now() < end) {
      const answer = ask();
      if (answer !== null && answer !== undefined) return answer;
      await new Promise(resolve => setTimeout(resolve, 8));
    }
    throw new Error(`speedscope does not show ${what}`);
  }
}

/** Of the flamegraphs that are on the screen. */
function statesOf({ viewMode, activeProfileState }: Application): FlamechartState[] {
  if (!activeProfileState) return [];
  const { chronoViewState, leftHeavyViewState, sandwichViewState } = activeProfileState;
  const mode = VIEW_MODES[viewMode];
  if (mode !== 'sandwich') return [mode === 'time-ordered' ? chronoViewState : leftHeavyViewState];
  const { callerCallee } = sandwichViewState;
  return callerCallee ? [callerCallee.invertedCallerFlamegraph, callerCallee.calleeFlamegraph] : [];
}

const selectedNode = (app: Application): SpeedscopeNode | undefined =>
  statesOf(app).find(({ selectedNode }) => selectedNode)?.selectedNode ?? undefined;

/** In the sandwich view. */
const selectedFrame = ({ activeProfileState }: Application): SpeedscopeFrame | undefined =>
  activeProfileState?.sandwichViewState.callerCallee?.selectedFrame;

/** The line of the detail pane's stack that an element belongs to: one line per node, the selected one first. */
function stackLine(
  target: EventTarget | null,
  selected: SpeedscopeNode | undefined,
): { readonly element: HTMLElement; readonly node: SpeedscopeNode } | undefined {
  const depth = pathOf(selected ?? null).length;
  for (let element = target as HTMLElement | null; element; element = element.parentElement) {
    const lines = [...(element.parentElement?.children ?? [])];
    const node = lines.length === depth ? ancestor(selected, lines.indexOf(element)) : undefined;
    if (node && beginsWith(element.textContent, node.frame.name)) return { element, node };
  }
  return undefined;
}

/** `> burn (app.js:1)`. */
const beginsWith = (line: string, name: string): boolean => line.replace(/^> /, '').startsWith(name);

function ancestor(node: SpeedscopeNode | undefined, levels: number): SpeedscopeNode | undefined {
  let found = node;
  for (let level = 0; found && level < levels; level++) found = found.parent ?? undefined;
  return found && !found.isRoot() ? found : undefined;
}

function pathOf(node: SpeedscopeNode | null): number[] {
  const path: number[] = [];
  for (let each = node; each && !each.isRoot(); each = each.parent) path.unshift(Number(each.frame.key));
  return path;
}

/** `keyCode` is old, but what VS Code looks at. */
const copyOf = ({
  key,
  code,
  keyCode,
  shiftKey,
  altKey,
  ctrlKey,
  metaKey,
  repeat,
}: KeyboardEvent): KeyboardEvent =>
  new KeyboardEvent('keydown', {
    ...{ key, code, keyCode, shiftKey, altKey, ctrlKey, metaKey, repeat },
    bubbles: true,
  });

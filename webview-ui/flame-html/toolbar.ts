/** The controls above the graph. */
import type { VisualizerState } from '0x/visualizer/state.js';
import { formatCount, formatShare } from '../../src/format/numbers.ts';
import { HEAT, kindColor } from './colors.ts';
import { element } from './element.ts';
import { TYPES } from './frames.ts';
import type { Found } from './search.ts';

export interface ToolbarEvents {
  readonly onTrack: (track: number) => void;
  readonly onSearch: (text: string) => Found;
  readonly onType: (type: string) => void;
  readonly onTiers: () => void;
  readonly onApart: () => void;
  readonly onMagnify: (type: 'in' | 'out') => void;
  readonly onZoomOut: () => void;
}

export interface Shown {
  readonly track: number;
  readonly withApart: boolean;
  readonly hasApart: boolean;
  /** Types of the frames that are drawn. */
  readonly types: ReadonlySet<string>;
}

/** What can be hidden, in the order of the buttons. */
const TYPE_NAMES: readonly (readonly [type: string, name: string])[] = [
  [TYPES.own, 'your code'],
  [TYPES.package, 'packages'],
  [TYPES.node, 'Node.js'],
  [TYPES.native, 'native'],
  [TYPES.state, 'GC and V8'],
  [TYPES.slowcatch, 'Slowcatch'],
];
/** A keystroke is answered at once; a whole word is searched once. */
const SEARCH_DELAY_MILLISECONDS = 100;

export class Toolbar {
  readonly element: HTMLElement;
  readonly #events: ToolbarEvents;
  readonly #tracks: HTMLSelectElement;
  readonly #search = element('input', {
    type: 'search',
    placeholder: 'Search functions',
    ariaLabel: 'Search functions',
  });
  readonly #found = element('output', { className: 'found' });
  readonly #types: ReadonlyMap<string, HTMLButtonElement>;
  readonly #tiers: HTMLButtonElement;
  readonly #apart: HTMLButtonElement;
  readonly #heat = element(
    'span',
    { className: 'heat', title: 'Colours: from little time of its own to much' },
    ...['cold', ...HEAT.map(swatch), 'hot'],
  );
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(trackNames: readonly string[], events: ToolbarEvents) {
    this.#events = events;
    const options = trackNames.map((name, index) => element('option', { value: String(index) }, name));
    this.#tracks = element('select', { ariaLabel: 'Thread', hidden: trackNames.length < 2 }, ...options);
    this.#tracks.onchange = () => events.onTrack(Number(this.#tracks.value));
    this.#types = new Map(TYPE_NAMES.map(([type, name]) => [type, button(name, () => events.onType(type))]));
    this.#tiers = button('Colour by kind', events.onTiers);
    this.#apart = button('Idle', events.onApart);
    this.#apart.title = 'Idle time, and time without samples';
    this.#search.oninput = () => this.#searchSoon();
    this.element = element(
      'div',
      { className: 'toolbar', role: 'group', ariaLabel: 'Controls of the flamegraph' },
      this.#tracks,
      group('', this.#search, this.#found),
      group('Show', ...this.#types.values(), this.#apart),
      group('', this.#tiers, this.#heat),
      group(
        '',
        labelled(
          button('−', () => events.onMagnify('out')),
          'Smaller',
        ),
        labelled(
          button('+', () => events.onMagnify('in')),
          'Larger',
        ),
        button('Zoom out', events.onZoomOut),
      ),
    );
  }

  /** After another track is drawn, or another part of it. */
  show({ track, withApart, hasApart, types }: Shown, state: VisualizerState): void {
    this.#tracks.value = String(track);
    for (const [type, each] of this.#types) each.hidden = !types.has(type);
    this.#apart.hidden = !hasApart;
    press(this.#apart, withApart);
    this.update(state);
    this.#searchNow();
  }

  update({ control, typeFilters }: VisualizerState): void {
    press(this.#tiers, control.tiers);
    for (const [type, each] of this.#types) {
      press(each, !typeFilters.exclude.has(type));
      if (control.tiers) each.style.setProperty('--kind', kindColor(type));
      else each.style.removeProperty('--kind');
    }
    this.#heat.hidden = control.tiers;
  }

  #searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#searchNow(), SEARCH_DELAY_MILLISECONDS);
  }

  #searchNow(): void {
    const text = this.#search.value;
    if (text.trim() === '' && this.#found.value === '') return;
    const { frames, share } = this.#events.onSearch(text);
    this.#found.value = text.trim() === '' ? '' : foundText(frames, share);
  }
}

const foundText = (frames: number, share: number): string =>
  frames === 0
    ? 'nothing found'
    : `${formatCount(frames)} ${frames === 1 ? 'frame' : 'frames'}, ${formatShare(share)}`;

const button = (label: string, onclick: () => void): HTMLButtonElement =>
  element('button', { type: 'button', onclick }, label);

function labelled<T extends HTMLElement>(each: T, label: string): T {
  return Object.assign(each, { ariaLabel: label, title: label });
}

const press = (each: HTMLButtonElement, isPressed: boolean): void =>
  each.setAttribute('aria-pressed', String(isPressed));

const group = (label: string, ...children: readonly Node[]): HTMLElement =>
  element(
    'span',
    { className: 'group', role: 'group', ariaLabel: label || null },
    ...(label ? [label] : []),
    ...children,
  );

function swatch(color: string): HTMLElement {
  const made = element('i');
  made.style.background = color;
  return made;
}

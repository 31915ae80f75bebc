/** What the user has chosen to see. Pure. */
import type { Span } from '../../src/analysis/gc/collection-statistics.ts';

/** `newest`: the last minute of a live recording, `whole` all of it, else a stretch that stays. */
export type Shown = 'newest' | 'whole' | Span;

export interface PageState {
  /** Key of the thread; absent: the one that collected longest. */
  readonly thread?: string;
  readonly shown: Shown;
  /** The chosen range. */
  readonly range?: Span;
  /** Where the time axis of a live recording stopped when the range was chosen. */
  readonly axis?: Span;
  /** Panels that show their table. */
  readonly tables: readonly string[];
}

/** What the recording says about itself. */
export interface Extent {
  readonly duration: number;
  readonly isLive: boolean;
}

export type Action =
  | { readonly type: 'choose'; readonly range: Span | undefined }
  | { readonly type: 'zoom' }
  | { readonly type: 'show'; readonly shown: 'newest' | 'whole' }
  | { readonly type: 'thread'; readonly key: string }
  | { readonly type: 'table'; readonly panel: string };

/** Milliseconds. */
const NEWEST = 60_000;
const SHORTEST_SPAN = 1;
/** Steps by which the axis of a live recording moves; of all of it at least that share, 1 s … 1 h. */
const NEWEST_STEP = 5000;
const LEAST_STEP = 1 / 60;
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600].map(seconds => seconds * 1000);

export const initialState: PageState = { shown: 'newest', tables: [] };

/** What VS Code kept of the page, perhaps of an older version. */
export function restored(kept: Partial<PageState> | undefined): PageState {
  const { thread, shown, range, axis, tables } = kept ?? {};
  return {
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(isSpan(range) ? { range } : {}),
    ...(isSpan(range) && isSpan(axis) ? { axis } : {}),
    shown: shown === 'whole' || isSpan(shown) ? shown : 'newest',
    tables: Array.isArray(tables) ? tables : [],
  };
}

export function next(state: PageState, action: Action, extent: Extent): PageState {
  if (action.type === 'choose') return choose(state, action.range, extent);
  if (action.type === 'zoom') return state.range ? { ...state, shown: state.range } : state;
  if (action.type === 'show') return { ...choose(state, undefined, extent), shown: action.shown };
  if (action.type === 'thread') return { ...state, thread: action.key };
  return { ...state, tables: toggled(state.tables, action.panel) };
}

/** While a recording goes on the time axis stops as long as a range is chosen. */
function choose(state: PageState, range: Span | undefined, extent: Extent): PageState {
  const { range: _range, axis: _axis, ...rest } = state;
  if (!range) return rest;
  const axis = extent.isLive ? { axis: visibleSpan(state, extent) } : {};
  return { ...rest, ...axis, range: within(range, extent.duration) };
}

/** What the time axis shows, in milliseconds; never empty. */
export function visibleSpan({ shown, axis }: PageState, { duration, isLive }: Extent): Span {
  if (typeof shown === 'object') return shown;
  if (axis) return axis;
  if (!isLive) return { from: 0, to: Math.max(duration, SHORTEST_SPAN) };
  if (shown === 'whole') return { from: 0, to: roomFor(duration, stepOf(duration)) };
  const to = roomFor(duration, NEWEST_STEP);
  return { from: Math.max(0, to - NEWEST), to: Math.max(to, NEWEST) };
}

/**
 * A little later than the end of a live recording: the picture stands still while it fills up, so that only what is new
 * need be drawn, and one can point at something.
 */
const roomFor = (duration: number, step: number): number => step * (Math.floor(duration / step) + 1);

const stepOf = (duration: number): number =>
  STEPS.find(step => step >= duration * LEAST_STEP) ?? duration * LEAST_STEP;

function within({ from, to }: Span, duration: number): Span {
  const inside = (time: number): number => Math.min(Math.max(0, time), Math.max(duration, SHORTEST_SPAN));
  return { from: inside(Math.min(from, to)), to: inside(Math.max(from, to)) };
}

const toggled = (names: readonly string[], name: string): readonly string[] =>
  names.includes(name) ? names.filter(each => each !== name) : [...names, name];

const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' &&
  value !== null &&
  Number.isFinite((value as Span).from) &&
  Number.isFinite((value as Span).to) &&
  (value as Span).to > (value as Span).from;

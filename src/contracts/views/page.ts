/** What all views have in common; each has its own messages beside it, in `<view>.ts`. */

/** Told by every view whenever its page was loaded: at first, after it was hidden, after a change of theme. */
export interface ViewReady {
  readonly type: 'ready';
}

/** What VS Code keeps of a view over a reload of the window. */
export interface ViewState {
  /** What the view shows, given by the extension: enough to ask the server for it again. */
  readonly shown: unknown;
  /** What the view itself wants back: what was selected, sorted, scrolled to. */
  readonly kept: unknown;
}

/** Attribute of the page's `body` with `ViewState.shown` as JSON. */
export const SHOWN_ATTRIBUTE = 'data-shown';

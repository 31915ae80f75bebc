/** The view's end of the messages to the extension. */
import { SHOWN_ATTRIBUTE, type ViewReady, type ViewState } from '../../src/contracts/views/page.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Connection<FromView, Kept> {
  post(message: FromView | ViewReady): void;
  /** What the view kept when it was shown last; nothing at the first time. May be an older version's. */
  readonly kept: Partial<Kept> | undefined;
  /** Keeps it over hiding, a change of theme and a reload of the window. */
  keep(kept: Kept): void;
  /** The page shows something else from now on: that is what comes back after a reload of the window. */
  reshow(shown: unknown): void;
}

/** Can be called once. Then say `ready`, and the extension gives what there is to show. */
export function connect<ToView, FromView, Kept>(
  onMessage: (message: ToView) => void,
): Connection<FromView, Kept> {
  const api = acquireVsCodeApi();
  let shown: unknown = JSON.parse(document.body.getAttribute(SHOWN_ATTRIBUTE) ?? 'null');
  const kept = api.getState()?.kept as Partial<Kept> | undefined;
  let last = kept;
  const keep = (next: Partial<Kept> | undefined): void => {
    last = next;
    api.setState({ shown, kept: next });
  };
  const reshow = (next: unknown): void => {
    shown = next;
    keep(last);
  };
  keep(kept);
  window.addEventListener('message', (event: MessageEvent<ToView>) => onMessage(event.data));
  return { post: message => api.postMessage(message), kept, keep, reshow };
}

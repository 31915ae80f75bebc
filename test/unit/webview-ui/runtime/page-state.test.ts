import { describe, expect, test } from 'vitest';
import {
  type Action,
  initialState,
  next,
  type PageState,
  restored,
  visibleSpan,
} from '../../../../webview-ui/runtime/page-state.ts';

const SAVED = { duration: 200_000, isLive: false };
const LIVE = { duration: 200_000, isLive: true };

const after = (extent: typeof LIVE, ...actions: readonly Action[]): PageState =>
  actions.reduce((state, action) => next(state, action, extent), initialState);

const choose = (from: number, to: number): Action => ({ type: 'choose', range: { from, to } });

describe('the time axis', () => {
  test('shows all of a saved recording', () => {
    expect(visibleSpan(initialState, SAVED)).toEqual({ from: 0, to: 200_000 });
  });

  test('shows the newest minute of a live one, and a whole minute from the beginning', () => {
    expect(visibleSpan(initialState, { ...LIVE, duration: 199_999 })).toEqual({ from: 140_000, to: 200_000 });
    expect(visibleSpan(initialState, { duration: 3000, isLive: true })).toEqual({ from: 0, to: 60_000 });
  });

  test('of a live one stands still for some seconds, with room for them', () => {
    const spans = [200_000, 201_000, 204_900, 205_000].map(duration =>
      visibleSpan(initialState, { ...LIVE, duration }),
    );
    const first = { from: 145_000, to: 205_000 };
    expect(spans).toEqual([first, first, first, { from: 150_000, to: 210_000 }]);
  });

  test.each([
    [0, 1],
    [12_300, 13],
    [600_000, 610],
    [3_600_000, 3660],
    [36_000_000, 36_600],
  ])('of all %s ms that are live has a little room', (duration, seconds) => {
    expect(visibleSpan({ ...initialState, shown: 'whole' }, { duration, isLive: true })).toEqual({
      from: 0,
      to: seconds * 1000,
    });
  });

  test('stops while a range is chosen, and follows again when it is cleared', () => {
    const chosen = after(LIVE, choose(150_000, 160_000));
    const later = { ...LIVE, duration: 260_000 };
    expect(visibleSpan(chosen, later)).toEqual({ from: 145_000, to: 205_000 });
    const cleared = next(chosen, { type: 'choose', range: undefined }, later);
    expect(visibleSpan(cleared, later)).toEqual({ from: 205_000, to: 265_000 });
  });

  test('is zoomed into the range, and back to the whole', () => {
    const zoomed = after(SAVED, choose(10_000, 20_000), { type: 'zoom' });
    expect(visibleSpan(zoomed, SAVED)).toEqual({ from: 10_000, to: 20_000 });
    const whole = next(zoomed, { type: 'show', shown: 'whole' }, SAVED);
    expect(visibleSpan(whole, SAVED)).toEqual({ from: 0, to: 200_000 });
    expect(whole.range).toBeUndefined();
  });

  test('of nothing is not empty', () => {
    const { from, to } = visibleSpan(initialState, { duration: 0, isLive: false });
    expect(to).toBeGreaterThan(from);
  });
});

describe('the range', () => {
  test('stays within the recording, its ends in order', () => {
    expect(after(SAVED, choose(500_000, -3)).range).toEqual({ from: 0, to: 200_000 });
  });

  test('without one there is nothing to zoom into', () => {
    expect(after(SAVED, { type: 'zoom' })).toEqual(initialState);
  });
});

describe('what was kept', () => {
  test('comes back', () => {
    const state = after(
      LIVE,
      choose(1000, 2000),
      { type: 'table', panel: 'heap' },
      { type: 'thread', key: '1:0' },
    );
    expect(restored(JSON.parse(JSON.stringify(state)) as PageState)).toEqual(state);
  });

  test.each([
    ['nothing', undefined],
    ['another version', { shown: 'all', range: { from: 'x' }, tables: 3, thread: 4 } as never],
    ['an empty range', { range: { from: 4, to: 4 } }],
  ])('of %s is the beginning', (_, kept: Partial<PageState> | undefined) => {
    expect(restored(kept)).toEqual(initialState);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  nearestBar,
  neighbour,
  restored,
  zoomAround,
  zoomTo,
} from '../../../../webview-ui/operation/page-state.ts';
import { ordersView } from '../../../draw/operation-view.ts';

const view = ordersView();

describe('what is seen of an operation', () => {
  test('stays within it, and is all of it again when nothing is left out', () => {
    expect(zoomTo({ from: -50, to: 100 }, view)).toEqual({ from: 0, to: 150 });
    expect(zoomTo({ from: 400, to: 500 }, view)).toEqual({ from: 312, to: 412 });
    expect(zoomTo({ from: -1, to: 1000 }, view)).toBeUndefined();
  });

  test('is never empty, and never outside of it', () => {
    const time = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(time, time, fc.constantFrom('in' as const, 'out' as const), (from, length, direction) => {
        const zoom = zoomAround({ from, to: from + Math.abs(length) }, from, direction, view);
        if (!zoom) return;
        expect(zoom.from).toBeGreaterThanOrEqual(0);
        expect(zoom.to).toBeLessThanOrEqual(412 + 1e-9);
        expect(zoom.to - zoom.from).toBeGreaterThan(0);
      }),
    );
  });

  test('is what was kept, as far as that makes sense', () => {
    expect(restored({ key: view.key, zoom: { from: 10, to: 20 } }, view).zoom).toEqual({ from: 10, to: 20 });
    expect(restored({ key: 'other', zoom: { from: 10, to: 20 }, isTableShown: true }, view)).toEqual({
      ...{ key: view.key, isTableShown: true, unfolded: ['cpu'] },
    });
    for (const zoom of [{}, null, { from: 5, to: 5 }, { from: 'a', to: 3 }])
      expect(restored({ key: view.key, zoom: zoom as never }, view).zoom).toBeUndefined();
  });
});

describe('keys', () => {
  test('go along a row, and to the nearest bar of the next row that has some', () => {
    expect(neighbour(view, { row: 1, bar: 0 }, 'ArrowRight')).toEqual({ row: 1, bar: 1 });
    expect(neighbour(view, { row: 1, bar: 0 }, 'ArrowLeft')).toBeUndefined();
    expect(neighbour(view, { row: 2, bar: 0 }, 'End')).toEqual({ row: 2, bar: 50 });
    expect(neighbour(view, { row: 2, bar: 50 }, 'ArrowUp')).toEqual({ row: 1, bar: 1 });
    expect(neighbour(view, { row: 5, bar: 0 }, 'ArrowDown')).toBeUndefined();
    expect(neighbour(view, { row: 5, bar: 0 }, 'x')).toBeUndefined();
  });

  test('find the bar at a moment, else the nearest', () => {
    expect(nearestBar(view, 1, 100)).toBe(0);
    expect(nearestBar(view, 1, 171)).toBe(0);
    expect(nearestBar(view, 1, 173)).toBe(1);
    expect(nearestBar(view, 1, 5000)).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { addedFrom, rowCounts } from '../../../../webview-ui/runtime/charts/added-rows.ts';
import type { Frame } from '../../../../webview-ui/runtime/charts/frame.ts';
import { drawLane } from '../../../../webview-ui/runtime/charts/lane-drawing.ts';
import { RecordingData } from '../../../../webview-ui/runtime/data/recording-data.ts';
import { PANELS } from '../../../../webview-ui/runtime/panels/panels.ts';
import { generateRuntimeView, generateUpdate } from '../../../draw/runtime-view.ts';

const THEME: Frame['theme'] = {
  series: { blue: 'b', purple: 'p', orange: 'o', green: 'g', yellow: 'y', red: 'r', foreground: 'f' },
  fills: { blue: 'b', purple: 'p', orange: 'o', green: 'g', yellow: 'y', red: 'r', foreground: 'f' },
  ...{ text: 't', lines: 'l', font: { family: 'f', size: 11 } },
};
const NOTHING = { before: undefined, until: Number.NEGATIVE_INFINITY };

describe('a lane whose rows come second by second', () => {
  test.each([
    ['a lot, a minute', 40, { from: 45_000, to: 105_000 }, 658],
    ['a little, a minute', 0.3, { from: 45_000, to: 105_000 }, 658],
    ['a lot, all', 40, { from: 0, to: 110_000 }, 658],
    ['few pixels', 12, { from: 0, to: 110_000 }, 37],
    ['a moment', 12, { from: 100_900, to: 102_100 }, 500],
    ['a stretch before', 12, { from: 90_000, to: 100_500 }, 500],
  ])('is drawn as if they had come at once: %s', (_, collectionsPerSecond, span, pixels) => {
    const load = { seconds: 100, collectionsPerSecond, isLive: true };
    const recording = new RecordingData(generateRuntimeView(load));
    const thread = recording.threads[0]!;
    const frame = { thread, span, theme: THEME, axisWidth: 64 };
    const lanes = () =>
      PANELS.flatMap(panel => panel.lanes).map(lane => ({ lane, series: lane.series(thread) }));
    let drawn = lanes().map(lane => drawLane(lane, frame, pixels, NOTHING));
    let counts = rowCounts(lanes());
    for (const second of [0, 1, 2, 3, 4]) {
      recording.append(generateUpdate(load, second));
      drawn = lanes().map((lane, index) =>
        drawLane(lane, frame, pixels, {
          before: drawn[index],
          until: addedFrom(lane, counts[index], span, pixels),
        }),
      );
      counts = rowCounts(lanes());
      expect(drawn).toEqual(lanes().map(lane => drawLane(lane, frame, pixels, NOTHING)));
    }
  });
});

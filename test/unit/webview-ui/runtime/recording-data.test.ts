import { describe, expect, test } from 'vitest';
import { RecordingData } from '../../../../webview-ui/runtime/data/recording-data.ts';
import { laneTable, tableText } from '../../../../webview-ui/runtime/panels/lane-table.ts';
import { heapPanel } from '../../../../webview-ui/runtime/panels/heap.ts';
import { memoryPanel } from '../../../../webview-ui/runtime/panels/memory.ts';
import type { Lane } from '../../../../webview-ui/runtime/panels/panel.ts';
import { drawCollections } from '../../../draw/collections.ts';
import { generateRuntimeView, generateUpdate } from '../../../draw/runtime-view.ts';

const LOAD = { seconds: 5, collectionsPerSecond: 4, isLive: true };

const lane = (id: string): Lane =>
  [...heapPanel.lanes, ...memoryPanel.lanes].find(lane => lane.id === id) ?? heapPanel.lanes[0]!;

function tableOf(recording: RecordingData, id: string, most: number, span = { from: 0, to: 10_000 }) {
  const thread = recording.thread(undefined)!;
  return laneTable(lane(id), lane(id).series(thread), span, most);
}

describe('live rows', () => {
  test('are added to what the view file had', () => {
    const recording = new RecordingData(generateRuntimeView(LOAD));
    recording.append(generateUpdate(LOAD, 0));
    const thread = recording.thread('4711:0')!;
    expect(thread.samples.at).toEqual([1000, 2000, 3000, 4000, 5000, 6000]);
    expect(thread.collections.at).toEqual(thread.collections.at.toSorted((a, b) => a - b));
    expect(recording.duration).toBe(6000);
  });

  test('that the view file had already are left out', () => {
    const recording = new RecordingData(generateRuntimeView(LOAD));
    const before = recording.thread('4711:0')!.collections.at.length;
    recording.append(generateUpdate({ ...LOAD, seconds: 4 }, 0));
    const { samples, collections, heap } = recording.thread('4711:0')!;
    expect(samples.at).toHaveLength(5);
    expect(collections.at).toHaveLength(before);
    expect(heap.at).toHaveLength(5 + 2 * before);
  });

  test('of a thread that began later make a thread', () => {
    const recording = new RecordingData(generateRuntimeView(LOAD));
    recording.append({ ...generateUpdate(LOAD, 0), threadId: 3, name: 'worker' });
    expect(recording.threads.map(({ name, samples }) => [name, samples.at.length])).toEqual([
      ['main', 5],
      ['worker', 1],
    ]);
  });

  test('with other causes and spaces keep their meaning', () => {
    const [thread] = generateRuntimeView(LOAD).threads;
    const first = drawCollections('at kind pause new\n 10 scavenge 2 16→1');
    const later = { ...drawCollections('at kind pause old\n 20 scavenge 3 8→9'), causes: ['idle'] };
    const recording = new RecordingData({
      ...generateRuntimeView(LOAD),
      threads: [{ ...thread!, collections: first }],
    });
    recording.append({ ...generateUpdate(LOAD, 0), collections: later });
    const { collections } = recording.thread(undefined)!;
    expect(collections.cause.map(index => collections.causes[index])).toEqual(['allocation', 'idle']);
    expect(collections.spaces).toEqual([
      { name: 'new_space', beforeBytes: [16e6, null], afterBytes: [1e6, null] },
      { name: 'old_space', beforeBytes: [null, 8e6], afterBytes: [null, 9e6] },
    ]);
  });
});

describe('the heap over time', () => {
  test('has the samples, and each collection before and after it', () => {
    const [thread] = generateRuntimeView({ ...LOAD, seconds: 1 }).threads;
    const collections = drawCollections('at kind pause new\n 10 scavenge 2 16→1');
    const recording = new RecordingData({
      ...generateRuntimeView(LOAD),
      threads: [{ ...thread!, collections }],
    });
    const { heap } = recording.thread(undefined)!;
    expect(heap.at).toEqual([10, 12, 1000]);
    expect(heap.spaces.get('new_space')?.slice(0, 2)).toEqual([16e6, 1e6]);
  });
});

describe('the table of a lane', () => {
  test('names the longest pauses in the order of time when there are too many', () => {
    const [thread] = generateRuntimeView(LOAD).threads;
    const collections = drawCollections(`
      at    kind                pause  new
      100   scavenge            2      16→1
      200   mark-sweep-compact  30     16→1
      300   scavenge            4      16→1
    `);
    const recording = new RecordingData({
      ...generateRuntimeView(LOAD),
      threads: [{ ...thread!, collections }],
    });
    expect(tableText(tableOf(recording, 'pauses', 2))).toBe(
      [
        'Pauses: the longest 2 of 3',
        '',
        '  Time  Kind                  Pause  Heap before  Heap after  Cause',
        '0.20 s  Mark-sweep-compact  30.0 ms      16.0 MB     1.00 MB  allocation',
        '0.30 s  Scavenge            4.00 ms      16.0 MB     1.00 MB  allocation',
        '',
      ].join('\n'),
    );
  });

  test('puts rows together when there are too many, each with the highest of them', () => {
    const recording = new RecordingData(generateRuntimeView({ seconds: 10, collectionsPerSecond: 1 }));
    const { caption, rows } = tableOf(recording, 'memory', 5);
    expect(caption).toBe('Memory: the highest of 2 measurements each');
    expect(rows.map(([time]) => time)).toEqual(['1.00 s', '3.00 s', '5.00 s', '7.00 s', '9.00 s']);
  });

  test('holds what lies in the span alone', () => {
    const recording = new RecordingData(generateRuntimeView({ seconds: 10, collectionsPerSecond: 1 }));
    expect(tableOf(recording, 'memory', 100, { from: 3000, to: 5000 }).rows).toHaveLength(3);
  });
});

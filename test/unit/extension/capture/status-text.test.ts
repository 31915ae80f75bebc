import { describe, expect, test } from 'vitest';
import type { CaptureProgress } from '../../../../src/contracts/server.ts';
import type { RecordingEntry } from '../../../../src/contracts/recording-entry.ts';
import type { ActiveCapture } from '../../../../src/extension/capture/capture-state.ts';
import { statusText } from '../../../../src/extension/capture/status-text.ts';

const progress: CaptureProgress = {
  ...{ id: 'r1', state: 'recording', elapsedMilliseconds: 12_345, processes: 2 },
  ...{ overheadShare: 0.018, problems: [], hasEnded: false },
};

const recording: ActiveCapture = {
  ...{
    attempt: 1,
    kind: 'launch',
    name: 'shop',
    id: 'r1',
    isLaunching: false,
    isStopping: false,
    sessions: ['a'],
  },
  ...{ notes: [], problems: [], isExplained: false, progress },
};

describe('the status item', () => {
  test('offers to profile when nothing is recorded', () => {
    const status = statusText(undefined);
    expect(status.text).toBe('$(flame) Profile');
    expect(status.command).toBe('slowcatch.profileCurrent');
    expect(status.tooltip).toContain('F1');
  });

  test('tells which recording is open, and how old it is', () => {
    const entry: RecordingEntry = {
      ...{ id: 'a', name: 'shop\u001B', startedAt: '2026-11-23T10:00:00Z', isPinned: false, cwd: '/w' },
      ...{ state: 'saved', bytes: 1, folder: '/r/a' },
    };
    const now = Date.parse('2026-11-23T10:05:00Z');
    const idle = statusText(undefined, { entry, now });
    expect(idle.tooltip).toMatch(/^Open recording: shop\\x1b, 5 min ago\nProfile the configuration/);
    expect(statusText(recording, { entry, now })).toEqual(statusText(recording));
  });

  test('tells elapsed time and own cost, and a click stops', () => {
    const status = statusText(recording);
    expect(status.text).toBe('$(record) 0:12 · 1.8 %');
    expect(status.command).toBe('slowcatch.stop');
    expect(status.tooltip).toContain('Recording shop for 0:12 · 2 processes');
    expect(status.tooltip).toContain('takes 1.8 % of the program’s CPU time');
    expect(status.tooltip).toContain('stop the program');
  });

  test('says nothing of a cost that is not known yet', () => {
    const { overheadShare: _unknown, ...early } = progress;
    const status = statusText({ ...recording, progress: { ...early, processes: 1 } });
    expect(status.text).toBe('$(record) 0:12');
    expect(status.tooltip).toContain('1 process\n');
    expect(status.tooltip).toContain('once the program has burnt a second');
  });

  test('does not promise to end a program that it has not started', () => {
    expect(statusText({ ...recording, kind: 'attach' }).tooltip).not.toContain('stop the program');
  });

  test('waits for the first process', () => {
    const { progress: _none, id: _id, ...asked } = recording;
    expect(statusText(asked).tooltip).toContain('Starting shop');
    const waiting = statusText({ ...recording, progress: { ...progress, processes: 0 } });
    expect(waiting.text).toBe('$(loading~spin) Starting…');
    expect(waiting.tooltip).toContain('Waiting for the first Node.js process of shop');
    expect(waiting.command).toBe('slowcatch.stop');
  });

  test('saves without being asked twice', () => {
    const status = statusText({ ...recording, isStopping: true });
    expect(status.text).toBe('$(loading~spin) Saving…');
    expect(status.command).toBeUndefined();
  });

  test('has a label for screen readers without icons in every state', () => {
    const states = [undefined, recording, { ...recording, isStopping: true }];
    for (const state of states) expect(statusText(state).label).toMatch(/^[^$]+$/);
  });
});

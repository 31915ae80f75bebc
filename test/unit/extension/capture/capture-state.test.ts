import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureProgress } from '../../../../src/contracts/server.ts';
import {
  type ActiveCapture,
  type CaptureEvent,
  cameToNothing,
  hasEnded,
  nextCapture,
} from '../../../../src/extension/capture/capture-state.ts';

const progress = (changes: Partial<CaptureProgress> = {}): CaptureProgress => ({
  id: 'r1',
  state: 'recording',
  elapsedMilliseconds: 1000,
  processes: 1,
  problems: [],
  hasEnded: false,
  ...changes,
});

/** `launch begun +a +b launched -a`: what happened to a capture, one word each. */
function after(story: string): ActiveCapture | undefined {
  return story.split(' ').map(event).reduce<ActiveCapture | undefined>(nextCapture, undefined);
}

function event(word: string): CaptureEvent {
  if (word === 'launch' || word === 'attach') return { type: 'requested', kind: word, name: 'shop' };
  if (word === 'debug(a)')
    return { type: 'requested', kind: 'debug-sessions', name: 'shop', sessions: ['a'] };
  if (word === 'begun') return { type: 'begun', id: 'r1', name: 'shop', notes: [] };
  if (word.startsWith('+')) return { type: 'session-started', session: word.slice(1) };
  if (word.startsWith('-')) return { type: 'session-ended', session: word.slice(1) };
  if (word === 'ended') return { type: 'progress', progress: progress({ hasEnded: true }) };
  if (word === 'failed') return { type: 'progress', progress: progress({ state: 'failed' }) };
  if (word === 'other-ended') return { type: 'progress', progress: progress({ id: 'r0', hasEnded: true }) };
  return { type: word } as CaptureEvent;
}

const isOver = (story: string): boolean => {
  const capture = after(story);
  if (!capture) throw new Error(`no capture after: ${story}`);
  return hasEnded(capture);
};

describe('the end of a capture', () => {
  test.each([
    ['a launch ends with its session', 'launch begun +a launched -a', true],
    [
      'a session that ended while VS Code was still launching is noticed',
      'launch begun +a -a launched',
      true,
    ],
    ['a compound goes on as long as one member runs', 'launch begun +a +b launched -a', false],
    ['a compound ends with its last member', 'launch begun +a +b launched -a -b', true],
    ['a member that ends before another has started ends nothing', 'launch begun +a -a', false],
    ['a launch of which no session came up has ended', 'launch begun launched', true],
    ['a launch that has not begun has not ended', 'launch launched', false],
    ['an attached program ends when the server says so', 'attach begun ended', true],
    ['an attached program has no session that could end it', 'attach begun -x', false],
    ['a recorder that failed ends the capture', 'attach begun failed', true],
    ['news of an earlier capture end nothing', 'attach begun other-ended', false],
    ['a debug session ends with its root', 'debug(a) begun -a', true],
    ['a debug session goes on while others end', 'debug(a) begun -b', false],
    ['a capture that is being saved does not end again', 'launch begun +a launched stopping -a', false],
  ])('%s', (_name, story, expected) => {
    expect(isOver(story)).toBe(expected);
  });

  test('a launch that was cancelled came to nothing', () => {
    expect(cameToNothing(after('launch launched') as ActiveCapture)).toBe(true);
    expect(cameToNothing(after('launch') as ActiveCapture)).toBe(false);
    expect(cameToNothing(after('launch begun launched') as ActiveCapture)).toBe(false);
  });
});

test('a second request does not take the place of a capture', () => {
  expect(after('launch begun attach')).toMatchObject({ kind: 'launch', id: 'r1' });
});

test('late events of a capture that is over bring nothing back', () => {
  const words = ['begun', 'launched', '+a', '-a', 'ended', 'failed', 'stopping', 'over'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words)), late => {
      expect(after(['launch', 'begun', 'over', ...late].join(' '))).toBeUndefined();
    }),
  );
});

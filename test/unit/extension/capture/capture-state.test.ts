import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordedProblem } from '../../../../src/contracts/recording.ts';
import type { CaptureProgress } from '../../../../src/contracts/server.ts';
import {
  type ActiveCapture,
  type CaptureEvent,
  hasEnded,
  isOpen,
  newProblems,
  nextCapture,
  whyNothing,
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

/**
 * `launch begun +a +b launched -a`: what happened to a capture, one word each, of the first attempt; `launch#2` of the
 * second.
 */
function after(story: string): ActiveCapture | undefined {
  return story.split(' ').map(event).reduce<ActiveCapture | undefined>(nextCapture, undefined);
}

function event(written: string): CaptureEvent {
  const [word = '', number = '1'] = written.split('#');
  const attempt = Number(number);
  if (word === 'launch' || word === 'attach') return { type: 'requested', attempt, kind: word, name: 'shop' };
  if (word === 'debug(a)')
    return { type: 'requested', attempt, kind: 'debug-sessions', name: 'shop', sessions: ['a'] };
  if (word === 'begun') return { type: 'begun', attempt, id: `r${attempt}`, name: 'shop', notes: [] };
  if (word === 'refused') return { type: 'launched', attempt, isExplained: true };
  if (word.startsWith('!')) return { type: 'progress', progress: progress({ problems: [problem(word)] }) };
  if (word.startsWith('+')) return { type: 'session-started', session: word.slice(1) };
  if (word.startsWith('-')) return { type: 'session-ended', session: word.slice(1) };
  if (word === 'ended') return { type: 'progress', progress: progress({ hasEnded: true }) };
  if (word === 'failed') return { type: 'progress', progress: progress({ state: 'failed' }) };
  if (word === 'other-ended') return { type: 'progress', progress: progress({ id: 'r0', hasEnded: true }) };
  return { type: word, attempt, isExplained: false } as CaptureEvent;
}

const problem = (word: string): RecordedProblem => ({ code: word.slice(1), message: word, advice: '' });

function known(story: string): ActiveCapture {
  const capture = after(story);
  if (!capture) throw new Error(`no capture after: ${story}`);
  return capture;
}

const isOver = (story: string): boolean => hasEnded(known(story));

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
    ['a launch that has not begun has not ended', 'launch', false],
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
    expect(after('launch launched')).toBeUndefined();
    expect(after('launch begun launched')).toBeDefined();
  });
});

describe('what comes of an attempt that was given up', () => {
  test.each(['begun#1', 'launched#1', 'refused#1', 'stopping#1', 'over#1'])(
    '%s changes nothing of the next attempt',
    late => {
      expect(after(`launch over launch#2 ${late}`)).toEqual(after('launch over launch#2'));
    },
  );

  test('programs join as long as nobody has given up or asked for the end', () => {
    expect(isOpen(after('launch begun +a'), 1)).toBe(true);
    expect(isOpen(after('launch begun +a stopping'), 1)).toBe(false);
    expect(isOpen(after('launch over'), 1)).toBe(false);
    expect(isOpen(after('launch over launch#2'), 1)).toBe(false);
  });
});

describe('problems of a capture', () => {
  test('each kind is told once, however many processes have it', () => {
    const codes = (before: string, now: string) =>
      newProblems(known(before), known(`${before} ${now}`)).map(({ code }) => code);
    expect(codes('launch begun', '!node-too-old')).toEqual(['node-too-old']);
    expect(codes('launch begun !node-too-old', '!node-too-old !no-agent !no-agent')).toEqual(['no-agent']);
    expect(codes('launch begun', 'ended')).toEqual([]);
  });

  test.each([
    ['a reason that comes with the end', 'launch begun launched', '!node-too-old', 'program', 'node-too-old'],
    ['no reason at all', 'launch begun launched', '', 'program', 'nothing-recorded'],
    ['a reason that was told', 'launch begun launched !no-agent', '!no-agent', 'program', undefined],
    ['a launch that has told its failure', 'launch begun refused', '!no-agent', 'program', undefined],
    ['a user who has given up', 'launch begun launched', '!no-agent', 'user', undefined],
  ] as const)('where nothing was recorded: %s', (_name, story, atEnd, endedBy, code) => {
    const before = known(story);
    const now = atEnd === '' ? before : known(`${story} stopping ${atEnd}`);
    expect(whyNothing(before, now, endedBy)?.code).toBe(code);
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

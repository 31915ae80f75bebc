import { describe, expect, test } from 'vitest';
import type { FileHints } from '../../../../src/contracts/views/recording.ts';
import { leakFindings, memorySection, withLeakHints } from '../../../../src/present/leaks/leak-places.ts';
import { shopLeaks, verdict } from '../../../draw/leaks-view.ts';

const SESSIONS = '/home/me/shop/src/sessions.ts';

const draw = (files: readonly FileHints[]): string[] =>
  files.flatMap(({ file, hints }) =>
    hints.map(({ line, text, leaks }) => `${file}:${line} ${text}${leaks ? ` [${leaks.length}]` : ''}`),
  );

const hint = (line: number, text: string) => ({ line, text, share: 0.1, heat: 2 as const, functions: [] });

describe('behind lines', () => {
  test('only what is sure is marked', () => {
    expect(draw(withLeakHints([], shopLeaks()))).toEqual([
      `${SESSIONS}:18 leaks Session: 1.00 per request (3.20 KB) [1]`,
    ]);
  });

  test('what is known of the line otherwise stays before it', () => {
    const files = [{ file: SESSIONS, sha256: 'abc', hints: [hint(20, '3 % self'), hint(18, '12 % self')] }];
    const marked = withLeakHints(files, shopLeaks());
    expect(draw(marked)).toEqual([
      `${SESSIONS}:18 12 % self · leaks Session: 1.00 per request (3.20 KB) [1]`,
      `${SESSIONS}:20 3 % self`,
    ]);
    expect(marked[0]!.sha256).toBe('abc');
  });

  test('two that are allocated on one line are both there', () => {
    const place = { file: SESSIONS, line: 18 };
    const document = shopLeaks({
      verdicts: [verdict('Session', '5 5 5', place), verdict('Array', '5 5 5', place)],
    });
    expect(withLeakHints([], document)[0]!.hints[0]!.leaks).toHaveLength(2);
  });

  test('what has no line is nowhere', () => {
    expect(withLeakHints([], shopLeaks({ verdicts: [verdict('Session', '5 5 5')] }))).toEqual([]);
  });
});

test('findings are what is sure, with holder, line and what to do', () => {
  expect(leakFindings(shopLeaks())).toEqual([
    {
      severity: 'warning',
      message:
        'Session: 1.00 per request (3.20 KB) are never let go. Held by module sessions.ts → Map sessions → Session.',
      advice: 'Give the collection an end: a largest size or an age.',
      place: { file: SESSIONS, line: 18 },
      brief: { subject: 'Session', said: 'leaks 1.00 per request', short: 'leaks 1.00 per request' },
    },
  ]);
});

test('the view has all verdicts; growth without operations is that of the epochs', () => {
  const { perOperation: _, ...alone } = verdict('Cart', '10 20 30');
  const { outcome, verdicts } = memorySection(shopLeaks({ verdicts: [alone] }));
  expect(outcome).toBe('1 leak found.');
  expect(verdicts[0]).toMatchObject({ stateWords: 'Leak', growth: '+60 in 3 epochs (192 KB)' });
});

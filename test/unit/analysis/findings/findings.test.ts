import { describe, expect, test } from 'vitest';
import { findings } from '../../../../src/analysis/findings/all.ts';
import type { ProfileFacts } from '../../../../src/analysis/findings/profile-facts.ts';
import type { HotFunction } from '../../../../src/contracts/document.ts';

const SECOND = 1_000_000;

function hot(share: number, samples: number, name = 'rank'): HotFunction {
  const selfMicroseconds = share * 10 * SECOND;
  return {
    ...{ name, file: '/app/rank.ts', line: 11, column: 1, share, samples },
    selfMicroseconds,
    totalMicroseconds: selfMicroseconds,
  };
}

/** Ten busy seconds at one sample per millisecond, unless told otherwise. */
function facts(
  changes: Partial<Record<'busy' | 'idle' | 'gc' | 'ambiguous' | 'samples', number>>,
  functions: HotFunction[] = [],
): ProfileFacts {
  const { busy = 10 * SECOND, idle = 0, gc = 0, ambiguous = 0, samples = (busy + idle) / 1000 } = changes;
  return {
    breakdown: {
      sampledMicroseconds: busy + idle,
      idleMicroseconds: idle,
      notSampledMicroseconds: 0,
      garbageCollectionMicroseconds: gc,
      programMicroseconds: 0,
      nativeMicroseconds: 0,
      nodeMicroseconds: 0,
      packagesMicroseconds: 0,
      ownMicroseconds: busy - gc,
      slowcatchMicroseconds: 0,
    },
    cpuMicroseconds: busy,
    samples,
    hotFunctions: functions,
    repair: {
      checkedMicroseconds: busy,
      repairedMicroseconds: 0,
      estimatedMicroseconds: 0,
      ambiguousMicroseconds: ambiguous,
      notRepairedMicroseconds: 0,
    },
  };
}

const found = (given: ProfileFacts) => findings(given).map(({ id, message }) => `${id}: ${message}`);

describe('what stands out in a profile', () => {
  test('a function from a sixth of the busy time on, three at most', () => {
    const functions = [hot(0.38, 3800), hot(0.2, 2000, 'b'), hot(0.16, 1600, 'c'), hot(0.155, 1550, 'd')];
    expect(found(facts({}, functions))).toEqual([
      'hot-function: rank burns 38 % of the busy time by itself',
      'hot-function: b burns 20 % of the busy time by itself',
      'hot-function: c burns 16 % of the busy time by itself',
    ]);
    expect(found(facts({}, [hot(0.14, 1400)]))).toEqual([]);
  });

  test('says how sure the share is', () => {
    const [finding] = findings(facts({}, [hot(0.38, 3800)]));
    expect(finding).toMatchObject({ file: '/app/rank.ts', line: 11, severity: 'warning' });
    // 1.96 × √(0.38 × 0.62 / 10,000)
    expect(finding?.evidence['shareMargin']).toBeCloseTo(0.0095, 4);
  });

  test('is no surer for the time that the program was idle', () => {
    const given = facts({ busy: SECOND, idle: 9 * SECOND }, [hot(0.38, 380)]);
    const finding = findings(given).find(({ id }) => id === 'hot-function');
    // 1.96 × √(0.38 × 0.62 / 1,000)
    expect(finding?.evidence['shareMargin']).toBeCloseTo(0.0301, 4);
  });

  test('no function of a handful of samples', () => {
    expect(found(facts({ busy: 0.15 * SECOND }, [hot(0.5, 75)]))).toEqual([]);
  });

  test('garbage collection from a tenth of the busy time on', () => {
    expect(found(facts({ gc: 1.2 * SECOND }))).toEqual([
      'garbage-collection: Garbage collection takes 12 % of the busy time',
    ]);
    expect(found(facts({ gc: 0.9 * SECOND }))).toEqual([]);
  });

  test('garbage collection as measured, where it was', () => {
    const pauses = { count: 90, pauseMilliseconds: { p50: 9, p95: 30, p99: 40, max: 40, total: 1500 } };
    const [finding] = findings({ ...facts({ gc: 0 }), gc: { ...pauses, byKind: { scavenge: pauses } } });
    expect(finding).toMatchObject({
      message: 'Garbage collection takes 15 % of the busy time',
      evidence: { share: 0.15, pauseMilliseconds: 1500, collections: 90, p95Milliseconds: 30 },
    });
    const little = { ...pauses, pauseMilliseconds: { ...pauses.pauseMilliseconds, total: 500 } };
    // Samples say more, but they are not what counts then.
    expect(
      findings({ ...facts({ gc: 3 * SECOND }), gc: { ...little, byKind: { scavenge: little } } }),
    ).toEqual([]);
  });

  test('a program that waited, but not one that was hardly looked at', () => {
    expect(found(facts({ busy: 0.4 * SECOND, idle: 9.6 * SECOND }))).toEqual([
      'mostly-idle: 96 % idle: the program was waiting, not computing',
    ]);
    expect(found(facts({ busy: 0.01 * SECOND, idle: 0.5 * SECOND })).join()).not.toContain('mostly-idle');
  });

  test('too few samples on work', () => {
    expect(found(facts({ busy: 0.05 * SECOND }))).toEqual([
      'too-short: Only 50 samples fell on work: too few to trust any share',
    ]);
    expect(found(facts({ busy: 1000 }))).toEqual([
      'too-short: Only 1 sample fell on work: too few to trust any share',
    ]);
    expect(found(facts({ busy: 0, samples: 0 }))).toEqual([
      'too-short: Only 0 samples fell on work: too few to trust any share',
    ]);
  });

  test('a stretch that is too short to tell can be made longer; that nothing was in it is told elsewhere', () => {
    const [short] = findings({ ...facts({ busy: 50_000 }), isPart: true });
    expect(short?.advice).toBe('Choose a longer stretch, or look at the whole recording.');
    expect(findings({ ...facts({ busy: 0, samples: 0 }), isPart: true })).toEqual([]);
    expect(findings({ ...facts({ busy: 400, samples: 0 }), isPart: true })).toHaveLength(1);
  });

  test('time that cannot be named', () => {
    expect(found(facts({ ambiguous: 1.5 * SECOND }))).toEqual([
      'uncertain-names: For 15 % of the time it is not certain which function burnt it',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { threadGc } from '../../../../src/analysis/gc/thread-gc.ts';
import { gcSentence } from '../../../../src/present/runtime/gc-sentence.ts';
import { drawRecords } from '../../../draw/runtime-records.ts';

const said = (text: string): string => gcSentence(threadGc(drawRecords(text), 0)!);
const scavenges = (count: number, each: string): string =>
  Array.from({ length: count }, (_, index) => `${index * 100 + 10} scavenge ${each}`).join('\n');

describe('what is said of garbage collection', () => {
  test('nothing where there was none', () => {
    expect(said('watched 2000')).toBe('No garbage collection was seen in 2.00 s.');
  });

  test('that it is no concern, where it takes little and no pause is felt', () => {
    expect(said(`watched 2000\n${scavenges(4, '2')}`)).toBe(
      'GC is no concern: 0.4 % of the time (p95 2.00 ms, longest 2.00 ms).',
    );
  });

  test('a long pause, though it takes little in all', () => {
    expect(said('watched 10000\n500 mark-sweep-compact 120')).toBe(
      'GC took 1.2 % of the time (p95 120 ms, longest 120 ms): little in all, but a pause of that length is felt.',
    );
  });

  test('a larger young generation, where most of what is promoted is freed again', () => {
    const churn = scavenges(12, '12 new 16→2 old 40→50');
    expect(
      said(
        `watched 2000\n${churn}\n1300 mark-sweep-compact 10 new 1→1 old 100→40\n1900 mark-sweep-compact 10 new 1→1 old 100→40`,
      ),
    ).toBe(
      'GC took 8.2 % of the time (p95 12.0 ms, longest 12.0 ms); 88 % of it is scavenges: 75 % of the young objects survive one, and most of what is promoted dies soon after: a larger young generation (--max-semi-space-size) is likely to help.',
    );
  });

  test('no such advice where what is promoted stays alive, or where it is not known what becomes of it', () => {
    const growing = `watched 2000\n${scavenges(12, '12 new 16→2 old 40→50')}`;
    expect(said(growing)).toMatch(/: 75 % of the young objects survive one\.$/);
    expect(
      said(
        `${growing}\n1300 mark-sweep-compact 10 new 1→1 old 100→98\n1900 mark-sweep-compact 10 new 1→1 old 190→185`,
      ),
    ).toMatch(/, and most of what is promoted stays alive\.$/);
  });

  test('that it was forced', () => {
    expect(said('watched 1000\n100 mark-sweep-compact 80 forced\n300 scavenge 8')).toBe(
      'GC took 8.8 % of the time (p95 80.0 ms, longest 80.0 ms); 91 % of it was forced (global.gc, or a debugger).',
    );
  });
});

import { expect, test } from 'vitest';
import type { Finding } from '../../../src/contracts/finding.ts';
import { briefFinding } from '../../../src/present/brief-finding.ts';

const brief = (id: string, values: Partial<Finding> = {}) => {
  const { subject, said, number } =
    briefFinding({ id, severity: 'info', message: '', advice: '', evidence: { share: 0.957 }, ...values }) ??
    {};
  return [subject, said, number];
};

test.each([
  ['hot-function', { subject: 'rank\u001B' }, [String.raw`rank\x1b`, 'burns 96 %', '96 %']],
  ['mostly-idle', {}, [undefined, '96 % idle', '96 %']],
  ['garbage-collection', {}, [undefined, 'Garbage collection 96 %', '96 %']],
  ['uncertain-names', {}, [undefined, 'Uncertain names 96 %', '96 %']],
  ['too-short', { evidence: { busySamples: 40 } }, [undefined, 'Too short: only 40 samples', '40 samples']],
  ['another', {}, [undefined, undefined, undefined]],
])('%s in few words', (id, values, expected) => {
  expect(brief(id, values)).toEqual(expected);
});

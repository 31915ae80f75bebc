import { expect, test } from 'vitest';
import type { Finding } from '../../../src/contracts/finding.ts';
import { briefFinding } from '../../../src/present/brief-finding.ts';

const brief = (id: string, values: Partial<Finding> = {}) => {
  const { subject, said, short } =
    briefFinding({ id, severity: 'info', message: '', advice: '', evidence: { share: 0.957 }, ...values }) ??
    {};
  return [subject, said, short];
};

test.each([
  ['hot-function', { subject: 'rank\u001B' }, [String.raw`rank\x1b`, 'burns 96 %', 'CPU 96 %']],
  ['mostly-idle', {}, [undefined, '96 % idle', undefined]],
  ['garbage-collection', {}, [undefined, 'Garbage collection 96 %', undefined]],
  ['uncertain-names', {}, [undefined, 'Uncertain names 96 %', undefined]],
  ['too-short', { evidence: { busySamples: 40 } }, [undefined, 'Too short: only 40 samples', undefined]],
  [
    'slow-route-waits',
    { subject: 'GET /a', evidence: { share: 0.61, waitKind: 'child' } },
    ['GET /a', 'waits 61 % for child processes', 'child process 61 %'],
  ],
  ['slow-route-cpu', { subject: 'GET /a' }, ['GET /a', 'computes 96 %', 'CPU 96 %']],
  ['slow-route-loop', { subject: 'GET /a' }, ['GET /a', 'held up 96 %', 'held up 96 %']],
  [
    'blocking-call',
    { subject: 'GET /a', evidence: { share: 0.6, call: 'readFileSync' } },
    ['GET /a', 'blocks 60 % in readFileSync', 'readFileSync 60 %'],
  ],
  [
    'n-plus-one',
    { subject: 'GET /a', evidence: { timesInOne: 51, waitKind: 'query' } },
    ['GET /a', 'asks one query ×51', 'one query ×51'],
  ],
  [
    'n-plus-one',
    { subject: 'GET /a', evidence: { timesInOne: 12, waitKind: 'http' } },
    ['GET /a', 'asks one server ×12', 'one server ×12'],
  ],
  [
    'event-loop-stall',
    { evidence: { longestMilliseconds: 385 } },
    [undefined, 'Event loop blocked 385 ms', undefined],
  ],
  ['another', {}, [undefined, undefined, undefined]],
])('%s in few words', (id, values, expected) => {
  expect(brief(id, values)).toEqual(expected);
});

/** Findings in as few words as a narrow view has room for. */
import type { Finding } from '../contracts/finding.ts';
import type { BriefFinding } from '../contracts/views/recording.ts';
import { milliseconds } from '../contracts/units.ts';
import { formatCount, formatMilliseconds, formatShare } from '../format/numbers.ts';
import { plainText } from '../format/untrusted.ts';

const BRIEFS: Readonly<Record<string, (finding: Finding) => BriefFinding>> = {
  'too-short': ({ evidence }) => {
    const number = `${formatCount(Number(evidence['busySamples']))} samples`;
    return { said: `Too short: only ${number}`, number };
  },
  'mostly-idle': finding => ({
    ...said(finding, share => `${share} idle`),
    detail: 'your program waited',
  }),
  'hot-function': finding => ({
    ...subjectOf(finding),
    ...said(finding, share => `burns ${share}`),
  }),
  'slow-route-waits': finding => ({
    ...subjectOf(finding),
    ...said(
      finding,
      share => `waits ${share} for ${SHORT[String(finding.evidence['waitKind'])] ?? 'others'}`,
    ),
  }),
  'n-plus-one': ({ subject, evidence }) => {
    const number = `${formatCount(Number(evidence['timesInOne']))} ×`;
    return { ...subjectOf({ subject }), said: `asks one query ${number}`, number };
  },
  'blocking-call': finding => ({
    ...subjectOf(finding),
    ...said(finding, share => `blocks ${share} in ${plainText(String(finding.evidence['call']), 40)}`),
  }),
  'slow-route-cpu': finding => ({ ...subjectOf(finding), ...said(finding, share => `computes ${share}`) }),
  'slow-route-loop': finding => ({
    ...subjectOf(finding),
    ...said(finding, share => `held up ${share}`),
    detail: 'its thread was busy with others',
  }),
  'event-loop-stall': ({ evidence }) => {
    const number = formatMilliseconds(milliseconds(Number(evidence['longestMilliseconds'])));
    return { said: `Event loop blocked ${number}`, number };
  },
  'garbage-collection': finding => said(finding, share => `Garbage collection ${share}`),
  'uncertain-names': finding => said(finding, share => `Uncertain names ${share}`),
};

/** Behind "waits 61 % for". */
const SHORT: Readonly<Record<string, string>> = {
  ...{
    pool: 'a pool',
    query: 'queries',
    http: 'other servers',
    fs: 'files',
    dns: 'DNS',
    connect: 'connections',
  },
  ...{ timer: 'timers', lock: 'locks', stream: 'streams', child: 'child processes', worker: 'workers' },
  crypto: 'crypto',
};

const subjectOf = ({ subject }: { readonly subject?: string | undefined }) =>
  subject === undefined ? {} : { subject: plainText(subject) };

/** Undefined for a finding that has none: its message has to do. */
export const briefFinding = (finding: Finding): BriefFinding | undefined => BRIEFS[finding.id]?.(finding);

function said({ evidence }: Finding, sentence: (share: string) => string): BriefFinding {
  const number = formatShare(Number(evidence['share']));
  return { said: sentence(number), number };
}

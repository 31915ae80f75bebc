/** Findings in as few words as a narrow view has room for. */
import type { Finding } from '../contracts/finding.ts';
import { WAIT_KINDS, type WaitKind } from '../contracts/operation-kinds.ts';
import type { BriefFinding } from '../contracts/views/recording.ts';
import { milliseconds } from '../contracts/units.ts';
import { formatCount, formatMilliseconds, formatShare } from '../format/numbers.ts';
import { kindWord, ROW_WORDS } from '../format/operation-words.ts';
import { plainText } from '../format/untrusted.ts';

const BRIEFS: Readonly<Record<string, (finding: Finding) => BriefFinding>> = {
  'too-short': ({ evidence }) => {
    const number = `${formatCount(Number(evidence['busySamples']))} samples`;
    return { said: `Too short: only ${number}` };
  },
  'mostly-idle': finding => ({
    ...said(finding, share => `${share} idle`),
    detail: 'your program waited',
  }),
  'hot-function': finding => ({
    ...subjectOf(finding),
    ...said(finding, share => `burns ${share}`, 'CPU'),
  }),
  'slow-route-waits': finding => {
    const kind = waitKind(finding);
    const sentence = (share: string) => `waits ${share} ${kind ? ROW_WORDS[kind].phrase : 'for others'}`;
    return { ...subjectOf(finding), ...said(finding, sentence, kind ? kindWord(kind) : 'waits') };
  },
  'n-plus-one': ({ subject, evidence }) => {
    const times = `×${formatCount(Number(evidence['timesInOne']))}`;
    const asked = evidence['waitKind'] === 'http' ? 'server' : 'query';
    return { ...subjectOf({ subject }), said: `asks one ${asked} ${times}`, short: `one ${asked} ${times}` };
  },
  'blocking-call': finding => {
    const call = plainText(String(finding.evidence['call']), 40);
    return { ...subjectOf(finding), ...said(finding, share => `blocks ${share} in ${call}`, call) };
  },
  'slow-route-cpu': finding => ({
    ...subjectOf(finding),
    ...said(finding, share => `computes ${share}`, 'CPU'),
  }),
  'slow-route-loop': finding => ({
    ...subjectOf(finding),
    ...said(finding, share => `held up ${share}`, 'held up'),
    detail: 'its thread was busy with others',
  }),
  'event-loop-stall': ({ evidence }) => {
    const longest = formatMilliseconds(milliseconds(Number(evidence['longestMilliseconds'])));
    return { said: `Event loop blocked ${longest}` };
  },
  'garbage-collection': finding => said(finding, share => `Garbage collection ${share}`),
  'uncertain-names': finding => said(finding, share => `Uncertain names ${share}`),
};

const waitKind = ({ evidence }: Finding): WaitKind | undefined =>
  WAIT_KINDS.find(kind => kind === evidence['waitKind']);

const subjectOf = ({ subject }: { readonly subject?: string | undefined }) =>
  subject === undefined ? {} : { subject: plainText(subject) };

/** Undefined for a finding that has none: its message has to do. */
export const briefFinding = (finding: Finding): BriefFinding | undefined => BRIEFS[finding.id]?.(finding);

/** `what` the share is of, for where the sentence has no room. */
function said({ evidence }: Finding, sentence: (share: string) => string, what?: string): BriefFinding {
  const share = formatShare(Number(evidence['share']));
  return { said: sentence(share), ...(what === undefined ? {} : { short: `${what} ${share}` }) };
}

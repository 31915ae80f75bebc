/** Findings in as few words as a narrow view has room for. */
import type { Finding } from '../contracts/finding.ts';
import type { BriefFinding } from '../contracts/server.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
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
    ...(finding.subject === undefined ? {} : { subject: plainText(finding.subject) }),
    ...said(finding, share => `burns ${share}`),
  }),
  'garbage-collection': finding => said(finding, share => `Garbage collection ${share}`),
  'uncertain-names': finding => said(finding, share => `Uncertain names ${share}`),
};

/** Undefined for a finding that has none: its message has to do. */
export const briefFinding = (finding: Finding): BriefFinding | undefined => BRIEFS[finding.id]?.(finding);

function said({ evidence }: Finding, sentence: (share: string) => string): BriefFinding {
  const number = formatShare(Number(evidence['share']));
  return { said: sentence(number), number };
}

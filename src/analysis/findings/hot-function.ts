/**
 * A function that burns much of the CPU by itself.
 *
 * The share is of all CPU time, idle excluded, after inlining repair. It is named from a sixth on, since that is
 * what a fix could gain at most; the margin is the sampling error at 95 % (binomial: 1.96 × √(p·(1−p)/n),
 * where n counts the samples of busy time: those that fell on idle time say nothing of the share). Where the number of
 * samples is not known, the margin is not either.
 */
import type { HotFunction } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import { percent, type FindIn } from './profile-facts.ts';

const LEAST_SHARE = 0.15;
const LEAST_SAMPLES = 100;
const MOST = 3;

export const hotFunction: FindIn = ({ hotFunctions, samples }) =>
  hotFunctions
    .filter(found => found.share >= LEAST_SHARE && (samples === 0 || found.samples >= LEAST_SAMPLES))
    .slice(0, MOST)
    .map(describe);

function describe(found: HotFunction): Finding {
  const { name, file, line, share, samples, selfMicroseconds, totalMicroseconds } = found;
  const busySamples = samples / share;
  const shareMargin = 1.96 * Math.sqrt((share * (1 - share)) / busySamples);
  return {
    id: 'hot-function',
    severity: 'warning',
    file,
    line,
    subject: name,
    message: `${name} burns ${percent(share)} % of the busy time by itself`,
    advice: 'Make it cheaper or call it less; its hottest lines are listed below.',
    evidence: {
      share,
      ...(samples > 0 ? { shareMargin, samples } : {}),
      selfMicroseconds,
      totalMicroseconds,
    },
  };
}

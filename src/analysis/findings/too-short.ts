/** Too few samples to name anything: shares would be noise. */
import { burntMicroseconds } from '../cpu/breakdown.ts';
import type { FindIn } from './profile-facts.ts';

/** With 100 samples a share of 10 % is known to ± 6 points. */
const LEAST_SAMPLES = 100;

export const tooShort: FindIn = ({ breakdown, samples, isPart = false }) => {
  const { sampledMicroseconds } = breakdown;
  const interval = sampledMicroseconds / Math.max(1, samples);
  const busy = Math.round(burntMicroseconds(breakdown) / interval);
  // A profile may not tell its samples; that nothing at all was in a stretch is told by itself.
  const isUnknown = samples === 0 && sampledMicroseconds > 0 !== isPart;
  if (isUnknown || (samples > 0 && busy >= LEAST_SAMPLES)) return [];
  const busySamples = Number.isFinite(busy) ? busy : 0;
  return [
    {
      id: 'too-short',
      severity: 'info',
      message: `Only ${busySamples} sample${busySamples === 1 ? '' : 's'} fell on work: too few to trust any share`,
      advice: isPart
        ? 'Choose a longer stretch, or look at the whole recording.'
        : 'Record for longer, or while the program is busy.',
      evidence: { busySamples, sampledMicroseconds },
    },
  ];
};

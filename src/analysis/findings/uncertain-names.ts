/** A part of the time whose function cannot be told: V8 lost it when it inlined, and the sources do not decide it. */
import { percent, type FindIn } from './profile-facts.ts';

const LEAST_SHARE = 0.1;

export const uncertainNames: FindIn = ({ repair }) => {
  const { ambiguousMicroseconds, checkedMicroseconds } = repair;
  const share = ambiguousMicroseconds / checkedMicroseconds;
  if (!(share >= LEAST_SHARE)) return [];
  return [
    {
      id: 'uncertain-names',
      severity: 'info',
      message: `For ${percent(share)} % of the time it is not certain which function burnt it`,
      advice: 'Node 24 and older lose the names of inlined functions; run it on Node 26 to see them.',
      evidence: { share, ambiguousMicroseconds, checkedMicroseconds },
    },
  ];
};

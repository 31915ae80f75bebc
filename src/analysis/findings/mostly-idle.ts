/** The program hardly used the CPU: what is slow about it is waiting, and a CPU profile cannot show for what. */
import { percent, type FindIn } from './profile-facts.ts';

const LEAST_SHARE = 0.9;
/** A shorter time says nothing about a program. */
const LEAST_MICROSECONDS = 1_000_000;

export const mostlyIdle: FindIn = ({ breakdown }) => {
  const { idleMicroseconds, sampledMicroseconds } = breakdown;
  const share = idleMicroseconds / sampledMicroseconds;
  if (!(share >= LEAST_SHARE) || sampledMicroseconds < LEAST_MICROSECONDS) return [];
  return [
    {
      id: 'mostly-idle',
      severity: 'info',
      message: `${percent(share)} % idle: the program was waiting, not computing`,
      advice: 'Record it while it is under load; if it is slow all the same, it waits for something outside.',
      evidence: { share, idleMicroseconds, sampledMicroseconds },
    },
  ];
};

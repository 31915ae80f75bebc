/** A program that is being tracked, in words. */
import type { ExpectedCost, LeakSnapshot } from '../../contracts/leaks.ts';
import type { LiveTracking, Refusal, TrackingStep } from '../../contracts/views/leaks.ts';
import { formatBytes, formatTime, rangeWords } from '../../format/numbers.ts';

/** How far tracking has come. */
export interface Tracking {
  readonly step: LiveTracking['step'];
  /** Of the next snapshot; absent while no process answers. */
  readonly cost?: ExpectedCost;
  /** Operations since the last snapshot; absent before the first. */
  readonly sinceLast?: number;
  readonly snapshots: readonly LeakSnapshot[];
  readonly refusal?: Refusal;
}

/** `1.20 s to 3.60 s`. */
export const pauseText = ({ leastPauseMicroseconds, mostPauseMicroseconds }: ExpectedCost): string =>
  rangeWords(formatTime, leastPauseMicroseconds, mostPauseMicroseconds);

/** `210 MB to 650 MB`. */
export const memoryText = ({ leastExtraBytes, mostExtraBytes }: ExpectedCost): string =>
  rangeWords(formatBytes, leastExtraBytes, mostExtraBytes);

export function liveTracking({ step, cost, refusal }: Tracking): LiveTracking {
  const doing = doingText(step, cost);
  return {
    step,
    ...(doing === undefined ? {} : { doing }),
    ...(cost ? { cost: `${pauseText(cost)} pause, +${memoryText(cost)}` } : {}),
    ...(refusal ? { refusal } : {}),
  };
}

function doingText(step: LiveTracking['step'], cost: ExpectedCost | undefined): string | undefined {
  if (step === 'starting') return 'Waiting for the program to start …';
  if (step === 'comparing') return 'Reading the snapshot and comparing …';
  if (step === 'ready') return undefined;
  const pause = cost ? ` for ${pauseText(cost)}` : '';
  return `Writing a snapshot: the program stands still${pause} …`;
}

/** Snapshots with as many epochs between them are enough to be sure. */
const SURE_EPOCHS = 3;

/** What has to be done before there is anything to compare; nothing any more once there is. */
export function firstSteps(snapshots: number): TrackingStep[] {
  if (snapshots >= 2) return [];
  return [
    {
      text: 'Let the program start and do each kind of its work once: caches and code are filled then.',
      isDone: snapshots > 0,
    },
    { text: 'Take the first snapshot. What is there then counts as normal.', isDone: snapshots > 0 },
    {
      text: 'Let it do the same work again, some dozen times or more: requests, jobs, messages.',
      isDone: false,
    },
    {
      text: `Take the next snapshot, and repeat that: after ${SURE_EPOCHS} rounds it is sure what grows.`,
      isDone: false,
    },
  ];
}

/** What to do next, in one sentence; empty when there is enough. */
export function nextStep(snapshots: number): string {
  if (snapshots === 0) return 'Take a snapshot when the program has warmed up.';
  if (snapshots === 1) return 'Now let it work, then take the next snapshot.';
  const missing = SURE_EPOCHS - (snapshots - 1);
  if (missing <= 0) return '';
  return missing === 1
    ? 'One more epoch of the same work makes it sure.'
    : `${missing} more epochs of the same work make it sure.`;
}

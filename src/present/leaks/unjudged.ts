/** What sampling suspects, and no snapshot has judged yet. */
import type { AllocationFrame, LeaksDocument, LeakSuspicion } from '../../contracts/leaks.ts';

/** Suspicions of which no verdict speaks: none has the same call innermost. */
export function unjudged({ suspicions = [], verdicts }: LeaksDocument): readonly LeakSuspicion[] {
  const judged = new Set(verdicts.map(({ allocatedAt = [] }) => placeKey(allocatedAt[0])));
  return suspicions.filter(each => !judged.has(placeKey(each)));
}

const placeKey = (frame: Pick<AllocationFrame, 'name' | 'file' | 'line'> | undefined): string =>
  JSON.stringify([frame?.name, frame?.file, frame?.line]);

import type { HotFunction } from '../../contracts/document.ts';
import { heaviest, shareOf } from './heaviest.ts';
import { OPENABLE, type Owner } from './owner.ts';
import type { PlacedProfile } from './placed-profile.ts';
import type { FunctionTotals } from './totals.ts';

/** The functions of these owners with most self time, the hottest first: at most `limit`, none without self time. */
export function hotFunctions(
  { functions }: Pick<PlacedProfile, 'functions'>,
  { self, total, samples, cpuMicroseconds }: FunctionTotals,
  limit: number,
  owners: readonly Owner[] = OPENABLE,
): HotFunction[] {
  const selfOfOwners = self.map((time, index) => (owners.includes(functions[index]!.owner) ? time : 0));
  return heaviest(selfOfOwners, limit).map(index => {
    const { name, file, line, column } = functions[index]!;
    return {
      ...{ name, file, line, column },
      selfMicroseconds: self[index]!,
      totalMicroseconds: total[index]!,
      share: shareOf(self[index]!, cpuMicroseconds),
      samples: Math.round(samples[index]!),
    };
  });
}

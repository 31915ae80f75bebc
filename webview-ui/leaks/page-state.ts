/** What the user has chosen to see of a report. Pure. */
import type { LeakRow, LeaksKept, LeaksView } from '../../src/contracts/views/leaks.ts';

/** What was kept, as far as it is of this report. */
export const restored = (kept: Partial<LeaksKept> | undefined): LeaksKept => ({
  isTableShown: kept?.isTableShown === true,
  ...(typeof kept?.chosen === 'string' ? { chosen: kept.chosen } : {}),
});

/** The verdict that is shown: the chosen one, else the first. */
export const chosenRow = ({ verdicts }: LeaksView, { chosen }: LeaksKept): LeakRow | undefined =>
  verdicts.find(({ key }) => key === chosen) ?? verdicts[0];

/** The row that a key goes to from another one; undefined: the key means nothing here. */
export function rowAfter(verdicts: readonly LeakRow[], from: number, key: string): LeakRow | undefined {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: verdicts.length - 1 }[key];
  return to === undefined ? undefined : verdicts[to];
}

/** Mistakes that real shops are found to make: `SHOP_FAULTS` names those that are made, `none` makes none. */
export const FAULTS = ['cpu', 'pool', 'n-plus-1', 'sync-fs'] as const;
export type Fault = (typeof FAULTS)[number];

/** `cpu,pool`; without a text all are made. Throws for a name that is none. */
export function readFaults(text: string | undefined): ReadonlySet<Fault> {
  if (text === undefined || text === '') return new Set(FAULTS);
  if (text === 'none') return new Set();
  return new Set(text.split(',').map(name => fault(name.trim())));
}

function fault(name: string): Fault {
  const known = FAULTS.find(fault => fault === name);
  if (known === undefined)
    throw new Error(`SHOP_FAULTS must be none, or some of ${FAULTS.join(',')}, not "${name}"`);
  return known;
}

/** What programs of test/programs/waits say of their waits in comments, and what ledgers say of them. */
import { readFileSync } from 'node:fs';
import { operationLedger } from '../../src/analysis/operations/ledger.ts';
import type { Ledger } from '../../src/analysis/operations/ledger-types.ts';
import type { OperationRecord } from '../../src/contracts/operations.ts';

/** `// wait timer` in the lines of the function of that name, or `// wait timer: name` anywhere; `http|stream`: either. */
export interface Truth {
  /** `timer 40` */
  readonly waits: ReadonlySet<string>;
}

const METHOD = /^ {2}(?:async )?(\w+)(?:\(\)|:)/;
const WAIT = /\/\/ wait ([a-z|]+)(?:: (\w+))?/;

/** By name of the case. */
export function truthsIn(file: string): Map<string, Truth> {
  const truths = new Map<string, { waits: Set<string> }>();
  let current = '';
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    current = METHOD.exec(line)?.[1] ?? current;
    const [, kinds, of = current] = WAIT.exec(line) ?? [];
    if (kinds === undefined) continue;
    const waits = truths.get(of)?.waits ?? new Set();
    for (const kind of kinds.split('|')) waits.add(`${kind} ${index + 1}`);
    truths.set(of, { waits });
  }
  return truths;
}

/** Its ledger, with places as the program ran. */
export function ledgerOf(record: OperationRecord, all: readonly OperationRecord[]): Ledger {
  const inner = all.filter(({ parent }) => parent === record.id);
  return operationLedger(record, { inner });
}

/** `timer 40: 98 %` of what was waited, longest first; what ran or was ready is left out. */
export function drawnWaits({ groups }: Ledger): string[] {
  const waited = groups.filter(({ kind }) => kind !== 'cpu' && kind !== 'gc' && kind !== 'loop');
  const total = waited.reduce((sum, { length }) => sum + length, 0);
  return waited
    .filter(({ length }) => length >= total / 100)
    .map(
      ({ kind, place, length }) => `${kind} ${place?.line ?? '?'}: ${Math.round((100 * length) / total)} %`,
    );
}

/** Microseconds that were waited, and those of the right kind at the right line. */
export function judged({ groups }: Ledger, { waits }: Truth): { waited: number; right: number } {
  let [waited, right] = [0, 0];
  for (const { kind, place, length } of groups) {
    if (kind === 'cpu' || kind === 'gc' || kind === 'loop') continue;
    waited += length;
    if (waits.has(`${kind} ${place?.line ?? '?'}`)) right += length;
  }
  return { waited, right };
}

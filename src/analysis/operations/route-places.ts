/**
 * Lines of waits whose own operation has not looked for them: those of the same wait in others of its route, where all that
 * have looked tell one line. The same wait: of that kind and library, with that detail.
 */
import type { OperationWait } from '../../contracts/document.ts';
import { groupsOf, mainCauseOf } from './ledger-sums.ts';
import type { Ledger, Place, Purpose } from './ledger-types.ts';

type Told = Pick<OperationWait, 'kind' | 'isOnThread' | 'library' | 'detail' | 'file' | 'line'>;

/** Undefined: they are several. */
export type RoutePlaces = ReadonlyMap<string, Place | undefined>;

export function routePlaces(waits: readonly Told[]): RoutePlaces {
  const places = new Map<string, Place | undefined>();
  for (const wait of waits) {
    const { file, line } = wait;
    if (file === undefined || line === undefined || !isWait(wait)) continue;
    const key = keyOf(wait);
    const known = places.get(key);
    if (!places.has(key)) places.set(key, { file, line });
    else if (known && (known.file !== file || known.line !== line)) places.set(key, undefined);
  }
  return places;
}

export function waitLikeOthers(wait: OperationWait, places: RoutePlaces): OperationWait {
  const place = wait.file === undefined && isWait(wait) ? places.get(keyOf(wait)) : undefined;
  return place ? { ...wait, ...place, isLikeOthers: true } : wait;
}

export function ledgerLikeOthers(ledger: Ledger, places: RoutePlaces): Ledger {
  const like = <P extends Purpose>(purpose: P): P => {
    const place = !purpose.place && isWait(purpose) ? places.get(keyOf(purpose)) : undefined;
    return place ? { ...purpose, place, isLikeOthers: true } : purpose;
  };
  const parts = ledger.parts.map(like);
  const waits = ledger.waits.map(like);
  const groups = groupsOf(parts, waits, ledger.durationMicroseconds);
  const mainCause = mainCauseOf(ledger.totals, groups);
  return { ...ledger, parts, waits, groups, ...(mainCause ? { mainCause } : {}) };
}

const NO_WAITS: ReadonlySet<string> = new Set(['cpu', 'gc', 'loop', 'unknown']);

const isWait = ({ kind, isOnThread }: Pick<Purpose, 'kind' | 'isOnThread'>): boolean =>
  !isOnThread && !NO_WAITS.has(kind);

/** What a pool was like is told anew each time. */
const keyOf = ({ kind, library = '', detail = '' }: Pick<Purpose, 'kind' | 'library' | 'detail'>): string =>
  `${kind} ${library}\n${kind === 'pool' ? '' : detail}`;

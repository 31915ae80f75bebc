/** What a thread still holds, look by look, as records; and whether something may grow, so that a closer look is worth it. */
import type { HeldRecord, HeldSite } from '../../contracts/held-records.ts';
import type { AllocationPart } from './contract.ts';
import { heldSites, type HeldProfile } from './held-sites.ts';

/** Looks of a turn before anything is said, and the last ones that must all have brought something. */
const FEWEST_LOOKS = 5;
const LAST_LOOKS = 3;
/** Sampled objects that these have brought, and the part of the fresh ones that must have stayed. */
const FEWEST_OBJECTS = 12;
const LASTING = 0.7;

interface Gain {
  readonly objects: number;
  readonly fresh: number;
  readonly gained: number;
}

export class HeldRecords {
  private turn = 0;
  private newest = 0;
  private looks = 0;
  private gains = new Map<string, readonly Gain[]>();

  /** `agent`: path of our own code. */
  constructor(private readonly agent: string) {}

  /** Of a `live` part. */
  take(part: AllocationPart): HeldRecord {
    if (part.turn !== this.turn) this.begin(part.turn);
    const profile = JSON.parse(part.profile) as HeldProfile;
    const { newest, ...held } = heldSites(profile, this.agent, this.newest);
    this.newest = newest;
    this.looks++;
    this.count(held);
    const { turn, fromMicroseconds, toMicroseconds: atMicroseconds, intervalBytes } = part;
    const { costMicroseconds, requests, fromRequests, floorBytes } = part;
    return {
      ...{ type: 'held', atMicroseconds, fromMicroseconds, turn, intervalBytes },
      ...{ costMicroseconds, requests, fromRequests, floorBytes },
      ...held,
    };
  }

  /** A guess that costs nothing; the verdict on it is analysis/heap/suspicion.ts's. */
  get mayGrow(): boolean {
    return this.looks >= FEWEST_LOOKS && [...this.gains.values()].some(isGrowing);
  }

  private begin(turn: number): void {
    this.turn = turn;
    // V8 counts anew.
    this.newest = 0;
    this.looks = 0;
    this.gains.clear();
  }

  private count({ frames, sites }: Pick<HeldRecord, 'frames' | 'sites'>): void {
    const keyOf = ({ stack: [first = 0] }: HeldSite): string => JSON.stringify(frames[first]);
    this.gains = new Map(
      sites.map(site => {
        const known = this.gains.get(keyOf(site)) ?? [];
        const gained = site.objects - (known.at(-1)?.objects ?? 0);
        const gain = { objects: site.objects, fresh: site.fresh, gained };
        return [keyOf(site), [...known, gain].slice(-LAST_LOOKS)];
      }),
    );
  }
}

function isGrowing(gains: readonly Gain[]): boolean {
  const sum = (of: 'gained' | 'fresh'): number => gains.reduce((total, gain) => total + gain[of], 0);
  if (gains.length < LAST_LOOKS || gains.some(({ gained }) => gained <= 0)) return false;
  return sum('gained') >= FEWEST_OBJECTS && sum('gained') >= LASTING * sum('fresh');
}

/** Which operations look for their await sites: of those that are like one that was slow, one in so many. */
import type { Sites } from './sites.ts';
import type { OperationFacts } from './follow.ts';

const MOST_FAMILIES = 1000;

/** Hears of armed operations, the first before and the last after its hooks are needed. */
export interface ArmedListener {
  begins(): Sites;
  ended(): void;
  /** What is awaited next is its, though it is another one's turn already. */
  nextAwaitOf(sites: Sites): void;
}

export class Arming {
  listener: ArmedListener | undefined;
  /** Operations that have begun since the family was found slow. */
  private readonly slow = new Map<string, number>();

  constructor(private readonly oneIn: number) {}

  /** `sites`: it looks for its await sites; `calls`: only for who calls the libraries it waits for. */
  next(facts: OperationFacts): 'sites' | 'calls' | undefined {
    if (this.slow.size === 0) return undefined;
    const family = familyOf(facts);
    const begun = this.slow.get(family);
    if (begun === undefined) return undefined;
    this.slow.set(family, begun + 1);
    return begun % this.oneIn === 0 ? 'sites' : 'calls';
  }

  wasSlow(facts: OperationFacts): void {
    const family = familyOf(facts);
    if (!this.slow.has(family) && this.slow.size < MOST_FAMILIES) this.slow.set(family, 0);
  }

  /** An armed operation is about to begin. */
  begins(): Sites | undefined {
    return this.listener?.begins();
  }

  ended(): void {
    this.listener?.ended();
  }
}

/** What is known of it at its beginning. */
function familyOf(facts: OperationFacts): string {
  if (facts.family !== undefined) return facts.family();
  return typeof facts.name === 'string' ? facts.name : facts.kind;
}

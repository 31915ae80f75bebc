/**
 * Which operations look for their await sites: of those that are like one that was slow, one in so many. Where it stays
 * at that one (the first requests of a program often are slow), they look no longer.
 */
import type { Sites } from './sites.ts';
import type { OperationFacts } from './follow.ts';

const MOST_FAMILIES = 1000;
/** Armed operations without a slow one among all that have begun in the meantime, until a family is like any other. */
const FORGOTTEN_AFTER = 10;
const LEAST_BEGUN = 100;

/** Operations that are like one that was slow. */
interface Family {
  begun: number;
  /** Since the last slow one has ended. */
  begunSince: number;
}

/** Hears of armed operations, the first before and the last after its hooks are needed. */
export interface ArmedListener {
  begins(): Sites;
  ended(): void;
  /** What is awaited next is its, though it is another one's turn already. */
  nextAwaitOf(sites: Sites): void;
}

export class Arming {
  listener: ArmedListener | undefined;
  private readonly slow = new Map<string, Family>();
  private readonly mostBegun: number;

  constructor(private readonly oneIn: number) {
    this.mostBegun = Math.max(LEAST_BEGUN, FORGOTTEN_AFTER * oneIn);
  }

  /** `sites`: it looks for its await sites; `calls`: only for who calls the libraries it waits for. */
  next(facts: OperationFacts): 'sites' | 'calls' | undefined {
    if (this.slow.size === 0) return undefined;
    const name = familyOf(facts);
    const family = this.slow.get(name);
    if (family === undefined) return undefined;
    if (++family.begunSince > this.mostBegun) {
      this.slow.delete(name);
      return undefined;
    }
    return family.begun++ % this.oneIn === 0 ? 'sites' : 'calls';
  }

  wasSlow(facts: OperationFacts): void {
    const name = familyOf(facts);
    const family = this.slow.get(name);
    if (family !== undefined) family.begunSince = 0;
    else if (this.slow.size < MOST_FAMILIES) this.slow.set(name, { begun: 0, begunSince: 0 });
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

import type { Finding } from '../../contracts/finding.ts';
import { garbageCollection } from './garbage-collection.ts';
import { hotFunction } from './hot-function.ts';
import { mostlyIdle } from './mostly-idle.ts';
import type { FindIn, ProfileFacts } from './profile-facts.ts';
import { tooShort } from './too-short.ts';
import { uncertainNames } from './uncertain-names.ts';

/** In the order in which they are shown. */
const ALL: readonly FindIn[] = [tooShort, mostlyIdle, hotFunction, garbageCollection, uncertainNames];

export function findings(facts: ProfileFacts): Finding[] {
  return ALL.flatMap(find => find(facts));
}

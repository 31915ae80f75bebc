import type { Finding } from '../../contracts/finding.ts';
import { blockingCall } from './blocking-call.ts';
import { eventLoopStall } from './event-loop-stall.ts';
import { garbageCollection } from './garbage-collection.ts';
import { hotFunction } from './hot-function.ts';
import { memoryThatGrows } from './memory-that-grows.ts';
import { mostlyIdle } from './mostly-idle.ts';
import { nPlusOne } from './n-plus-one.ts';
import type { FindIn, ProfileFacts } from './profile-facts.ts';
import { slowRouteCpu } from './slow-route-cpu.ts';
import { slowRouteLoop } from './slow-route-loop.ts';
import { slowRouteWaits } from './slow-route-waits.ts';
import { tooShort } from './too-short.ts';
import { uncertainNames } from './uncertain-names.ts';

/** In the order in which they are shown. */
const ALL: readonly FindIn[] = [
  tooShort,
  slowRouteWaits,
  nPlusOne,
  blockingCall,
  slowRouteCpu,
  eventLoopStall,
  slowRouteLoop,
  memoryThatGrows,
  mostlyIdle,
  hotFunction,
  garbageCollection,
  uncertainNames,
];

export function findings(facts: ProfileFacts): Finding[] {
  return ALL.flatMap(find => find(facts));
}

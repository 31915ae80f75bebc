import { TimeColumn } from '../../model/cpu/growing-column.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import { callingNode } from './calling-node.ts';
import { visitOutermost } from './outermost.ts';
import type { PlacedProfile } from './placed-profile.ts';
import { nodeTotals } from './totals.ts';

/** A function on the other side of a call, and the time spent in the call. */
export interface CallTime {
  /** Index into the profile's functions. */
  readonly function: number;
  readonly microseconds: number;
}

/** Who calls whom, with the time spent below each call; calls of a function by itself and Slowcatch's own are left out. */
export interface CallTimes {
  /** Heaviest first. */
  readonly callers: ReadonlyMap<number, readonly CallTime[]>;
  readonly callees: ReadonlyMap<number, readonly CallTime[]>;
}

/** For the functions asked for. One walk through the trees, however many they are. */
export function callTimes({ functions, threads }: PlacedProfile, of: ReadonlySet<number>): CallTimes {
  /** (caller, callee). */
  const calls = new PairTable();
  const time = new TimeColumn();
  for (const thread of threads) {
    const { tree, functionOf, ownerOf } = thread;
    const nodeTotal = nodeTotals(thread);
    visitOutermost(thread, functions.length, (node, callee) => {
      if (node === 0 || ownerOf[node] === 'slowcatch' || nodeTotal[node] === 0) return;
      const caller = functionOf[tree.frame[callingNode(thread, node)]!]!;
      if (caller < 0 || caller === callee || !(of.has(caller) || of.has(callee))) return;
      const call = calls.intern(caller, callee);
      time.upTo(calls.count)[call]! += nodeTotal[node]!;
    });
  }
  return sorted(calls, time.upTo(calls.count), of);
}

function sorted(calls: PairTable, time: Float64Array, of: ReadonlySet<number>): CallTimes {
  const callers = new Map<number, CallTime[]>();
  const callees = new Map<number, CallTime[]>();
  const add = (to: Map<number, CallTime[]>, at: number, call: CallTime): void => {
    if (of.has(at)) to.set(at, [...(to.get(at) ?? []), call]);
  };
  for (let call = 0; call < calls.count; call++) {
    const [caller, callee] = [calls.first()[call]!, calls.second()[call]!];
    add(callers, callee, { function: caller, microseconds: time[call]! });
    add(callees, caller, { function: callee, microseconds: time[call]! });
  }
  for (const list of [...callers.values(), ...callees.values()])
    list.sort((a, b) => b.microseconds - a.microseconds);
  return { callers, callees };
}

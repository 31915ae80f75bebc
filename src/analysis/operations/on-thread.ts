/** When an operation's thread stood still for a blocking call, as its samples tell: right to about the sampling interval. */
import type { BlockingCall } from '../../model/operations/blocking-calls.ts';
import type { SampledThread } from '../../model/operations/thread-operations.ts';
import type { OnThread } from './ledger.ts';
import type { Place } from './ledger-types.ts';

/** By owner: its stretches by time. */
export function onThreadStretches(thread: SampledThread): OnThread[][] {
  const purposes = thread.calls.map(call => purposeOf(call, thread));
  const stretches: OnThread[][] = Array.from({ length: thread.cells.owners }, () => []);
  for (const { owner, call, from, to } of thread.cells.stretches)
    stretches[owner]!.push({ from, to, purpose: purposes[call]! });
  return stretches;
}

function purposeOf(call: BlockingCall, thread: SampledThread): OnThread['purpose'] {
  const { kind, library, name } = call;
  const place = placeOf(call, thread);
  return { kind, library, detail: name, ...(place ? { place } : {}) };
}

/** V8 does not tell the line of a call: where the caller's text has only one such, it is that; else where the caller begins. */
function placeOf({ caller, name }: BlockingCall, { inlining, place }: SampledThread): Place | undefined {
  const frame = inlining.tree.frames[caller];
  if (!frame || place.isEarlierText(frame)) return undefined;
  const line = inlining.lineCalling(caller, name);
  const found = line === undefined ? undefined : place.lineAt(frame, line);
  if (found) return found;
  const { file, line: head } = place.functionAt(frame);
  return head > 0 ? { file, line: head } : undefined;
}

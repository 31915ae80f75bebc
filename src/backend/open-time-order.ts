/** A recording or a profile file, or a range of it, in the order of time. */
import { placeFunctions } from '../analysis/cpu/placed-profile.ts';
import { StackFunctions } from '../analysis/stacks/stack-functions.ts';
import { TimeOrder, withUsedFunctions } from '../analysis/stacks/time-order.ts';
import type { TimeRange } from '../contracts/profile-source.ts';
import type { TimeOrderedStacks, TimeOrderedTrack } from '../model/stacks/time-ordered-stacks.ts';
import { trackName } from '../present/track-name.ts';
import { openInput, type OpenedInput } from './open-input.ts';
import { commonSpan } from './thread-samples.ts';
import type { WholeThread } from './thread-profile.ts';

/** More than a screen has columns. */
const BUCKETS = 4000;

/** `input` is the absolute path of a recording's folder or of a profile file. Throws a `UserError`. */
export async function openTimeOrder(
  input: string,
  range?: TimeRange,
  buckets = BUCKETS,
): Promise<TimeOrderedStacks> {
  return timeOrderOf(await openInput(input), range, buckets);
}

/** Of what is open already. Has no tracks where nothing was sampled, and none of inputs without times. */
export async function timeOrderOf(
  { program, wholes = [], span }: OpenedInput,
  range?: TimeRange,
  buckets = BUCKETS,
): Promise<TimeOrderedStacks> {
  const zero = span?.from ?? 0;
  const asked = range && { from: zero + range.startMicroseconds, to: zero + range.endMicroseconds };
  const shown = span && asked ? commonSpan(span, asked) : span;
  if (!shown) return { name: program, ...bounds(range), bucketMicroseconds: 0, functions: [], tracks: [] };
  const present = wholes.filter(whole => commonSpan(whole.span, shown));
  const profile = placeFunctions(
    present.map(({ samples, inlining, place, thread }) => ({
      // What V8 gave, with the frames that only the repair knows.
      ...{ tree: { ...samples.tree, frames: inlining.frames }, place },
      ...(thread ? { agent: thread.agent } : {}),
    })),
  );
  const functions = new StackFunctions(profile);
  const tracks: TimeOrderedTrack[] = [];
  for (const [index, whole] of present.entries()) {
    const name = whole.thread ? trackName(whole.thread) : program;
    const thread = profile.threads[index]!;
    tracks.push(await track(whole, new TimeOrder({ name, thread, functions, span: shown, buckets }), shown));
  }
  return {
    name: program,
    startMicroseconds: shown.from - zero,
    endMicroseconds: shown.to - zero,
    bucketMicroseconds: (shown.to - shown.from) / buckets,
    ...withUsedFunctions(tracks, functions.list),
  };
}

const bounds = (
  { startMicroseconds, endMicroseconds }: TimeRange = { startMicroseconds: 0, endMicroseconds: 0 },
) => ({
  startMicroseconds,
  endMicroseconds,
});

async function track(
  { samples, inlining }: WholeThread,
  order: TimeOrder,
  span: { readonly from: number; readonly to: number },
): Promise<TimeOrderedTrack> {
  await samples.visit(span, (segment, part) => {
    const nodes = samples.parts.nodesOf(segment);
    order.add({ segment, part, nodes, leaves: inlining.leaves(segment, nodes) });
  });
  return order.finish();
}

import { NOT_SAMPLED_FRAME, type Frame } from './profile.ts';

/**
 * What a frame stands for: a function of a script or of native code, or one of V8's states, or our own `notSampled`.
 * `root` is no state of its own; its self time is that of samples without a known stack.
 */
export type FrameKind = 'function' | 'root' | 'program' | 'idle' | 'gc' | 'notSampled';

/** Names in V8's src/profiler/profile-generator.cc (`CodeEntry::k…EntryName`). */
const STATES: ReadonlyMap<string, FrameKind> = new Map([
  ['(root)', 'root'],
  ['(program)', 'program'],
  ['(idle)', 'idle'],
  ['(garbage collector)', 'gc'],
  [NOT_SAMPLED_FRAME.functionName, 'notSampled'],
]);

/** A function of a script may have any name, also one of V8's states: those have no URL. */
export function frameKind(frame: Frame): FrameKind {
  return frame.url === '' ? (STATES.get(frame.functionName) ?? 'function') : 'function';
}

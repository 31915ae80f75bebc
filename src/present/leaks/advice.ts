/** What to do about a leak of some kind, and why we think that it is one. */
import type { LeakKind, LeakReason } from '../../contracts/leaks.ts';

const ADVICE: Readonly<Record<LeakKind, string>> = {
  listener:
    'Remove the listener when its work is done (off, removeEventListener, { once: true } or an AbortSignal), or add it once outside of the operation.',
  timer: 'Clear the timer when its owner is done (clearTimeout, clearInterval), and stop re-arming it.',
  closure: 'Take the function out of the list when it has run, or do not put it there in each operation.',
  cache:
    'Give the collection an end: a largest size or an age (lru-cache, a TTL), or delete the entry when its work is done.',
  'pending promise':
    'Settle the promise in every case, also after an error or a timeout, and delete what waits for it.',
  buffer:
    'Let go of the buffer when it is sent or written; of a large one that is cut, keep a copy of the part.',
  handle:
    'End or destroy it when its work is done, also after an error, and take it out of the list of open ones.',
  module: 'Load a module once and call it with parameters: the loader keeps every module for ever.',
  chain: 'Cut the reference to the one before when it is not needed any more, or keep only the last few.',
  'global array': 'Remove what is done, or keep only the last few (a ring, a largest length).',
  object: 'Find out on the way above who should let go of it.',
};

const REASONS: Readonly<Record<LeakReason, string>> = {
  'every-epoch': 'it grew in every epoch, and all of it is still there',
  'few-epochs': 'it grew, but over too few epochs to be sure',
  few: 'it grew, but by few',
  uneven: 'it grew in some epochs more than in others',
  slowing: 'it grows less and less, as a cache that fills',
  'partly-freed': 'it grew, though some of it was let go',
  bounded: 'it grew, and has a limit that it has not reached',
  replaced: 'new ones took the place of old ones',
  stopped: 'it does not grow any more',
};

export const adviceFor = (kind: LeakKind): string => ADVICE[kind];
export const reasonWords = (reason: LeakReason): string => REASONS[reason];

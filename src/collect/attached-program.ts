import { attachTo } from './attach/attach.ts';
import type { BeginProgram, ProgramExit } from './running-program.ts';

/** A program that runs already: it is let go at the end, never ended. */
export function attachProgram(target: string, onNote: (note: string) => void): BeginProgram {
  return async configuration => {
    const attachment = await attachTo(target, configuration);
    for (const note of attachment.notes) onNote(note);
    const ended = attachment.closed.then((): ProgramExit => ({ code: null, signal: null }));
    return {
      ended,
      async release() {
        await attachment.detach();
        return [];
      },
    };
  };
}

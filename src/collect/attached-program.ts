import { attachTo } from './attach/attach.ts';
import { UserError } from '../contracts/user-error.ts';
import type { BeginProgram, ProgramExit, RunningProgram } from './running-program.ts';

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

/** Several processes of an editor's debug session as one program; those that cannot be attached to are noted. Throws when none can be. */
export function attachPrograms(targets: readonly string[], onNote: (note: string) => void): BeginProgram {
  return async configuration => {
    const attached: RunningProgram[] = [];
    let failure: unknown;
    for (const target of targets) {
      try {
        attached.push(await attachProgram(target, onNote)(configuration));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failure = error;
        const { message, advice } = error.inEditor;
        onNote(`${message} ${advice}`);
      }
    }
    if (attached.length === 0) throw failure ?? new UserError('attach-no-debug-session');
    return {
      ended: Promise.all(attached.map(({ ended }) => ended)).then(() => ({ code: null, signal: null })),
      async release(how, topPids) {
        const problems = await Promise.all(attached.map(program => program.release(how, topPids)));
        return problems.flat();
      },
    };
  };
}

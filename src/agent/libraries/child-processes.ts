/** node:child_process: `spawn`, `exec`, `execFile` and `fork`, until the process and its output have ended. */
import type { ChildProcess } from 'node:child_process';
import { errorMonitor, type EventEmitter } from 'node:events';
import { nodeModule, prototypeOf, type Library } from './library.ts';
import { endingWhenThrown } from './waiting-call.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

export const childProcesses: Library = {
  builtin: follow => [
    wrapMethod<ChildProcess>(
      prototypeOf(nodeModule('node:child_process'), 'ChildProcess'),
      'spawn',
      original =>
        function (...parameters) {
          const wait = follow.wait('child', 'node:child_process', program(parameters[0]));
          if (!wait) return apply(original, this, parameters);
          this.prependOnceListener('close', () => wait.end());
          const result = endingWhenThrown(wait, original, this, parameters);
          // There is no such program.
          if (this.pid === undefined)
            (this as EventEmitter).prependOnceListener(errorMonitor, () => wait.end());
          return result;
        },
    ),
  ],
};

/** The program's name. Its arguments may be anything. */
function program(options: unknown): string | undefined {
  const { file } = (options ?? {}) as { file?: unknown };
  return typeof file === 'string' ? file.replace(/^.*[\\/]/s, '') : undefined;
}

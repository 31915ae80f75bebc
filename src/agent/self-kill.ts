/**
 * A program has no 'exit' event that we hear when it sends itself a signal which ends it
 * (`process.kill(process.pid, 'SIGTERM')`, as clean-up packages do), calls `process.reallyExit`, or calls `process.exit`,
 * whose last step that is, after having removed all listeners. Node then prints "Waiting for the debugger to
 * disconnect…" on account of the collector's session. `process.abort` does not, and prints its JavaScript stack, so that
 * is left alone.
 */
import os from 'node:os';
import type { Guest } from './guest.ts';
import { replaceMethod } from './replaced-method.ts';

/** Those whose default does not end the process, and SIGUSR1, which Node takes itself. */
const HARMLESS = new Set([
  ...['SIGCHLD', 'SIGCONT', 'SIGIO', 'SIGPOLL', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG'],
  ...['SIGUSR1', 'SIGWINCH'],
]);

/** Calls `work` before this process ends itself without an 'exit' event; returns a function that undoes it. */
export function beforeSelfKill(guest: Guest, work: () => void): () => void {
  const undo = [
    before(guest, 'kill', (pid: number, signal?: string | number) => endsThisProcess(pid, signal) && work()),
    before(guest, 'reallyExit', work),
  ];
  return () => undo.forEach(each => each());
}

function before<P extends unknown[]>(
  guest: Guest,
  name: 'kill' | 'reallyExit',
  work: (...parameters: P) => unknown,
): () => void {
  const target = process as unknown as Record<'kill' | 'reallyExit', (...parameters: P) => unknown>;
  return replaceMethod(
    target,
    name,
    original =>
      new Proxy(original, {
        apply(called, self, parameters: P) {
          guest.quietly(() => work(...parameters), undefined);
          return Reflect.apply(called, self, parameters);
        },
      }),
  );
}

function endsThisProcess(pid: number, signal: string | number = 'SIGTERM'): boolean {
  const own = [0, -1, process.pid, -process.pid].includes(Number(pid));
  const known = Object.entries(os.constants.signals).find(
    ([name, number]) => name === signal || number === signal,
  );
  if (!own || !known) return false;
  const [name] = known;
  return !HARMLESS.has(name) && process.listenerCount(name) === 0;
}

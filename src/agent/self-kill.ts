/**
 * A program that sends itself a signal which ends it (`process.kill(process.pid, 'SIGTERM')`, as clean-up packages
 * do) has no 'exit' event, and Node then says "Waiting for the debugger to disconnect…" to the collector's session.
 */
import os from 'node:os';
import type { Guest } from './guest.ts';

/** Those whose default does not end the process, and SIGUSR1, which Node takes itself. */
const HARMLESS = new Set([
  ...['SIGCHLD', 'SIGCONT', 'SIGIO', 'SIGPOLL', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG'],
  ...['SIGUSR1', 'SIGWINCH'],
]);

/** Calls `work` before this process ends itself by a signal; returns a function that undoes it. */
export function beforeSelfKill(guest: Guest, work: () => void): () => void {
  const original = Reflect.get(process, 'kill');
  const wrapped = new Proxy(original, {
    apply(called, self, parameters: Parameters<typeof process.kill>) {
      guest.quietly(() => endsThisProcess(...parameters) && work(), undefined);
      return Reflect.apply(called, self, parameters);
    },
  });
  process.kill = wrapped;
  return () => {
    if (Reflect.get(process, 'kill') === wrapped) process.kill = original;
  };
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

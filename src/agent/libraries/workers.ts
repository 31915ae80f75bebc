/**
 * node:worker_threads: from a message to a worker until its next one, which is run in the operation that has asked (a
 * worker's events come in the context in which it was made). Where several are on their way, which answers which is not
 * known: then only the first is taken for a wait.
 */
import { Worker } from 'node:worker_threads';
import type { Follow, OpenWait } from '../operations/follow.ts';
import { type Library } from './library.ts';
import { endingWhenThrown } from './waiting-call.ts';
import {
  apply,
  defineProperty,
  getOwnPropertyDescriptor,
  hideIn,
  wrapMethod,
  type Method,
  type Undo,
} from './wrapped-method.ts';

export const workers: Library = {
  builtin: follow => {
    const asked = new WeakSet<Worker>();
    return [
      wrapMethod<Worker>(
        Worker.prototype,
        'postMessage',
        original =>
          function (...parameters) {
            const wait = asked.has(this) ? undefined : follow.wait('worker', 'node:worker_threads');
            if (!wait) return apply(original, this, parameters);
            asked.add(this);
            const release = bindEmit(follow, this);
            endsWithAnswer(wait, this, () => {
              asked.delete(this);
              release();
            });
            return endingWhenThrown(wait, original, this, parameters);
          },
      ),
    ];
  },
};

/** Runs the worker's events here, until the function that it returns is called. */
function bindEmit(follow: Follow, worker: Worker): Undo {
  const before = getOwnPropertyDescriptor(worker, 'emit');
  const bound = follow.bind(worker.emit.bind(worker)) as Method;
  if (!hideIn(worker, 'emit', bound)) return () => undefined;
  return () => {
    if (getOwnPropertyDescriptor(worker, 'emit')?.value !== bound) return;
    if (before) defineProperty(worker, 'emit', before);
    else Reflect.deleteProperty(worker, 'emit');
  };
}

function endsWithAnswer(wait: OpenWait, worker: Worker, answered: () => void): void {
  const ended = (): void => {
    wait.end();
    answered();
    for (const name of ['message', 'exit']) worker.removeListener(name, ended);
  };
  for (const name of ['message', 'exit']) worker.prependListener(name, ended);
}

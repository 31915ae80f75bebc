/**
 * piscina and tinypool: from handing over a task, which may have to wait for a thread, until its result is there.
 * https://github.com/piscinajs/piscina, https://github.com/tinylibs/tinypool
 */
import type { Follow } from '../operations/follow.ts';
import { dataOf } from '../operations/route-name.ts';
import { prototypeOf, type Library } from './library.ts';
import { endOfPath } from './places.ts';
import { waitingCall } from './waiting-call.ts';
import { wrapMethod, type Undo } from './wrapped-method.ts';

const running =
  (library: string, className: string) =>
  (exported: unknown, follow: Follow): Undo[] => [
    wrapMethod(
      prototypeOf(exported, className),
      'run',
      waitingCall(follow, {
        kind: 'worker',
        library,
        detail: (_, [, options]) => taskOf(options),
      }),
    ),
  ];

export const piscina: Library = { files: { 'piscina/dist/index.js': running('piscina', 'Piscina') } };

export const tinypool: Library = {
  files: { 'tinypool/dist/index.js': running('tinypool', 'Tinypool') },
  modules: { 'tinypool/dist/index.js': ['Tinypool'] },
};

/** What the call says: a function's name, and the end of its file's path; else both are the pool's. */
function taskOf(options: unknown): string | undefined {
  const [name, file] = [dataOf(options, 'name'), dataOf(options, 'filename')];
  const named = typeof name === 'string' ? name : undefined;
  const place = typeof file === 'string' ? endOfPath(file) : undefined;
  return [named, place].filter(Boolean).join(' of ') || undefined;
}

/**
 * pg-boss: every call of a handler is an operation of its own, named by its queue; it may be given several jobs. The loops that
 * fetch jobs are in none. https://timgit.github.io/pg-boss
 */
import type { Follow, OperationFacts } from '../operations/follow.ts';
import { dataOf } from '../operations/route-name.ts';
import { runJob } from './job.ts';
import { prototypeOf, type Library, type PatchFile } from './library.ts';
import { apply, wrapMethod, type Method } from './wrapped-method.ts';

const patchManager: PatchFile = (exported, follow) => [
  wrapMethod(
    prototypeOf(exported, 'Manager'),
    'work',
    original =>
      function (...parameters) {
        const [queue] = parameters;
        const last = parameters.length - 1;
        const handler = parameters[last];
        if (typeof handler === 'function')
          parameters[last] = following(follow, String(queue), handler as Method);
        return apply(original, this, parameters);
      },
  ),
];

export const pgBoss: Library = {
  files: { 'pg-boss/src/manager.js': patchManager, 'pg-boss/dist/manager.js': patchManager },
  modules: { 'pg-boss/dist/manager.js': ['Manager'] },
};

const following = (follow: Follow, queue: string, handler: Method): Method =>
  function (...parameters) {
    const facts: OperationFacts = { kind: 'job', name: queue, detail: () => jobsOf(parameters[0]) };
    return runJob(follow, facts, () => apply(handler, this, parameters));
  };

function jobsOf(jobs: unknown): string {
  const [first, ...others] = Array.isArray(jobs) ? (jobs as unknown[]) : [jobs];
  const job = `job ${String(dataOf(first, 'id'))}`;
  return others.length === 0 ? job : `${job} and ${others.length} more`;
}

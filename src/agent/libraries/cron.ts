/**
 * node-cron: every run of a task is an operation of its own, named by the task's name, or by when it runs.
 * https://nodecron.com (4)
 */
import { dataOf } from '../operations/route-name.ts';
import { runJob } from './job.ts';
import { prototypeOf, type Library, type PatchFile } from './library.ts';
import { apply, wrapMethods, type Method } from './wrapped-method.ts';

interface Task {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly cronExpression?: unknown;
  readonly runner?: { onMatch?: unknown };
}

const patchTasks: PatchFile = (exported, follow) => {
  const seen = new WeakSet<object>();
  const followRuns = ({ runner, id, name, cronExpression }: Task): void => {
    if (!runner || seen.has(runner) || typeof runner.onMatch !== 'function') return;
    seen.add(runner);
    const { onMatch } = runner;
    const title = String(name === id ? cronExpression : name);
    runner.onMatch = function (this: unknown, ...parameters: unknown[]): unknown {
      return runJob(follow, { kind: 'job', name: `cron ${title}` }, () =>
        apply(onMatch as Method, this, parameters),
      );
    };
  };
  return wrapMethods<Task>(
    prototypeOf(exported, 'InlineScheduledTask'),
    ['start', 'execute'],
    original =>
      function (...parameters) {
        if (dataOf(this, 'runner') !== undefined) followRuns(this);
        return apply(original, this, parameters);
      },
  );
};

export const nodeCron: Library = {
  files: { 'node-cron/dist/_shared.cjs': patchTasks, 'node-cron/dist/_shared.js': patchTasks },
  modules: { 'node-cron/dist/_shared.js': ['InlineScheduledTask'] },
};

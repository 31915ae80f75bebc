/**
 * bullmq and bull: every job that is handled is an operation of its own. The loops that fetch jobs are in none.
 * https://docs.bullmq.io, https://github.com/OptimalBits/bull
 */
import type { Follow, OperationFacts } from '../operations/follow.ts';
import { runJob } from './job.ts';
import { prototypeOf, type Library } from './library.ts';
import { apply, wrapMethod, type Method, type Undo } from './wrapped-method.ts';

interface Queue {
  readonly name?: unknown;
}

interface Job {
  readonly name?: unknown;
  readonly id?: unknown;
  readonly failedReason?: unknown;
}

/** A handler: its promise is rejected when the job has failed. */
const bullmqWorker = (exported: unknown, follow: Follow): Undo[] => [
  wrapMethod<Queue>(prototypeOf(exported, 'Worker'), 'callProcessJob', original =>
    handling(follow, original),
  ),
];

export const bullmq: Library = {
  files: {
    'bullmq/dist/cjs/classes/worker.js': bullmqWorker,
    'bullmq/dist/esm/classes/worker.js': bullmqWorker,
  },
  modules: { 'bullmq/dist/esm/classes/worker.js': ['Worker'] },
};

/** With the job's handler goes what bull writes down of its end; that it has failed stands in the job. */
export const bull: Library = {
  files: {
    'bull/lib/queue.js': (exported, follow) => [
      wrapMethod<Queue>(prototypeOf(exported, 'Queue'), 'processJob', original => handling(follow, original)),
    ],
  },
};

const handling = (follow: Follow, original: Method<Queue>): Method<Queue> =>
  function (...parameters) {
    const [job] = parameters as [Job | null | undefined];
    if (typeof job !== 'object' || job === null) return apply(original, this, parameters);
    const facts: OperationFacts = {
      kind: 'job',
      name: `${String(this.name)}/${String(job.name)}`,
      detail: () => `job ${String(job.id)}`,
    };
    return runJob(
      follow,
      facts,
      () => apply(original, this, parameters),
      () => !job.failedReason,
    );
  };

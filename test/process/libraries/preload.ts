/** Comes first into a test program, which begins and ends operations itself: all of them are kept. */
import { Guest } from '../../../src/agent/guest.ts';
import type { Operation } from '../../../src/agent/operations/follow.ts';
import { ThreadOperations } from '../../../src/agent/operations/thread-operations.ts';
import type { OperationRecord } from '../../../src/contracts/operations.ts';

const records: OperationRecord[] = [];
const names = new Map<Operation, string>();
const guest = new Guest();
guest.onFailure(error => console.error(error));

const begin = (): ThreadOperations | undefined =>
  ThreadOperations.start({
    configuration: { thresholdMilliseconds: 0, armOneIn: 0 },
    guest,
    agentFile: __filename,
    sink: ({ kept, problems }) => {
      records.push(...kept.map(({ record }) => record));
      for (const problem of problems) console.error(problem);
    },
  });

let operations = process.env['LATE'] ? undefined : begin();
const follow = () => {
  if (!operations) throw new Error('not followed');
  return operations.follow;
};

Object.defineProperty(globalThis, 'followed', {
  value: {
    start: () => void (operations ??= begin()),
    stop() {
      operations?.end();
      operations = undefined;
    },
    operation: (name: string): Operation =>
      follow().run(undefined, () => {
        const operation = follow().begin({ kind: 'call', name }, true);
        names.set(operation, name);
        return operation;
      }),
    /** The name of the one whose turn it is. */
    current(): string | undefined {
      const operation = operations?.follow.current();
      return operation && names.get(operation);
    },
    currentId: (): number | undefined => operations?.follow.current()?.id,
    inside: <T>(operation: Operation, work: () => T): T => follow().run(operation, work),
    /** What is kept of it. */
    end(operation: Operation): OperationRecord | undefined {
      follow().end(operation, { end: 'ended' });
      operations?.tell();
      return records.find(({ id }) => id === operation.id);
    },
    /** What has been kept until now. */
    kept(): readonly OperationRecord[] {
      operations?.tell();
      return records;
    },
  },
});

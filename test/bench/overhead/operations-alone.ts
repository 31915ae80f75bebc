/** Preload: operations are followed as in a recording, and nothing else is. */
import { Guest } from '../../../src/agent/guest.ts';
import { ThreadOperations } from '../../../src/agent/operations/thread-operations.ts';
import { DEFAULT_OPERATIONS } from '../../../src/contracts/operation-kinds.ts';

const operations = ThreadOperations.start({
  configuration: DEFAULT_OPERATIONS,
  guest: new Guest(),
  sink: () => undefined,
  agentFile: __filename,
});
if (!operations) throw new Error('operations are not followed');
setInterval(() => operations.tell(), 1000).unref();

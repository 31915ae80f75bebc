import type { Rule } from '../rule.ts';
import { cacheWithoutMax } from './cache-without-max.ts';
import { dbQueryInLoop } from './db-query-in-loop.ts';
import { httpAgentPerCall } from './http-agent-per-call.ts';
import { listenerAddedPerRequest } from './listener-added-per-request.ts';
import { poolClientNotReleased } from './pool-client-not-released.ts';
import { poolCreatedPerCall } from './pool-created-per-call.ts';
import { poolMissingErrorHandler } from './pool-missing-error-handler.ts';
import { poolReleaseNotInFinally } from './pool-release-not-in-finally.ts';
import { queueWithoutConcurrency } from './queue-without-concurrency.ts';
import { redisKeysCommand } from './redis-keys-command.ts';
import { timerNotCleared } from './timer-not-cleared.ts';
import { transactionOnPool } from './transaction-on-pool.ts';
import { unboundedPromiseAllIo } from './unbounded-promise-all-io.ts';

export const RULES: readonly Rule[] = [
  poolClientNotReleased,
  poolReleaseNotInFinally,
  poolMissingErrorHandler,
  poolCreatedPerCall,
  transactionOnPool,
  httpAgentPerCall,
  cacheWithoutMax,
  redisKeysCommand,
  dbQueryInLoop,
  unboundedPromiseAllIo,
  queueWithoutConcurrency,
  listenerAddedPerRequest,
  timerNotCleared,
];

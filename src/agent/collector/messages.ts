/** What the collector says to the host; see contracts/agent.ts. */
import {
  AGENT_PROTOCOL_VERSION,
  NO_HEAP_LOOK,
  type AgentMessage,
  type HeapLook,
  type HeapRequest,
} from '../../contracts/agent.ts';
import type { CollectorData } from './contract.ts';

type Who = Pick<CollectorData, 'configuration' | 'thread'>;

export const helloMessage = ({ configuration, thread }: Who): AgentMessage => ({
  type: 'hello',
  version: AGENT_PROTOCOL_VERSION,
  token: configuration.token,
  pid: process.pid,
  parentPid: process.ppid,
  argv: thread.argv,
  execPath: process.execPath,
  nodeVersion: process.version,
});

export const problemMessage = (error: unknown): AgentMessage => ({
  type: 'problem',
  pid: process.pid,
  code: (error as NodeJS.ErrnoException).syscall ? 'segment-not-written' : 'agent-failed',
  detail: error instanceof Error ? error.message : String(error),
});

export const stoppedMessage = (): AgentMessage => ({ type: 'stopped', pid: process.pid });

/** `look` answers JSON of a `HeapLook`. A disk that is full is told to who asked, and ends nothing. */
export async function heapMessage(
  { request, file = '' }: HeapRequest,
  look: (file: string) => Promise<string>,
): Promise<AgentMessage> {
  const answer = { type: 'heap', pid: process.pid, request } as const;
  try {
    return { ...answer, look: JSON.parse(await look(file)) as HeapLook };
  } catch (error) {
    const [problem = ''] = String((error as Error).message).split('\n');
    return { ...answer, look: NO_HEAP_LOOK, problem };
  }
}

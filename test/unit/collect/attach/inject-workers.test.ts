import { expect, test } from 'vitest';
import { CdpChannel } from '../../../../src/collect/attach/cdp-channel.ts';
import { injectWorkers } from '../../../../src/collect/attach/inject-workers.ts';
import type { AgentConfiguration } from '../../../../src/contracts/agent.ts';
import { microseconds } from '../../../../src/contracts/units.ts';

const CONFIGURATION: AgentConfiguration = {
  ...{ version: 1, agent: '/agent.cjs', socket: '/tmp/none', token: '', folder: '/tmp' },
  intervalMicroseconds: microseconds(1000),
};
/** A thread that is slower than what is waited for latecomers. */
const SLOW_MILLISECONDS = 300;

interface Sent {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly sessionId: string; readonly message: string };
}

/** A session with a program whose thread `outer` answers late, and whose thread `nested` shows itself just before. */
class SlowProgram {
  readonly session: CdpChannel = new CdpChannel(text => queueMicrotask(() => this.take(text)));

  private take(text: string): void {
    const { id, method, params } = JSON.parse(text) as Sent;
    if (method === 'NodeWorker.enable') {
      this.say({ id, result: {} });
      this.show('outer');
    } else if (method === 'NodeWorker.sendMessageToWorker') {
      const { sessionId, message } = params;
      if (sessionId === 'nested') return this.answer(sessionId, message);
      setTimeout(() => {
        this.show('nested');
        this.answer(sessionId, message);
      }, SLOW_MILLISECONDS);
    }
  }

  private say(message: unknown): void {
    this.session.take(JSON.stringify(message));
  }

  private show(sessionId: string): void {
    const workerInfo = { title: sessionId, url: `file:///${sessionId}.js` };
    this.say({ method: 'NodeWorker.attachedToWorker', params: { sessionId, workerInfo } });
  }

  private answer(sessionId: string, question: string): void {
    const { id } = JSON.parse(question) as Sent;
    const value = { outcome: 'failed', detail: 'none of ours' };
    const message = JSON.stringify({ id, result: { result: { value } } });
    this.say({ method: 'NodeWorker.receivedMessageFromWorker', params: { sessionId, message } });
  }
}

test('a thread that shows itself while another one is being reached is reached too', async () => {
  expect(await injectWorkers(new SlowProgram().session, CONFIGURATION)).toEqual([
    'Worker thread outer is not sampled: none of ours',
    'Worker thread nested is not sampled: none of ours',
  ]);
});

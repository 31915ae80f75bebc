/** Notices the end of a program that is not our child. */
import net from 'node:net';
import type { InspectorAddress } from './target.ts';

const PERIOD_MILLISECONDS = 500;
const CONNECT_TIMEOUT_MILLISECONDS = 2000;

export interface Watch {
  /** Resolves when the target is gone, or the watch has ended. */
  readonly gone: Promise<void>;
  readonly end: () => void;
}

export function watch(isThere: () => Promise<boolean>): Watch {
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  let end = (): void => undefined;
  const gone = new Promise<void>((resolve, reject) => {
    const look = async (): Promise<void> => {
      const there = await isThere();
      // It may have ended while this was asked.
      if (!there || hasEnded) resolve();
      else timer = setTimeout(() => void look().catch(reject), PERIOD_MILLISECONDS);
    };
    end = () => {
      hasEnded = true;
      clearTimeout(timer);
      resolve();
    };
    void look().catch(reject);
  });
  return { gone, end };
}

/** Whether something still takes connections; a host that is only slow counts as there. */
export function takesConnections({ host, port }: InspectorAddress): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect({ host, port, timeout: CONNECT_TIMEOUT_MILLISECONDS });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(true));
    socket.on('error', () => settle(false));
  });
}

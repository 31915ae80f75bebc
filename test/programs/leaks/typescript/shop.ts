import { announce, followSettings } from './listeners.js';
import { openSession, sessionCount } from './sessions.js';

export const operationsPerEpoch = 60;

export function operation(n: number): number {
  openSession({ id: n, agent: `browser ${n}` }).visit(`/page/${n}`);
  const changes = followSettings(`setting ${n}`);
  if (n % 50 === 0) announce('theme');
  return changes() + sessionCount();
}

import type { Session } from 'node:inspector';
import { describe, expect, test } from 'vitest';
import { BriefSessions } from '../../../src/agent/brief-sessions.ts';
import { readScripts } from '../../../src/agent/read-scripts.ts';

const sessionOf = (sessions: BriefSessions): Session => sessions.use(session => session);

/** A session that has been disconnected answers nothing. */
function isConnected(session: Session): boolean {
  try {
    session.post('Runtime.evaluate', { expression: '1' });
    return true;
  } catch {
    return false;
  }
}

describe('a session that is needed for a moment', () => {
  test('ends with the moment', () => {
    const sessions = new BriefSessions(false);
    const session = sessionOf(sessions);
    expect(isConnected(session)).toBe(false);
    expect(sessionOf(sessions)).not.toBe(session);
  });

  test('is the same one at each moment where ids of objects have to last, and ends with the recording', () => {
    const sessions = new BriefSessions(true);
    const session = sessionOf(sessions);
    expect(isConnected(session)).toBe(true);
    expect(sessionOf(sessions)).toBe(session);
    sessions.end();
    expect(isConnected(session)).toBe(false);
    const late = sessionOf(sessions);
    expect(late).not.toBe(session);
    expect(isConnected(late)).toBe(false);
  });

  test('reads scripts the second time as the first', () => {
    const sessions = new BriefSessions(true);
    // Whichever there are: some begin with that.
    const ids = Array.from({ length: 400 }, (_, id) => String(id));
    const first = readScripts(ids, sessions);
    expect(first.length).toBeGreaterThan(0);
    expect(readScripts(ids, sessions).map(({ url }) => url)).toEqual(first.map(({ url }) => url));
    sessions.end();
  });
});

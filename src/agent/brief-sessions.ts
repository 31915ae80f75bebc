/**
 * Inspector sessions of this thread that are needed for a moment each. With the end of any session V8 forgets the ids of
 * all objects of the heap (`V8HeapProfilerAgentImpl::disable` in its src/inspector/v8-heap-profiler-agent-impl.cc calls
 * `ClearObjectIds`), and by those snapshots are compared: where some will be taken there is one session for all
 * moments, which ends with the recording.
 */
import { Session } from 'node:inspector';

export class BriefSessions {
  private kept: Session | undefined;

  constructor(private areKept: boolean) {}

  /** `work` leaves the session as it was: what it has enabled it disables. */
  use<T>(work: (session: Session) => T): T {
    const session = this.kept ?? connected();
    if (this.areKept) this.kept = session;
    try {
      return work(session);
    } finally {
      if (!this.areKept) session.disconnect();
    }
  }

  /** What comes later has sessions of its own. */
  end(): void {
    this.areKept = false;
    this.kept?.disconnect();
    this.kept = undefined;
  }
}

function connected(): Session {
  const session = new Session();
  session.connect();
  return session;
}

export interface RecordingEntry {
  readonly id: string;
  /** The user's name for it, else the program's. */
  readonly name: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Absent for a recording that was not closed. */
  readonly durationMilliseconds?: number;
  readonly isPinned: boolean;
  /** The program's working folder as recorded; empty where the system did not tell. */
  readonly cwd: string;
  /**
   * `recording`: the process that records it is alive, in this window or elsewhere. `unfinished`: that process was
   * ended before it was closed; what is on disk can be opened. `file`: a profile file of the user's, no recording.
   */
  readonly state: 'recording' | 'saved' | 'unfinished' | 'file';
  readonly bytes: number;
  /** Absolute path of the recording. */
  readonly folder: string;
}

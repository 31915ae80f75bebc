/**
 * A recording on disk. Written by the recorder (manifest) and by the agents (all the rest), read by `model`.
 *
 *   <id>/manifest.json
 *        label.json                         name, pin, place: what the user has said about it
 *        files.json                         hashes of the program's sources as they ran
 *        watched.json                       WatchedFile[]: what was put into files of the program, if anything
 *        leaks.json                         LeaksDocument: what snapshots of its heap have told, if any were taken
 *        bystanders.ndjson                  processes that were seen but not sampled, and why
 *        sources/<sha256>.js.gz             text of a script that has samples, as V8 ran it
 *        sources/<sha256>.map.gz            its source map, where it stands in a file of its own
 *        p<pid>-t<thread>/                  one folder per sampled thread; 0 is the main thread
 *            cpu-000001.cpuprofile.gz …     V8's own format; consecutive segments overlap by a few samples
 *            pending-cpu-000002.cpuprofile.gz   of a watch recording: not yet known what of it stays (watched-segments.ts)
 *            allocated-000001.heapprofile.gz …   all that was allocated during a turn; they add up
 *            live-000002.heapprofile.gz …   of what was allocated since its turn began, what was still held; the last counts
 *            scripts.ndjson                 ScriptRecord per line
 *            stacks.ndjson                  StackRecord per line
 *            runtime.ndjson                 RuntimeRecord per line, the first is the thread's
 *            operations.ndjson              OperationRecord per line: the slow ones
 *            candidates.ndjson              CandidateRecord per line: slow ones that others of their minute may replace
 *            routes.json                    RoutesFile: all operations, counted
 *
 * Everything is readable while it is being written and after any process of it was killed.
 */
import type { AllocationMetric } from './profile-source.ts';

export const RECORDING_VERSION = 1;
export const MANIFEST_FILE = 'manifest.json';
export const LABEL_FILE = 'label.json';
export const FILE_HASHES_FILE = 'files.json';
export const SOURCES_FOLDER = 'sources';
export const SCRIPTS_FILE = 'scripts.ndjson';
export const STACKS_FILE = 'stacks.ndjson';
export const RUNTIME_FILE = 'runtime.ndjson';
export const OPERATIONS_FILE = 'operations.ndjson';
export const CANDIDATES_FILE = 'candidates.ndjson';
export const ROUTES_FILE = 'routes.json';
export const WATCHED_FILE = 'watched.json';
export const LEAKS_FILE = 'leaks.json';
export const BYSTANDERS_FILE = 'bystanders.ndjson';

export const threadFolder = (pid: number, threadId: number): string => `p${pid}-t${threadId}`;
export const THREAD_FOLDER_PATTERN = /^p(\d+)-t(\d+)(?:-\d+)?$/;

export const segmentFile = (index: number): string => `cpu-${String(index).padStart(6, '0')}.cpuprofile.gz`;
/** Of a watch recording: becomes a segment, or nothing. */
export const pendingFile = (index: number): string => `pending-${segmentFile(index)}`;
export const PENDING_FILE_PATTERN = /^pending-(cpu-\d{6,}\.cpuprofile\.gz)$/;
/**
 * Behind the deltas of a segment of a watch recording: the stretches of time of which it tells, as microseconds between
 * their ends, [start to begin, begin to end, end to the next one's begin, …]. Of the samples only those within are left,
 * and the ones next to each stretch: when a sample's time begins is told by the one before it.
 */
export const KEPT_KEY = 'kept';
export const SEGMENT_FILE_PATTERN = /^cpu-(\d{6,})\.cpuprofile\.gz$/;

/** Turns are numbered from 1, over both metrics. */
export const allocationFile = (metric: AllocationMetric, turn: number): string =>
  `${metric}-${String(turn).padStart(6, '0')}.heapprofile.gz`;
export const ALLOCATION_FILE_PATTERN = /^(allocated|live)-(\d{6,})\.heapprofile\.gz$/;

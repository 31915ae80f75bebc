/** Writes what a thread tells of its operations: slow ones as they come, or at the end of their minute, and the counts. */
import type {
  CandidateRecord,
  OperationRecord,
  RouteCounts,
  RoutesFile,
} from '../../contracts/operations.ts';
import type { KeptOperation, OperationsNews } from './contract.ts';

interface Target {
  operations(records: readonly OperationRecord[]): void;
  addCandidates(records: readonly CandidateRecord[]): void;
  setCandidates(records: readonly CandidateRecord[]): void;
  routes(file: RoutesFile): void;
}

/** Replaced candidates are left in their file until there are so many of them. */
const MOST_REPLACED = 100;

export class OperationsKeeper {
  private readonly routes = new Map<string, RouteCounts>();
  private problems: RoutesFile['problems'] = [];
  private areRoutesWritten = false;
  /** Of the newest minute of each route, by place: a later one may still replace them. */
  private readonly candidates = new Map<string, { minute: number; places: Map<number, CandidateRecord> }>();
  /** That many are in their file. */
  private written = 0;

  constructor(private readonly target: Target) {}

  take({ atMicroseconds, kept, routes, problems, watched }: OperationsNews): void {
    this.target.operations(kept.flatMap(operation => this.settled(operation)));
    this.tellCandidates(kept.flatMap(({ place, record }) => (place ? [{ place, record }] : [])));
    const isNews = routes.length > 0 || problems.length > 0 || watched !== undefined;
    // Without any it says that operations were followed.
    if (!isNews && this.areRoutesWritten) return;
    this.areRoutesWritten = true;
    for (const route of routes) this.routes.set(`${route.kind} ${route.name}`, route);
    this.problems = [...this.problems, ...problems];
    this.target.routes({
      version: 1,
      atMicroseconds,
      routes: [...this.routes.values()],
      problems: this.problems,
      ...(watched ? { watched } : {}),
    });
  }

  /** The recording ends: nothing is replaced any more. */
  end(): void {
    const { left } = this;
    this.candidates.clear();
    this.target.operations(left.map(({ record }) => record));
    this.target.setCandidates([]);
  }

  private get left(): CandidateRecord[] {
    return [...this.candidates.values()].flatMap(({ places }) => [...places.values()]);
  }

  /** So that they are there when the program is killed. Those of minutes that are over stand in both files for a while. */
  private tellCandidates(fresh: readonly CandidateRecord[]): void {
    if (fresh.length === 0) return;
    const { left } = this;
    const isFull = this.written + fresh.length > 2 * left.length + MOST_REPLACED;
    if (isFull) this.target.setCandidates(left);
    else this.target.addCandidates(fresh);
    this.written = isFull ? left.length : this.written + fresh.length;
  }

  /** What can be written now. */
  private settled({ record, place }: KeptOperation): OperationRecord[] {
    if (!place) return [record];
    const known = this.candidates.get(place.route);
    if (known?.minute === place.minute) {
      known.places.set(place.index, { place, record });
      return [];
    }
    this.candidates.set(place.route, {
      minute: place.minute,
      places: new Map([[place.index, { place, record }]]),
    });
    return [...(known?.places.values() ?? [])].map(candidate => candidate.record);
  }
}

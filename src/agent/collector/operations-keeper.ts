/** Writes what a thread tells of its operations: slow ones as they come, or at the end of their minute, and the counts. */
import type { OperationRecord, RouteCounts, RoutesFile } from '../../contracts/operations.ts';
import type { KeptOperation, OperationsNews } from './contract.ts';

interface Target {
  operations(records: readonly OperationRecord[]): void;
  routes(file: RoutesFile): void;
}

export class OperationsKeeper {
  private readonly routes = new Map<string, RouteCounts>();
  private problems: RoutesFile['problems'] = [];
  private areRoutesWritten = false;
  /** Of the newest minute of each route, by place: a later one may still replace them. */
  private readonly candidates = new Map<string, { minute: number; places: Map<number, OperationRecord> }>();

  constructor(private readonly target: Target) {}

  take({ atMicroseconds, kept, routes, problems, watched }: OperationsNews): void {
    this.target.operations(kept.flatMap(operation => this.settled(operation)));
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
    const left = [...this.candidates.values()].flatMap(({ places }) => [...places.values()]);
    this.candidates.clear();
    this.target.operations(left);
  }

  /** What can be written now. */
  private settled({ record, place }: KeptOperation): OperationRecord[] {
    if (!place) return [record];
    const known = this.candidates.get(place.route);
    if (known?.minute === place.minute) {
      known.places.set(place.index, record);
      return [];
    }
    this.candidates.set(place.route, { minute: place.minute, places: new Map([[place.index, record]]) });
    return known ? [...known.places.values()] : [];
  }
}

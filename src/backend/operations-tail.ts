/** The operations of a recording that goes on: counted as far as its threads have told, and what was kept so far. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { countedRoutes, routeKey, type CountedRoute } from '../analysis/operations/route-counts.ts';
import { OperationRecordSchema, type OperationRecord, type RouteCounts } from '../contracts/operations.ts';
import { OPERATIONS_FILE, ROUTES_FILE, THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import { checkedOperation } from '../model/operations/checked-operation.ts';
import { operationKey } from '../model/operations/thread-operations.ts';
import { parseLines } from './ndjson.ts';
import { readFrom } from './read-from.ts';
import { readRoutes } from './recorded-operations.ts';
import { byNumbers } from './recorded-threads.ts';

export interface LiveRoute {
  readonly counts: CountedRoute;
  /** The newest of them, by their end. */
  readonly kept: readonly LiveOperation[];
}

/** What it waited for is told when the recording is opened. */
export interface LiveOperation {
  /** As in the opened recording. */
  readonly key: string;
  readonly record: OperationRecord;
}

/** So many of a route: a recording may go on for hours. */
const MOST_KEPT = 200;

export class OperationsTail {
  private readonly threads = new Map<string, TailedOperations>();
  private reading: Promise<readonly LiveRoute[]> = Promise.resolve([]);

  /** `folder` is the recording's. */
  constructor(private readonly folder: string) {}

  /** All routes as they are now, in no order; reads only what was added since the last call. */
  read(): Promise<readonly LiveRoute[]> {
    // Who has called before was told what went wrong then.
    this.reading = this.reading.catch(() => []).then(() => this.readNew());
    return this.reading;
  }

  private async readNew(): Promise<readonly LiveRoute[]> {
    const names = (await fs.readdir(this.folder)).filter(name => THREAD_FOLDER_PATTERN.test(name));
    for (const name of names.sort(byNumbers)) {
      const thread = this.threads.get(name) ?? new TailedOperations(path.join(this.folder, name));
      this.threads.set(name, thread);
      await thread.readNew();
    }
    const threads = [...this.threads.values()];
    return Array.from(countedRoutes(threads.map(({ routes }) => routes)), ([route, counts]) => ({
      counts,
      kept: threads.flatMap(({ kept }) => kept.get(route) ?? []).slice(-MOST_KEPT),
    }));
  }
}

class TailedOperations {
  routes: readonly RouteCounts[] = [];
  /** By `routeKey`. */
  readonly kept = new Map<string, LiveOperation[]>();
  private offset = 0;
  private routesAt = 0;

  /** Absolute path. */
  constructor(private readonly folder: string) {}

  async readNew(): Promise<void> {
    await this.readRoutes(path.join(this.folder, ROUTES_FILE));
    const bytes = await readFrom(path.join(this.folder, OPERATIONS_FILE), this.offset);
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    this.offset += whole.length;
    for (const read of parseLines(whole.toString('utf8'), OperationRecordSchema).records) {
      const record = checkedOperation(read);
      if (record) this.keep(record);
    }
  }

  private keep(record: OperationRecord): void {
    const others = this.kept.get(routeKey(record)) ?? [];
    others.push({ key: operationKey(path.basename(this.folder), record.id), record });
    if (others.length > MOST_KEPT) others.shift();
    this.kept.set(routeKey(record), others);
  }

  /** Replaced as a whole; one that is just being replaced is read the next time. */
  private async readRoutes(file: string): Promise<void> {
    const stat = await fs.stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!stat || stat.mtimeMs === this.routesAt) return;
    const found = await readRoutes(file);
    if (found === undefined || found === 'damaged') return;
    this.routesAt = stat.mtimeMs;
    this.routes = found.routes;
  }
}

/** Slow operations for the editor: lists, the panel's view files, and what a recording that goes on has so far. */
import path from 'node:path';
import type { CaptureProgress, OperationAsked, OperationFile, OperationsOf } from '../contracts/server.ts';
import type { OperationNode, OperationsSection } from '../contracts/views/recording.ts';
import type { OperationRoute } from '../contracts/document.ts';
import { operationNodes, operationsSection } from '../present/operations/route-nodes.ts';
import { liveRoutes } from '../present/operations/live-routes.ts';
import { operationText } from '../present/operations/operation-text.ts';
import type { OpenedView } from './open-view.ts';
import { OperationsTail } from './operations-tail.ts';
import type { ViewFiles } from './view-files.ts';
import { workspacePath } from './workspace-path.ts';

export interface OperationViewsOptions {
  readonly files: ViewFiles;
  readonly workspaceFolders: readonly string[];
  /** Absolute path: recordings are below it. */
  readonly recordingsFolder: string;
  /** A recording as it is now; throws `recording-gone`. */
  readonly open: (id: string) => Promise<OpenedView>;
  readonly onUpdate: (update: { readonly id: string; readonly operations: OperationsSection }) => void;
  /** What goes wrong while nobody waits for it. */
  readonly onFailure: (error: unknown) => void;
}

interface Live {
  readonly id: string;
  readonly tail: OperationsTail;
  routes: readonly OperationRoute[];
  isBusy: boolean;
}

export class OperationViews {
  private live: Live | undefined;

  constructor(private readonly options: OperationViewsOptions) {}

  /** The kept operations of a route, the slowest first. */
  async nodesOf({ id, kind, name }: OperationsOf): Promise<readonly OperationNode[]> {
    if (this.live?.id !== id) return (await this.options.open(id)).operations.nodesOf(kind, name);
    const route = this.live.routes.find(each => each.kind === kind && each.name === name);
    return route ? operationNodes(route, undefined) : [];
  }

  /** Throws `operation-gone`. */
  async view({ id, key, step }: OperationAsked & { readonly step?: -1 | 1 }): Promise<OperationFile> {
    const { operations } = await this.options.open(id);
    const view = operations.view(step === undefined ? key : operations.neighbour(key, step));
    const file = await this.options.files.write(JSON.stringify(view));
    return { file, key: view.key, name: view.name };
  }

  /** Throws `operation-gone`. */
  async text({ id, key }: OperationAsked): Promise<{ readonly text: string }> {
    const { open, workspaceFolders } = this.options;
    const view = (await open(id)).operations.view(key);
    return { text: operationText(view, file => workspacePath(file, workspaceFolders)) };
  }

  /** To be called with each progress of a capture, about once a second: tells what is new of its operations. */
  async follow({ id, state }: Pick<CaptureProgress, 'id' | 'state'>): Promise<void> {
    if (state !== 'recording') {
      if (this.live?.id === id) this.live = undefined;
      return;
    }
    const tail = (): OperationsTail => new OperationsTail(path.join(this.options.recordingsFolder, id));
    if (this.live?.id !== id) this.live = { id, tail: tail(), routes: [], isBusy: false };
    const { live } = this;
    if (live.isBusy) return;
    live.isBusy = true;
    try {
      await this.tell(live);
    } catch (error) {
      this.options.onFailure(error);
    } finally {
      live.isBusy = false;
    }
  }

  private async tell(live: Live): Promise<void> {
    const found = await live.tail.read();
    if (found.length === 0 || this.live !== live) return;
    const routes = liveRoutes(found);
    live.routes = routes;
    this.options.onUpdate({ id: live.id, operations: operationsSection(routes, true) });
  }
}

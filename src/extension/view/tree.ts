import * as vscode from 'vscode';
import {
  OPEN_LEAKS,
  OPEN_OPERATION,
  OPEN_PLACE,
  OPEN_RUNTIME,
  SHOW_HINTS_OF,
  SHOW_WHOLE,
  TOGGLE_HINTS,
} from '../commands.ts';
import type { Connection } from '../connection.ts';
import { showFailure } from '../failures.ts';
import type { RecordingsModel } from '../recordings.ts';
import { captureFacts, childNodes, rootNodes } from './nodes.ts';
import type { Node, ViewState } from './nodes.ts';
import type { Surroundings } from './surroundings.ts';
import { nodeText } from './node-text.ts';
import type { NodeText } from './row.ts';

const FOLDS = {
  none: vscode.TreeItemCollapsibleState.None,
  folded: vscode.TreeItemCollapsibleState.Collapsed,
  unfolded: vscode.TreeItemCollapsibleState.Expanded,
};

/** The Slowcatch view: the open recording and the earlier ones. Asks for the recordings when it is first shown. */
export class RecordingsTree implements vscode.TreeDataProvider<Node> {
  readonly #model: RecordingsModel;
  readonly #connection: Connection;
  readonly #surroundings: Surroundings;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  #filled: Promise<void> | undefined;
  #roots: readonly Node[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(model: RecordingsModel, connection: Connection, surroundings: Surroundings) {
    this.#model = model;
    this.#connection = connection;
    this.#surroundings = surroundings;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Shows how captures go on; all the rest stays as it is. */
  refreshCaptures(): void {
    const shown = this.#roots.filter(node => node.kind === 'capture');
    const current = this.#model.captures.map(progress =>
      foldKey({ progress, ...captureFacts(progress, this.#model) }),
    );
    const isSame = shown.map(foldKey).join() === current.join();
    if (!isSame) this.refresh();
    else for (const node of shown) this.#changed.fire(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node, nodeText(this.#current(node), Date.now()));
  }

  async getChildren(node?: Node): Promise<Node[]> {
    try {
      if (node?.kind === 'path') return await this.#callers(node);
      if (node?.kind === 'route') return await this.#kept(node);
      if (node) return childNodes(node, this.#state());
      await this.#fill();
    } catch (error) {
      showFailure(error);
      if (node) return [];
    }
    this.#roots = rootNodes(this.#state());
    return [...this.#roots];
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #state(): ViewState {
    const { entries, view, captures, runtime, operations } = this.#model;
    const { isHere, areHintsHidden } = this.#surroundings;
    return { entries, view, captures, runtime, operations, isHere, areHintsHidden: areHintsHidden() };
  }

  #fill(): Promise<void> {
    this.#filled ??= this.#model.refresh().catch((error: unknown) => {
      this.#filled = undefined;
      throw error;
    });
    return this.#filled;
  }

  #current(node: Node): Node {
    if (node.kind !== 'capture') return node;
    const progress = this.#model.captures.find(({ id }) => id === node.progress.id);
    return progress ? { ...node, progress, ...captureFacts(progress, this.#model) } : node;
  }

  async #kept({ route, recording }: Node & { readonly kind: 'route' }): Promise<Node[]> {
    const { kind, name } = route;
    const kept = await this.#connection.request('slowcatch/keptOperations', { id: recording, kind, name });
    return kept.map(operation => ({ kind: 'operation', operation, route, recording }));
  }

  async #callers({ path, recording, range, metric }: Node & { readonly kind: 'path' }): Promise<Node[]> {
    const within = { ...(range ? { range } : {}), ...(metric ? { metric } : {}) };
    const asked = { id: recording, chain: path.chain, ...within };
    const callers = await this.#connection.request('slowcatch/callers', asked);
    return callers.map(path => ({ kind: 'path', path, recording, ...within }));
  }
}

/** Rows of one key are drawn anew in place. */
const foldKey = ({
  progress,
  runtime,
  operations,
}: Pick<Extract<Node, { readonly kind: 'capture' }>, 'progress' | 'runtime' | 'operations'>): string =>
  [progress.id, runtime !== undefined || operations !== undefined].join();

function treeItem(node: Node, text: NodeText): vscode.TreeItem {
  const item = new vscode.TreeItem(text.label, FOLDS[text.fold]);
  const command = commandOf(node, text);
  return Object.assign(item, {
    id: text.id,
    accessibilityInformation: { label: text.spoken },
    ...(text.description === undefined ? {} : { description: text.description }),
    tooltip: text.tooltip ?? text.label,
    ...(text.icon === undefined ? {} : { iconPath: icon(text.icon, text.colour) }),
    ...(text.context === undefined ? {} : { contextValue: text.context }),
    ...(command ? { command } : {}),
  });
}

const icon = (name: string, colour: string | undefined): vscode.ThemeIcon =>
  new vscode.ThemeIcon(name, colour === undefined ? undefined : new vscode.ThemeColor(colour));

function commandOf(node: Node, { place }: NodeText): vscode.Command | undefined {
  if (place) return { command: OPEN_PLACE, title: vscode.l10n.t('Open'), arguments: [place] };
  if (node.kind === 'entry')
    return { command: 'slowcatch.openRecording', title: vscode.l10n.t('Open'), arguments: [node] };
  if (node.kind === 'missing-folder')
    return { command: 'slowcatch.mapFolder', title: vscode.l10n.t('Choose Folder'), arguments: [] };
  if (node.kind === 'runtime')
    return {
      command: OPEN_RUNTIME,
      title: vscode.l10n.t('Open GC Statistics'),
      arguments: [{ id: node.id, name: node.name }],
    };
  if (node.kind === 'memory' || node.kind === 'verdict')
    return {
      command: OPEN_LEAKS,
      title: vscode.l10n.t('Open Leak Report'),
      arguments: [
        {
          ...{ id: node.recording, name: node.name },
          ...(node.kind === 'verdict' ? { chosen: node.verdict.key } : {}),
        },
      ],
    };
  if (node.kind === 'operation')
    return {
      command: OPEN_OPERATION,
      title: vscode.l10n.t('Open Operation'),
      arguments: [{ id: node.recording, key: node.operation.key, name: node.route.name }],
    };
  if (node.kind === 'range')
    return { command: SHOW_WHOLE, title: vscode.l10n.t('Show Whole Recording'), arguments: [] };
  if (node.kind === 'metric')
    return { command: SHOW_HINTS_OF, title: vscode.l10n.t('Show Hints of…'), arguments: [] };
  if (node.kind === 'hints-hidden')
    return { command: TOGGLE_HINTS, title: vscode.l10n.t('Show Hints'), arguments: [] };
  return undefined;
}

import * as vscode from 'vscode';
import type { RuntimeFromView, RuntimeShown, RuntimeToView } from '../../contracts/views/runtime-messages.ts';
import { plainText } from '../../format/untrusted.ts';
import type { CommandRegistry } from '../command-registry.ts';
import { OPEN_RUNTIME } from '../commands.ts';
import type { RecordingsModel } from '../recordings.ts';
import { pickRecording } from '../view/actions.ts';
import type { Node } from '../view/nodes.ts';
import { ViewPanels } from '../webviews/view-panels.ts';
import type { ViewFolders } from '../webviews/webview-host.ts';
import { RuntimeHost, type RuntimeParts } from './runtime-host.ts';

/** Garbage collections, event loop, CPU and memory of recordings, in panels. */
export function registerRuntime(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  folders: ViewFolders,
  parts: RuntimeParts,
): void {
  const panels = new ViewPanels<RuntimeShown, RuntimeToView, RuntimeFromView, RuntimeHost>(folders, {
    viewType: 'slowcatch.runtime',
    icon: 'pulse',
    page: { view: 'runtime' },
    titleOf: ({ name }) => vscode.l10n.t('GC: {0}', plainText(name)),
    keyOf: ({ id }) => id,
    parse,
    attach: (host, shown) => new RuntimeHost(host, shown, parts),
  });
  subscriptions.push(
    panels,
    commands.register<unknown>(OPEN_RUNTIME, async argument => {
      const shown = ofNode(argument) ?? parse(argument) ?? (await chosen(parts.model));
      if (shown) panels.open({ id: shown.id, name: shown.name });
    }),
  );
}

/** The recording that goes on, else the open one, else one that the user chooses. */
async function chosen(model: RecordingsModel): Promise<RuntimeShown | undefined> {
  const [capture] = model.captures;
  const live = capture && model.entries.find(({ id }) => id === capture.id);
  return live ?? model.view?.entry ?? (await pickRecording(model));
}

/** Of a menu of the view. */
function ofNode(argument: unknown): RuntimeShown | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined;
  const node = argument as Node;
  if (node.kind === 'capture') return { id: node.progress.id, name: node.name };
  if (node.kind === 'entry') return node.entry;
  return node.kind === 'open' ? node.view.entry : undefined;
}

/** What VS Code has kept of a panel, or what a command was called with. */
function parse(kept: unknown): RuntimeShown | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, name } = kept as Partial<RuntimeShown>;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

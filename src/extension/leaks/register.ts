import * as vscode from 'vscode';
import type { FromLeaks, LeaksShown, ToLeaks } from '../../contracts/views/leaks.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Captures } from '../capture/captures.ts';
import { profileCurrent } from '../capture/launch.ts';
import type { CommandRegistry } from '../command-registry.ts';
import { OPEN_LEAKS } from '../commands.ts';
import type { Connection } from '../connection.ts';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import { pickRecording } from '../view/actions.ts';
import type { RecordingsModel } from '../recordings.ts';
import type { Node } from '../view/nodes.ts';
import { ViewPanels } from '../webviews/view-panels.ts';
import type { ViewFolders } from '../webviews/webview-host.ts';
import { LeaksHost } from './leaks-host.ts';

interface LeaksParts {
  readonly connection: Connection;
  readonly captures: Captures;
  readonly model: RecordingsModel;
}

/** Tracking of a program's memory, and the reports on it: that of a program that is tracked opens by itself. */
export function registerLeaks(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  folders: ViewFolders,
  { connection, captures, model }: LeaksParts,
): void {
  const panels = new ViewPanels<LeaksShown, ToLeaks, FromLeaks, LeaksHost>(folders, {
    viewType: 'slowcatch.leaks',
    icon: 'chip',
    page: { view: 'leaks' },
    titleOf: ({ name }) => vscode.l10n.t('Memory: {0}', plainText(name, 60)),
    keyOf: ({ id }) => id,
    parse,
    attach: (host, shown) => new LeaksHost(host, shown, connection),
  });
  const opened = new Set<string>();
  subscriptions.push(
    panels,
    commands.register('slowcatch.trackLeaks', () => profileCurrent(captures, 'leaks')),
    commands.register<unknown>(OPEN_LEAKS, async argument => {
      const shown = ofNode(argument) ?? parse(argument) ?? (await chosenRecording(model));
      if (!shown) return;
      const { chosen, ...report } = shown;
      const host = panels.open(report);
      if (chosen !== undefined) await host.choose(chosen);
    }),
    connection.on('slowcatch/capture', ({ id, tracksLeaks }) => {
      const { current } = captures;
      if (tracksLeaks !== true || opened.has(id) || current?.id !== id) return;
      opened.add(id);
      panels.open({ id, name: current.name });
    }),
  );
}

interface Wanted extends LeaksShown {
  /** Key of a verdict. */
  readonly chosen?: string;
}

/** The open recording, else one that the user chooses. */
async function chosenRecording(model: RecordingsModel): Promise<Wanted | undefined> {
  return reportOf(model.view?.entry ?? (await pickRecording(model)));
}

const reportOf = (entry: RecordingEntry | undefined): Wanted | undefined =>
  entry && { id: entry.id, name: entry.name };

/** Of a row of the view. */
function ofNode(argument: unknown): Wanted | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined;
  const node = argument as Node;
  if (node.kind === 'capture') return { id: node.progress.id, name: node.name };
  if (node.kind === 'entry') return reportOf(node.entry);
  return node.kind === 'open' ? reportOf(node.view.entry) : undefined;
}

/** What VS Code has kept of a panel, or what a command was called with. */
function parse(kept: unknown): Wanted | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, name, files, chosen } = kept as Partial<Wanted>;
  if (typeof id !== 'string' || typeof name !== 'string') return undefined;
  return {
    ...{ id, name },
    ...(Array.isArray(files) ? { files: files.filter(file => typeof file === 'string') } : {}),
    ...(typeof chosen === 'string' ? { chosen } : {}),
  };
}

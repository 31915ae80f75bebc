import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ProcessEntry } from '../../contracts/server.ts';
import type { Connection } from '../connection.ts';
import { workspacePaths } from '../workspace-folders.ts';
import type { Captures } from './captures.ts';
import { requireCapturing } from './preconditions.ts';
import { addressProblem, processLine } from './process-item.ts';
import { type Around, groupProcesses, type ProcessGroups } from './process-order.ts';
import { recordingSettings } from './settings.ts';

interface Target {
  /** Process id, host:port or ws://…. */
  readonly target: string;
  readonly name: string;
  readonly cwd: string;
}

/** Records a running program, which goes on when recording ends. Without a target the user picks one. */
export async function attach(
  captures: Captures,
  connection: Connection,
  target?: string,
  isWatch = false,
): Promise<void> {
  requireCapturing();
  captures.requireIdle();
  const chosen = target === undefined ? await pickTarget(connection) : addressTarget(target);
  if (!chosen) return;
  await captures.record({
    ...{ kind: 'attach', ...chosen },
    ...{ ...recordingSettings(), isWatch },
  });
}

type TargetItem = vscode.QuickPickItem & { readonly pick?: () => Promise<Target | undefined> };

async function pickTarget(connection: Connection): Promise<Target | undefined> {
  const items = connection.request('slowcatch/processes', null).then(found => [
    ...processItems(groupProcesses(found, around())),
    separator(''),
    {
      label: '$(plug) host:port…',
      detail: vscode.l10n.t('Inspector of a program elsewhere'),
      pick: askAddress,
    },
  ]);
  const item = await vscode.window.showQuickPick<TargetItem>(items, {
    title: vscode.l10n.t('Slow requests and jobs are kept from now on, those that run already are not'),
    placeHolder: vscode.l10n.t('Attach to which Node.js process?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return item?.pick?.();
}

/** Titles only where there is something to tell apart. */
function processItems({ here, elsewhere }: ProcessGroups): TargetItem[] {
  const items = [here, elsewhere].map(group => group.map(processItem));
  if (here.length === 0 || elsewhere.length === 0) return items.flat();
  const [inWorkspace, others] = [vscode.l10n.t('In this workspace'), vscode.l10n.t('Elsewhere')];
  return [separator(inWorkspace), ...items[0]!, separator(others), ...items[1]!];
}

const separator = (label: string): TargetItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

const around = (): Around => ({
  workspaceFolders: workspacePaths(),
  editorFolders: [vscode.env.appRoot, ...vscode.extensions.all.map(({ extensionPath }) => extensionPath)],
  platform: process.platform,
});

function processItem(entry: ProcessEntry): TargetItem {
  const { label, description, detail } = processLine(entry);
  const chosen = { target: String(entry.pid), name: label, cwd: entry.cwd };
  // Icons are written $(name) in labels: a program's name must not become one.
  return { label: label.replaceAll('$(', '$ ('), description, detail, pick: () => Promise.resolve(chosen) };
}

async function askAddress(): Promise<Target | undefined> {
  const address = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Where the program’s inspector listens (node --inspect)'),
    placeHolder: '127.0.0.1:9229',
    validateInput: addressProblem,
  });
  return address === undefined ? undefined : addressTarget(address.trim());
}

const addressTarget = (target: string): Target => ({
  target,
  name: target,
  cwd: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir(),
});

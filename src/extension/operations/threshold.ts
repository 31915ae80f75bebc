import * as vscode from 'vscode';
import type { OperationsConfiguration } from '../../contracts/operation-kinds.ts';
import { THRESHOLD_MILLISECONDS } from '../../contracts/operation-kinds.ts';
import type { RouteNode } from '../../contracts/views/recording.ts';
import { plainText } from '../../format/untrusted.ts';

const SETTING = 'slowcatch';
const BY_NAME = 'thresholds';

type Thresholds = Pick<OperationsConfiguration, 'thresholdMilliseconds' | 'thresholds'>;

/** What operations are kept from, as the settings say. What is no number there is left out. */
export function thresholdSettings(): Thresholds {
  const settings = vscode.workspace.getConfiguration(SETTING);
  const byName = Object.entries(settings.get<Readonly<Record<string, unknown>>>(BY_NAME, {}));
  return {
    thresholdMilliseconds: settings.get('threshold', DEFAULT_MILLISECONDS),
    thresholds: byName.flatMap(([name, value]) =>
      typeof value === 'number' && isThreshold(value) ? [{ name, thresholdMilliseconds: value }] : [],
    ),
  };
}

const DEFAULT_MILLISECONDS = 100;

const isThreshold = (value: number): boolean =>
  value >= THRESHOLD_MILLISECONDS.least && value <= THRESHOLD_MILLISECONDS.most;

/** Asks for the threshold of one route, and keeps it in the workspace's settings, else in the user's. */
export async function setThreshold({ name, thresholdMilliseconds }: RouteNode): Promise<void> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Threshold of {0}', plainText(name)),
    prompt: vscode.l10n.t('Milliseconds from which it is kept, in the next recording'),
    value: String(thresholdMilliseconds),
    validateInput: text =>
      isThreshold(Number(text.trim() || Number.NaN))
        ? undefined
        : vscode.l10n.t('Type milliseconds, from 1 to 3600000.'),
  });
  if (answer === undefined) return;
  const settings = vscode.workspace.getConfiguration(SETTING);
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  const known = settings.get<Readonly<Record<string, unknown>>>(BY_NAME, {});
  await settings.update(BY_NAME, { ...known, [name]: Number(answer.trim()) }, target);
}

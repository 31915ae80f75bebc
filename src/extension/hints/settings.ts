import * as vscode from 'vscode';

const SECTION = 'slowcatch.hints';
const LEAST_SHARE = 0.01;

export interface HintSettings {
  readonly enabled: boolean;
  /** Of the CPU time, 0 … 1: hints below are not shown. */
  readonly leastShare: number;
}

/** Settings that are not what they have to be count as not set. */
export function hintSettings(): HintSettings {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const leastShare = settings.get<unknown>('leastShare');
  return {
    enabled: settings.get<unknown>('enabled') !== false,
    leastShare: typeof leastShare === 'number' && Number.isFinite(leastShare) ? leastShare : LEAST_SHARE,
  };
}

export const changesHintSettings = (change: vscode.ConfigurationChangeEvent): boolean =>
  change.affectsConfiguration(SECTION);

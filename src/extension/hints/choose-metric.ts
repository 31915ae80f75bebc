import * as vscode from 'vscode';
import type { Metric } from '../../contracts/profile-source.ts';
import type { RecordingsModel } from '../recordings.ts';
import { metricWords } from './metric-words.ts';

/** Asks what hints and Hot Paths are to be of, unless told: of that which the open recording has. */
export async function chooseMetric(model: RecordingsModel, wanted?: unknown): Promise<void> {
  const metrics = model.view?.metrics ?? [];
  if (metrics.length < 2) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'This recording has nothing else to show. The setting "slowcatch.recording.allocations" records memory as well.',
      ),
    );
    return;
  }
  const metric = metrics.find(each => each === wanted) ?? (await pick(metrics, model.view?.metric));
  if (metric) await model.showMetric(metric);
}

async function pick(metrics: readonly Metric[], shown: Metric | undefined): Promise<Metric | undefined> {
  const items = metrics.map(metric => {
    const { title, detail } = metricWords(metric);
    return {
      label: title,
      ...(metric === shown ? { description: vscode.l10n.t('shown now') } : {}),
      detail,
      metric,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Hints and Hot Paths of what?'),
  });
  return chosen?.metric;
}

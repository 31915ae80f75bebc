import { l10n } from 'vscode';
import type { Metric } from '../../contracts/profile-source.ts';

interface MetricWords {
  readonly title: string;
  readonly detail: string;
}

/** What hints can be of, in words. */
export function metricWords(metric: Metric): MetricWords {
  return {
    cpu: {
      title: l10n.t('CPU time'),
      detail: l10n.t('Time on the CPU, by line and function'),
    },
    allocated: {
      title: l10n.t('Allocated memory'),
      detail: l10n.t('All that was allocated while it was watched, by function'),
    },
    live: {
      title: l10n.t('Held memory'),
      detail: l10n.t('What was allocated while it was watched and is still held, by function'),
    },
  }[metric];
}

import * as vscode from 'vscode';
import type { ExportFormatId } from '../../contracts/export-formats.ts';

/** A format as the picker shows it. */
export interface FormatWords {
  readonly label: string;
  /** What it is for. */
  readonly detail: string;
}

export const formatWords = (): Readonly<Record<ExportFormatId, FormatWords>> => ({
  html: {
    label: vscode.l10n.t('Web page (.html)'),
    detail: vscode.l10n.t('Flamegraph and hottest functions in one file, for anyone with a browser'),
  },
  speedscope: {
    label: vscode.l10n.t('speedscope (.speedscope.json)'),
    detail: vscode.l10n.t('Flamegraph with all threads, for speedscope and tools that read it'),
  },
  pprof: {
    label: vscode.l10n.t('pprof (.pb.gz)'),
    detail: vscode.l10n.t('Functions and lines, for go tool pprof, Pyroscope, Polar Signals and Datadog'),
  },
  cpuprofile: {
    label: vscode.l10n.t('CPU profile (.cpuprofile)'),
    detail: vscode.l10n.t('For Chrome DevTools and VS Code, with repaired names; one file per thread'),
  },
  folded: {
    label: vscode.l10n.t('Folded stacks (.folded.txt)'),
    detail: vscode.l10n.t('One line of text per stack, for flamegraph.pl and inferno'),
  },
  markdown: {
    label: vscode.l10n.t('Markdown report (.md)'),
    detail: vscode.l10n.t('Findings and hot lines as tables, for an issue or a pull request'),
  },
});

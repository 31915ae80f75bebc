import { sourceOf, type Metric, type ProfileSource, type TimeRange } from '../../contracts/profile-source.ts';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import type { Node } from '../view/nodes.ts';

/** What is exported, and what the file is called after. */
export interface ExportTarget {
  readonly source: ProfileSource;
  readonly name?: string;
  readonly range?: TimeRange;
  readonly metric?: Metric;
}

/**
 * What a command was called with: a source or a target of another view, a node of the tree, a file of the explorer;
 * undefined for anything else. Pure.
 */
export function targetOf(argument: unknown): ExportTarget | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('fsPath' in argument && typeof argument.fsPath === 'string')
    return { source: { kind: 'file', file: argument.fsPath } };
  const entry = entryOf(argument as Node);
  if (entry) return ofEntry(entry);
  if (isSource(argument)) return { source: argument };
  return 'source' in argument && isSource(argument.source) ? (argument as ExportTarget) : undefined;
}

export const ofEntry = ({ id, name }: Pick<RecordingEntry, 'id' | 'name'>): ExportTarget => ({
  source: sourceOf(id),
  name,
});

function entryOf(node: Node): RecordingEntry | undefined {
  if (node.kind === 'entry') return node.entry;
  return node.kind === 'open' ? node.view.entry : undefined;
}

function isSource(value: unknown): value is ProfileSource {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'recording') return 'id' in value && typeof value.id === 'string';
  return value.kind === 'file' && 'file' in value && typeof value.file === 'string';
}

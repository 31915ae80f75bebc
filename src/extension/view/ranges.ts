import * as vscode from 'vscode';
import type { TimeRange } from '../../contracts/profile-source.ts';
import type { CommandRegistry } from '../command-registry.ts';
import { SHOW_RANGE, SHOW_WHOLE } from '../commands.ts';
import type { RecordingsModel } from '../recordings.ts';

/** A stretch of a recording, as a page asks for it; and back to all of it. */
export function rangeCommands(commands: CommandRegistry, model: RecordingsModel): vscode.Disposable[] {
  return [
    commands.register<unknown>(SHOW_RANGE, async argument => {
      const shown = shownOf(argument);
      if (shown) await inView(model.openRange(shown.id, shown.range));
    }),
    commands.register(SHOW_WHOLE, async () => {
      const { view } = model;
      if (view?.range) await inView(model.open(view.entry.id));
    }),
  ];
}

const inView = (work: Promise<void>): Thenable<void> =>
  vscode.window.withProgress({ location: { viewId: 'slowcatch.view' } }, () => work);

/** Undefined for what is no range of a recording: the command is open to all. */
function shownOf(argument: unknown): { readonly id: string; readonly range: TimeRange } | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { id, range } = argument as { readonly id?: unknown; readonly range?: Partial<TimeRange> | null };
  const { startMicroseconds: start, endMicroseconds: end } = range ?? {};
  if (typeof id !== 'string' || !Number.isFinite(start) || !Number.isFinite(end)) return undefined;
  return { id, range: { startMicroseconds: start!, endMicroseconds: end! } };
}

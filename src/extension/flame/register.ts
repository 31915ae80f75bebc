import * as vscode from 'vscode';
import { sourceOf, type TimeRange } from '../../contracts/profile-source.ts';
import type { RecordingView } from '../../contracts/views/recording.ts';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import type { FlameShown, FromFlame, ToFlame } from '../../contracts/views/flame.ts';
import { plainText } from '../../format/untrusted.ts';
import { FOCUS_FUNCTION, OPEN_FLAMEGRAPH } from '../commands.ts';
import type { CommandRegistry } from '../command-registry.ts';
import { pickRecording } from '../view/actions.ts';
import type { Node } from '../view/nodes.ts';
import { ViewPanels } from '../webviews/view-panels.ts';
import type { ViewFolders } from '../webviews/webview-host.ts';
import { FlameHost, type FlameParts, type Focus } from './flame-host.ts';
import { registerProfileEditor } from './profile-editor.ts';

type FlamePanels = ViewPanels<FlameShown, ToFlame, FromFlame, FlameHost>;

/** Flamegraphs: of recordings in panels, of profile files in editors. */
export function registerFlame(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  folders: ViewFolders,
  parts: FlameParts,
): void {
  const panels: FlamePanels = new ViewPanels(folders, {
    viewType: 'slowcatch.flame',
    page: { view: 'flame', hasInlineStyles: true },
    titleOf: ({ name }) => vscode.l10n.t('Flamegraph: {0}', plainText(name)),
    keyOf: ({ source, range }) => JSON.stringify([source, range ?? null]),
    parse,
    attach: (host, shown) => new FlameHost(host, shown, parts),
  });
  subscriptions.push(
    panels,
    registerProfileEditor(folders, parts),
    commands.register<unknown>(OPEN_FLAMEGRAPH, async argument => {
      const shown = shownOf(argument) ?? (await chosen(parts));
      if (shown) panels.open(shown);
    }),
    commands.register<unknown>(FOCUS_FUNCTION, argument => focusFunction(argument, panels, parts)),
  );
}

/** Of a hover a place, of a hot path its function, of the palette nothing: then the user chooses. */
async function focusFunction(argument: unknown, panels: FlamePanels, parts: FlameParts): Promise<void> {
  const path = nodeOf(argument, 'path');
  const place = placeOf(argument);
  const { view } = parts.model;
  if (path) {
    const { place: at, chain, name } = path.path;
    // Numbers of functions are those of the metric that the path is of; the flamegraph may be of another one.
    const isNumbered = path.metric === undefined || !at;
    const focus: Focus = isNumbered ? { index: chain.at(-1) ?? 0 } : { place: { ...at, name } };
    const source = sourceOf(path.recording);
    const shown = { source, name: view?.entry.name ?? '', ...rangeOf(path) };
    await panels.open(shown).focus(focus);
  } else if (place && view) await panels.open(ofView(view)).focus({ place });
  else {
    const shown = panels.active?.shown ?? (await chosen(parts));
    if (shown) await panels.open(shown).pickFunction();
  }
}

/** The open recording, else one that the user chooses. */
async function chosen({ model }: FlameParts): Promise<FlameShown | undefined> {
  if (model.view) return ofView(model.view);
  const entry = await pickRecording(model);
  return entry && ofEntry(entry);
}

const ofView = (view: RecordingView): FlameShown => ({ ...ofEntry(view.entry), ...rangeOf(view) });

/** The stretch that is looked at: numbers of functions are those of the stretch. */
const rangeOf = ({ range }: { readonly range?: TimeRange }): Pick<FlameShown, 'range'> =>
  range
    ? { range: { startMicroseconds: range.startMicroseconds, endMicroseconds: range.endMicroseconds } }
    : {};

const ofEntry = ({ id, name }: RecordingEntry): FlameShown => ({ source: sourceOf(id), name });

/** Of a menu of the view its node; of other parts of the extension what to show. */
function shownOf(argument: unknown): FlameShown | undefined {
  const entry = nodeOf(argument, 'entry')?.entry;
  const view = nodeOf(argument, 'open')?.view;
  if (view) return ofView(view);
  return entry ? ofEntry(entry) : parse(argument);
}

function nodeOf<Kind extends Node['kind']>(
  argument: unknown,
  kind: Kind,
): Extract<Node, { readonly kind: Kind }> | undefined {
  const isNode =
    typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === kind;
  return isNode ? (argument as Extract<Node, { readonly kind: Kind }>) : undefined;
}

function placeOf(argument: unknown): { file: string; line: number; name?: string } | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { file, line, name } = argument as Readonly<Record<string, unknown>>;
  if (typeof file !== 'string' || typeof line !== 'number') return undefined;
  return { file, line, ...(typeof name === 'string' ? { name } : {}) };
}

/** What VS Code has kept of a panel, or what a command was called with. */
function parse(kept: unknown): FlameShown | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { source, name, range } = kept as Partial<FlameShown>;
  const isSource =
    (source?.kind === 'recording' && typeof source.id === 'string') ||
    (source?.kind === 'file' && typeof source.file === 'string');
  if (!isSource || typeof name !== 'string') return undefined;
  const isRange = typeof range?.startMicroseconds === 'number' && typeof range.endMicroseconds === 'number';
  return { source, name, ...(isRange ? { range } : {}) };
}

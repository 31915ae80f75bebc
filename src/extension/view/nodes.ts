import { l10n } from 'vscode';
import type { CaptureProgress } from '../../contracts/server.ts';
import type {
  FindingNode,
  PathNode,
  MemorySection,
  OperationNode,
  OperationsSection,
  RecordingView,
  RouteNode,
  VerdictNode,
  ViewRange,
} from '../../contracts/views/recording.ts';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import type { Metric } from '../../contracts/profile-source.ts';
import type { RecordedProblem } from '../../contracts/recording.ts';
import { orderEntries } from './entry-order.ts';

/** What the tree is drawn from. */
export interface ViewState {
  readonly entries: readonly RecordingEntry[];
  readonly view: RecordingView | undefined;
  readonly captures: readonly CaptureProgress[];
  /** Whether a recording was made in this workspace. */
  readonly isHere: (entry: RecordingEntry) => boolean;
  /** `GC 3.2 % · p95 12 ms` of captures so far, by recording. */
  readonly runtime: ReadonlyMap<string, string>;
  /** Slow operations of captures so far, by recording. */
  readonly operations: ReadonlyMap<string, OperationsSection>;
  /** Editors show nothing of the open recording. */
  readonly areHintsHidden: boolean;
}

export type Section = 'breakdown' | 'findings' | 'hotPaths' | 'problems' | 'recordings';

/** A line of the Slowcatch view. */
export type Node =
  | CaptureNode
  | { readonly kind: 'open'; readonly view: RecordingView }
  | { readonly kind: 'range'; readonly range: ViewRange }
  | { readonly kind: 'missing-folder'; readonly folder: string }
  | { readonly kind: 'metric'; readonly metric: Metric; readonly total: string }
  | { readonly kind: 'hints-hidden' }
  /** Opens the GC and runtime view of a recording; `summary` is what matters of it. */
  | { readonly kind: 'runtime'; readonly id: string; readonly name: string; readonly summary: string }
  /** Opens the report on a recording's memory; below it its verdicts. */
  | {
      readonly kind: 'memory';
      readonly section: MemorySection;
      readonly recording: string;
      readonly name: string;
    }
  | {
      readonly kind: 'verdict';
      readonly verdict: VerdictNode;
      readonly recording: string;
      readonly name: string;
    }
  | OperationsNode
  /** `isContext`: nothing of it was slow. */
  | {
      readonly kind: 'route';
      readonly route: RouteNode;
      readonly recording: string;
      readonly isContext: boolean;
    }
  | {
      readonly kind: 'operation';
      readonly operation: OperationNode;
      readonly route: RouteNode;
      readonly recording: string;
    }
  | { readonly kind: 'section'; readonly section: Section; readonly view: RecordingView | undefined }
  | { readonly kind: 'finding'; readonly finding: FindingNode; readonly id: string }
  | {
      readonly kind: 'path';
      readonly path: PathNode;
      readonly recording: string;
      /** What it weighs; `cpu` unless told. */
      readonly metric?: Metric;
      /** The stretch of it that the path is of. */
      readonly range?: ViewRange;
    }
  | { readonly kind: 'problem'; readonly problem: RecordedProblem; readonly id: string }
  | NoteNode
  /** `folder`: where it was made, when that was not here. */
  | { readonly kind: 'entry'; readonly entry: RecordingEntry; readonly folder?: string };

interface OperationsNode {
  readonly kind: 'operations';
  readonly section: OperationsSection;
  readonly recording: string;
  /** The recording goes on. */
  readonly isLive: boolean;
}

interface CaptureNode {
  readonly kind: 'capture';
  readonly progress: CaptureProgress;
  readonly name: string;
  /** `GC 3.2 % · p95 12 ms` so far; absent until something was measured. */
  readonly runtime?: string;
  /** Slow operations so far; absent until something was counted. */
  readonly operations?: OperationsSection;
}

/** Says something; `detail` is what may be cut off. */
interface NoteNode {
  readonly kind: 'note';
  readonly text: string;
  readonly detail?: string;
  readonly id: string;
}

/** The view's first level; empty when there is nothing at all, for the view's welcome text. */
export function rootNodes(state: ViewState): Node[] {
  const { entries, view, captures } = state;
  return [
    ...captures.map((progress): Node => ({
      ...captureFacts(progress, state),
      kind: 'capture',
      progress,
      name: entries.find(({ id }) => id === progress.id)?.name ?? l10n.t('Recording'),
    })),
    ...(view ? [{ kind: 'open', view } as const] : []),
    ...(closedEntries(state).length > 0 ? [{ kind: 'section', section: 'recordings', view } as const] : []),
  ];
}

/** For a capture's node. */
export function captureFacts(
  { id }: CaptureProgress,
  { runtime, operations }: Pick<ViewState, 'runtime' | 'operations'>,
): Pick<CaptureNode, 'runtime' | 'operations'> {
  const summary = runtime.get(id);
  const section = operations.get(id);
  return {
    ...(summary === undefined ? {} : { runtime: summary }),
    ...(section ? { operations: section } : {}),
  };
}

function closedEntries({ entries, view, captures }: ViewState): RecordingEntry[] {
  const shown = new Set([view?.entry.id, ...captures.map(({ id }) => id)]);
  return entries.filter(({ id }) => !shown.has(id));
}

/** What stands below a node; callers of a path are asked from the server instead. */
export function childNodes(node: Node, state: ViewState): Node[] {
  if (node.kind === 'open') return openNodes(node.view, state.areHintsHidden);
  if (node.kind === 'capture') return captureNodes(node, state);
  if (node.kind === 'operations') return operationsNodes(node, state);
  if (node.kind === 'memory')
    return node.section.verdicts.map(verdict => ({
      ...{ kind: 'verdict', verdict, recording: node.recording, name: node.name },
    }));
  return node.kind === 'section' ? SECTION_NODES[node.section](node.view, state) : [];
}

function captureNodes({ progress, name }: CaptureNode, state: ViewState): Node[] {
  const { id } = progress;
  const { runtime, operations } = captureFacts(progress, state);
  return [
    ...(operations
      ? [{ kind: 'operations', section: operations, recording: id, isLive: true } as const]
      : []),
    ...(runtime === undefined ? [] : [{ kind: 'runtime', id, name, summary: runtime } as const]),
  ];
}

/** Routes and stalls; where nothing was slow why, and what was slowest all the same. */
function operationsNodes({ recording, section, isLive }: OperationsNode, { operations }: ViewState): Node[] {
  const { routes, stalls, empty } = (isLive ? operations.get(recording) : undefined) ?? section;
  const node = (route: RouteNode, isContext = false): Node => ({
    kind: 'route',
    route,
    recording,
    isContext,
  });
  return [
    ...routes.map(route => node(route)),
    ...(empty
      ? [{ kind: 'note', text: empty.text, detail: empty.detail, id: `${recording} no operations` } as const]
      : []),
    ...(empty?.slowest ?? []).map(route => node(route, true)),
    ...(stalls ? [node(stalls)] : []),
  ];
}

function openNodes(view: RecordingView, areHintsHidden: boolean): Node[] {
  const { entry, range, missingFolder, problems, breakdown, metric, metrics, total, runtime, operations } =
    view;
  const { memory } = view;
  const sections: Section[] = [
    // A program that did nothing has no time to divide.
    ...(breakdown.parts.length > 0 ? (['breakdown'] as const) : []),
    'findings',
  ];
  return [
    ...(range === undefined ? [] : [{ kind: 'range', range } as const]),
    ...(missingFolder === undefined ? [] : [{ kind: 'missing-folder', folder: missingFolder } as const]),
    ...(areHintsHidden ? [{ kind: 'hints-hidden' } as const] : []),
    // Said where there is a choice, or it is not what everybody takes it for.
    ...(metrics.length > 1 || metric !== 'cpu' ? [{ kind: 'metric', metric, total } as const] : []),
    ...sections.map((section): Node => ({ kind: 'section', section, view })),
    ...(operations
      ? [{ kind: 'operations', section: operations, recording: entry.id, isLive: false } as const]
      : []),
    ...(memory ? [{ kind: 'memory', section: memory, recording: entry.id, name: entry.name } as const] : []),
    { kind: 'section', section: 'hotPaths', view },
    ...(runtime === undefined
      ? []
      : [{ kind: 'runtime', id: entry.id, name: entry.name, summary: runtime } as const]),
    ...(problems.length > 0 ? [{ kind: 'section', section: 'problems', view } as const] : []),
  ];
}

const SECTION_NODES: Readonly<
  Record<Section, (view: RecordingView | undefined, state: ViewState) => Node[]>
> = {
  breakdown: view => [
    ...(view?.breakdown.parts ?? []).map(({ name, share }, index): Node => ({
      ...{ kind: 'note', text: name, detail: share },
      id: idIn(view, 'part', index),
    })),
    ...(view?.overhead ? [overheadNode(view.overhead, idIn(view, 'overhead'))] : []),
  ],
  findings: view =>
    orNote(
      (view?.findings ?? []).map((finding, index) => ({
        kind: 'finding',
        finding,
        id: idIn(view, 'finding', index),
      })),
      l10n.t('Nothing stands out'),
      nothingFound(view),
      idIn(view, 'finding'),
    ),
  hotPaths: view =>
    orNote(
      (view?.hotPaths ?? []).map(path => ({
        ...{ kind: 'path', path, recording: view?.entry.id ?? '' },
        ...(view?.range ? { range: view.range } : {}),
        ...(view && view.metric !== 'cpu' ? { metric: view.metric } : {}),
      })),
      view?.metric === 'cpu' || !view
        ? l10n.t('No function of yours burnt time')
        : l10n.t('No function of yours allocated'),
      view?.range
        ? l10n.t('choose another stretch')
        : l10n.t('record for longer, or while the program has work to do'),
      idIn(view, 'path'),
    ),
  problems: view =>
    (view?.problems ?? []).map((problem, index) => ({
      kind: 'problem',
      problem,
      id: idIn(view, 'problem', index),
    })),
  recordings: (_, state) =>
    orderEntries(closedEntries(state), state.isHere).map(each => ({ kind: 'entry', ...each })),
};

/** Where to look all the same. */
function nothingFound(view: RecordingView | undefined): string {
  const hasPaths = (view?.hotPaths.length ?? 0) > 0;
  if (view && view.metric !== 'cpu')
    return hasPaths ? l10n.t('Hot Paths shows where the memory went') : l10n.t('your code allocated little');
  return hasPaths ? l10n.t('Hot Paths shows where the time went') : l10n.t('your code burnt no time');
}

/** Beside the times of the program: what watching it has cost. */
const overheadNode = ({ cost, detail }: NonNullable<RecordingView['overhead']>, id: string): Node => ({
  ...{ kind: 'note', text: l10n.t('Cost of recording'), id },
  detail: `${cost}: ${detail}`,
});

const idIn = (view: RecordingView | undefined, kind: string, index: number | string = 'none'): string =>
  `${view?.entry.id ?? ''} ${kind} ${index}`;

const orNote = (nodes: Node[], text: string, detail: string, id: string): Node[] =>
  nodes.length > 0 ? nodes : [{ kind: 'note', text, detail, id }];

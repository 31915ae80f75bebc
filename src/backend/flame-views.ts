/** Flamegraphs for the editor: view files, and what can be asked about them afterwards. */
import { burntStacks } from '../analysis/stacks/burnt-stacks.ts';
import type { Metric } from '../contracts/profile-source.ts';
import type { SourcePlace } from '../contracts/server.ts';
import { UserError } from '../contracts/user-error.ts';
import type { FlameFunction, FlameOrder, FlameView, FunctionAt } from '../contracts/views/flame.ts';
import { plainText } from '../format/untrusted.ts';
import type { TimeOrderedStacks } from '../model/stacks/time-ordered-stacks.ts';
import type { StackFunction, StackProfile } from '../model/stacks/stack-profile.ts';
import { flameFile } from '../present/flame/flame-file.ts';
import { formatWeight } from '../format/weight.ts';
import { emptyFlame, flameNotes, timeNotes } from '../present/flame/flame-words.ts';
import { timeFile } from '../present/flame/time-file.ts';
import { functionTable, isOpenable } from '../present/flame/function-table.ts';
import { formatShare } from '../format/numbers.ts';
import type { ViewFiles } from './view-files.ts';
import { workspacePath } from './workspace-path.ts';

/** What a flamegraph is made of. */
export interface FlameSource {
  readonly profile: StackProfile;
  readonly metric: Metric;
  /** All that the source can be weighed by. */
  readonly metrics: readonly Metric[];
  /** What ran in the order of time; absent where that is not known. */
  readonly timeOrder?: () => Promise<TimeOrderedStacks>;
  /** The file here of a recorded one; undefined when there is none. */
  readonly find: (recorded: string) => string | undefined;
}

interface MadeView {
  readonly view: FlameView;
  readonly functions: readonly StackFunction[];
  readonly list: readonly FlameFunction[];
  readonly find: FlameSource['find'];
}

/** Views that are before the user, and some more. */
const MOST_VIEWS = 10;
const MOST_LISTED = 500;

export class FlameViews {
  /** By key; the oldest first. */
  private readonly views = new Map<string, MadeView>();
  private made = 0;

  constructor(
    private readonly files: ViewFiles,
    private readonly workspaceFolders: readonly string[],
  ) {}

  /** `key` names the source and the state that it is in: what was made for it once is used again. */
  async make(key: string, order: FlameOrder, open: () => Promise<FlameSource>): Promise<FlameView> {
    const known = this.views.get(key);
    if (known && this.hasFiles(known.view)) return known.view;
    const made = await this.write(await open(), order);
    this.views.set(key, made);
    for (const old of [...this.views.keys()].slice(0, -MOST_VIEWS)) this.views.delete(old);
    return made.view;
  }

  /** Where a function stands; null for one that no editor can open. */
  place(id: string, index: number): SourcePlace | null {
    return placeOf(this.find(id), index);
  }

  /** The functions that a user may want to see: the heaviest. */
  functions(id: string): readonly FlameFunction[] {
    return this.find(id).list;
  }

  /** The function that begins at a place of a file here; null when the view has none. */
  functionAt(id: string, { file, line, name }: FunctionAt): number | null {
    const { functions, find } = this.find(id);
    const isThere = (each: StackFunction): boolean =>
      each.line === line && (find(each.file) ?? each.file) === file;
    const found = functions.findIndex(each => isThere(each) && (name === undefined || each.name === name));
    const index = found >= 0 ? found : functions.findIndex(isThere);
    return index >= 0 ? index : null;
  }

  private find(id: string): MadeView {
    const view = [...this.views.values()].find(each => each.view.id === id);
    if (!view) throw new UserError('view-gone');
    return view;
  }

  private hasFiles({ tableFile, flameFile: file }: FlameView): boolean {
    return this.files.has(tableFile) && (file === undefined || this.files.has(file));
  }

  private async write(source: FlameSource, wanted: FlameOrder): Promise<MadeView> {
    const { profile: all, metric, metrics, find, timeOrder } = source;
    const { profile, leftOut } = burntStacks(all);
    const shorten = (file: string): string => workspacePath(find(file) ?? file, this.workspaceFolders);
    const drawn = flameFile(profile, shorten);
    const stacks = wanted === 'time' ? await timeOrder?.() : undefined;
    const text = stacks ? timeFile(stacks, all, shorten) : drawn.text;
    const tracks = (stacks?.tracks ?? drawn.tracks).map(({ name }) => plainText(name));
    const orders: FlameOrder[] = timeOrder ? ['weight', 'time'] : ['weight'];
    const notes = stacks ? timeNotes(stacks) : flameNotes(drawn.tracks, leftOut, all.unit);
    const table = functionTable(profile, shorten);
    const isEmpty = drawn.tracks.length === 0;
    const view: FlameView = {
      id: String(++this.made),
      ...{ name: all.name, metric, metrics },
      ...(isEmpty ? { empty: emptyFlame(leftOut, all.unit) } : { flameFile: await this.files.write(text) }),
      tableFile: await this.files.write(JSON.stringify(table)),
      total: formatWeight(table.total, all.unit),
      ...{ tracks, orders, order: stacks ? 'time' : 'weight', notes: isEmpty ? [] : notes },
    };
    const list = table.rows.slice(0, MOST_LISTED).map(({ index, name, place, total }) => ({
      ...{ index, name, place, share: formatShare(total / table.total) },
    }));
    return { view, list, functions: profile.functions, find };
  }
}

function placeOf({ functions, find }: MadeView, index: number): SourcePlace | null {
  const found = functions[index];
  if (!found || !isOpenable(found)) return null;
  const { file, line, column } = found;
  return { file: find(file) ?? file, line, ...(column > 0 ? { column } : {}) };
}

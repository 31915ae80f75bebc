/** The tree of rows as far as it was loaded and unfolded, and the lines that are seen of it. Pure. */
import { ROWS_AT_A_TIME } from '../../src/contracts/views/heap.ts';
import type { HeapGroup, HeapRow, HeapRows } from '../../src/contracts/heap-rows.ts';

interface Branch {
  readonly rows: readonly HeapRow[];
  /** Of all its rows; absent until the first have come. */
  readonly total?: number;
  /** Why no more of them could be had. */
  readonly problem?: string;
}

/** Both by path: `/c12/o345` is an object below a class, the empty one is the top. */
export interface Tree {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly unfolded: ReadonlySet<string>;
}

export type Line = RowLine | RestLine;

export interface RowLine {
  readonly kind: 'row';
  readonly path: string;
  /** 1-based, as `aria-level`. */
  readonly level: number;
  readonly row: HeapRow;
  readonly isUnfolded: boolean;
  /** Among its siblings, 1-based. */
  readonly position: number;
  readonly siblings: number;
}

/** Stands for the rows of a branch that were not loaded. */
export interface RestLine {
  readonly kind: 'rest';
  readonly path: string;
  /** Path of the branch. */
  readonly branch: string;
  readonly level: number;
  readonly loaded: number;
  readonly total?: number;
  readonly problem?: string;
}

export const EMPTY: Tree = { branches: new Map(), unfolded: new Set() };

/** Nobody reads more of one branch; they would take the memory. */
export const MOST_ROWS = 10_000;

export const pathOf = (branch: string, { kind, number }: HeapRow): string =>
  `${branch}/${kind === 'class' ? 'c' : 'o'}${number}`;

/** The branch that a path stands in. */
export const branchOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** What is asked for the rows of a branch. */
export function groupOf(top: HeapGroup, branch: string): HeapGroup {
  if (branch === '') return top;
  const last = branch.slice(branch.lastIndexOf('/') + 1);
  const number = Number(last.slice(1));
  if (last.startsWith('o')) return { kind: 'dominated', node: number };
  const isBySelf = top.kind === 'classes' && top.order === 'selfBytes';
  return { kind: 'class', class: number, order: isBySelf ? 'selfBytes' : 'retainedBytes' };
}

export function withRows(tree: Tree, branch: string, { rows, total }: HeapRows): Tree {
  const before = tree.branches.get(branch)?.rows ?? [];
  // A group that ends before it said so has no more.
  const all = [...before, ...rows];
  const branches = new Map(tree.branches).set(branch, {
    rows: all,
    total: rows.length === 0 ? all.length : total,
  });
  return { ...tree, branches };
}

export function withProblem(tree: Tree, branch: string, problem: string): Tree {
  const before = tree.branches.get(branch) ?? { rows: [] };
  return { ...tree, branches: new Map(tree.branches).set(branch, { ...before, problem }) };
}

export function folded(tree: Tree, path: string, isUnfolded: boolean): Tree {
  const unfolded = new Set(tree.unfolded);
  if (isUnfolded) unfolded.add(path);
  else unfolded.delete(path);
  return { ...tree, unfolded };
}

export const isLoaded = ({ branches }: Tree, branch: string): boolean => branches.has(branch);

/** The index of the next row to ask for; undefined where there is none, or none that is shown. */
export function nextRow({ branches }: Tree, branch: string): number | undefined {
  const { rows, total } = branches.get(branch) ?? { rows: [] };
  return rows.length >= Math.min(total ?? MOST_ROWS, MOST_ROWS) ? undefined : rows.length;
}

export function linesOf(tree: Tree): Line[] {
  const lines: Line[] = [];
  addLines(tree, '', 1, lines);
  return lines;
}

function addLines(tree: Tree, branch: string, level: number, lines: Line[]): void {
  const { rows, total, problem } = tree.branches.get(branch) ?? { rows: [] };
  for (const [index, row] of rows.entries()) {
    const path = pathOf(branch, row);
    const isUnfolded = row.hasBelow && tree.unfolded.has(path);
    const siblings = total ?? rows.length;
    lines.push({ kind: 'row', path, level, row, isUnfolded, position: index + 1, siblings });
    if (isUnfolded) addLines(tree, path, level + 1, lines);
  }
  if (total !== undefined && rows.length >= total) return;
  lines.push({
    ...{ kind: 'rest', path: `${branch}/rest`, branch, level, loaded: rows.length },
    ...(total === undefined ? {} : { total }),
    ...(problem === undefined ? {} : { problem }),
  });
}

/** `Show 100 more of 4,999,900`: how many come next. */
export const nextCount = ({ loaded, total = 0 }: RestLine): number =>
  Math.min(ROWS_AT_A_TIME, total - loaded, MOST_ROWS - loaded);

export type Act =
  | { readonly act: 'go'; readonly to: number }
  | { readonly act: 'fold'; readonly path: string; readonly isUnfolded: boolean }
  | { readonly act: 'more'; readonly branch: string }
  | { readonly act: 'open'; readonly row: HeapRow };

/** What a key does at a line; undefined for keys that mean nothing there. As the treegrid pattern of ARIA has it. */
export function actOf(lines: readonly Line[], at: number, key: string, page: number): Act | undefined {
  const moved = MOVES[key]?.(at, page, lines.length);
  if (moved !== undefined) return { act: 'go', to: Math.max(0, Math.min(lines.length - 1, moved)) };
  const line = lines[at];
  if (!line) return undefined;
  if (line.kind === 'rest') return restAct(lines, line, key);
  const { row, path, isUnfolded } = line;
  if (key === 'ArrowRight' && row.hasBelow)
    return isUnfolded ? { act: 'go', to: at + 1 } : { act: 'fold', path, isUnfolded: true };
  if (key === 'ArrowLeft')
    return isUnfolded ? { act: 'fold', path, isUnfolded: false } : parentAct(lines, path);
  if (key === ' ') return row.hasBelow ? { act: 'fold', path, isUnfolded: !isUnfolded } : undefined;
  if (key !== 'Enter') return undefined;
  if (row.place?.canOpen) return { act: 'open', row };
  return row.hasBelow ? { act: 'fold', path, isUnfolded: !isUnfolded } : undefined;
}

type Move = (at: number, page: number, length: number) => number;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: at => at + 1,
  ArrowUp: at => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, length) => length - 1,
};

function restAct(lines: readonly Line[], { path, branch }: RestLine, key: string): Act | undefined {
  if (key === 'Enter' || key === ' ') return { act: 'more', branch };
  return key === 'ArrowLeft' ? parentAct(lines, path) : undefined;
}

function parentAct(lines: readonly Line[], path: string): Act | undefined {
  const to = lines.findIndex(line => line.path === branchOf(path));
  return to < 0 ? undefined : { act: 'go', to };
}

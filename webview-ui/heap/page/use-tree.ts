import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { HeapGroup, HeapRows } from '../../../src/contracts/heap-rows.ts';
import type { Questions } from '../questions.ts';
import { EMPTY, folded, groupOf, isLoaded, nextRow, withProblem, withRows, type Tree } from '../tree.ts';

/** Orders and filters that one goes back to find their rows as they were. */
const MOST_TREES = 4;

export interface LoadedTree {
  readonly tree: Tree;
  /** Asks for the next rows of a branch, once at a time. */
  readonly load: (branch: string) => void;
  readonly fold: (path: string, isUnfolded: boolean) => void;
}

/** The rows below a group, as far as they were asked for. */
export function useTree(top: HeapGroup, questions: Questions): LoadedTree {
  const trees = useRef(new Map<string, Tree>()).current;
  const asked = useRef(new Set<string>()).current;
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const key = JSON.stringify(top);
  const now = (): Tree => trees.get(key) ?? EMPTY;

  const change = (next: Tree): void => {
    trees.delete(key);
    trees.set(key, next);
    for (const old of [...trees.keys()].slice(0, -MOST_TREES)) trees.delete(old);
    redraw(0);
  };

  const load = (branch: string): void => {
    const from = nextRow(now(), branch);
    const name = `${key} ${branch}`;
    if (from === undefined || asked.has(name)) return;
    asked.add(name);
    void take(branch, from, name);
  };

  const take = async (branch: string, from: number, name: string): Promise<void> => {
    const next = await ask(branch, from);
    asked.delete(name);
    change(next(now()));
  };

  const ask = async (branch: string, from: number): Promise<(tree: Tree) => Tree> => {
    try {
      const group = groupOf(top, branch);
      const rows = await questions.ask<HeapRows>({ type: 'rows', group, from });
      return tree => withRows(tree, branch, rows);
    } catch (error) {
      return tree => withProblem(tree, branch, (error as Error).message);
    }
  };

  const fold = (path: string, isUnfolded: boolean): void => {
    change(folded(now(), path, isUnfolded));
    if (isUnfolded && !isLoaded(now(), path)) load(path);
  };

  useEffect(() => {
    if (!isLoaded(now(), '')) load('');
  }, [key]);

  return { tree: now(), load, fold };
}

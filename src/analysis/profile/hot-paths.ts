import type { HotPath } from '../../contracts/document.ts';
import { ownerOf, type Owner } from './owner.ts';
import type { SampledThread } from './sampled-thread.ts';

/** Functions that stand in a path; `node:` and native ones are left out. */
const SHOWN: ReadonlySet<Owner> = new Set(['own', 'packages']);

type Paths = Map<string, { self: number; functions: HotPath['functions'] }>;

/**
 * The heaviest ways through the program: chains of calls from the outermost function to the one that burns the
 * time, heaviest first. Ways that differ only in Node's internals are one.
 */
export function hotPaths(threads: readonly SampledThread[], cpuMicroseconds: number, most = 10): HotPath[] {
  const paths: Paths = new Map();
  for (const thread of threads) addPaths(thread, paths);
  return [...paths.values()]
    .sort((a, b) => b.self - a.self)
    .slice(0, most)
    .map(({ self, functions }) => ({ selfMicroseconds: self, share: self / cpuMicroseconds, functions }));
}

/** Nodes lighter than this share of the thread are not looked at: they cannot come into a short list. */
const LIGHTEST_SHARE = 0.0005;

function addPaths(thread: SampledThread, paths: Paths): void {
  const { tree } = thread;
  const lightest = LIGHTEST_SHARE * tree.self.reduce((sum, self) => sum + self, 0);
  for (let node = 1; node < tree.nodeCount; node++) {
    const self = tree.self[node]!;
    if (self <= lightest || !SHOWN.has(ownerOf(tree.frames[tree.frame[node]!]!, thread.agent))) continue;
    const functions = pathTo(thread, node);
    const key = functions.map(({ file, line, name }) => `${file}:${line}:${name}`).join('>');
    const known = paths.get(key);
    if (known) known.self += self;
    else paths.set(key, { self, functions });
  }
}

function pathTo({ tree, place, agent }: SampledThread, node: number): HotPath['functions'] {
  const path: { name: string; file: string; line: number }[] = [];
  for (let at = node; at > 0; at = tree.parent[at]!) {
    const frame = tree.frames[tree.frame[at]!]!;
    if (!SHOWN.has(ownerOf(frame, agent))) continue;
    const { name, file, line } = place.functionAt(frame);
    path.push({ name, file, line });
  }
  return path.reverse();
}

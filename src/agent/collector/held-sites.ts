/**
 * A live heap profile of V8's by the function of the program that has allocated: of each stack the innermost one that is the
 * program's own; where none is, of a package; else of Node.
 */
import { pathToFileURL } from 'node:url';
import type { HeldFrame, HeldSite } from '../../contracts/held-records.ts';

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly scriptId: string;
  /** 0-based, -1 for none. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface ProfileNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly ProfileNode[];
}

/** `HeapProfiler.SamplingHeapProfile`. */
export interface HeldProfile {
  readonly head: ProfileNode;
  readonly samples: readonly { readonly nodeId: number; readonly ordinal: number }[];
}

export interface HeldSites {
  readonly frames: HeldFrame[];
  readonly sites: HeldSite[];
  readonly objects: number;
  /** The sampled object that came last has it. */
  readonly newest: number;
}

/** Of what a profile has the smaller ones are left out: together they are seldom a tenth. */
const MOST_SITES = 64;
const MOST_FRAMES = 12;

/** `agent`: path of our own code, which is left out. Objects with a higher ordinal than `newest` are fresh. */
export function heldSites(profile: HeldProfile, agent: string, newest: number): HeldSites {
  const counts = countsByNode(profile, newest);
  const found = new Map<string, Site>();
  const owners = new Owners(agent);
  let objects = 0;
  walk(profile.head, [], (node, callers) => {
    const count = counts.get(node.id);
    if (!count) return;
    const stack = owners.stackOf([node.callFrame, ...callers.toReversed()]);
    const [first] = stack;
    if (!first) return;
    objects += count.objects;
    const key = frameKey(first);
    const site = found.get(key) ?? new Site();
    found.set(key, site);
    site.add(stack, node.selfSize, count);
  });
  const largest = [...found.values()].sort((a, b) => b.bytes - a.bytes).slice(0, MOST_SITES);
  const table = new FrameTable();
  const sites = largest.map(site => site.told(table));
  const highest = profile.samples.reduce((most, { ordinal }) => Math.max(most, ordinal), newest);
  return { frames: table.frames, sites, objects, newest: highest };
}

interface Count {
  objects: number;
  fresh: number;
}

function countsByNode({ samples }: HeldProfile, newest: number): Map<number, Count> {
  const counts = new Map<number, Count>();
  for (const { nodeId, ordinal } of samples) {
    const count = counts.get(nodeId) ?? { objects: 0, fresh: 0 };
    counts.set(nodeId, count);
    count.objects += 1;
    if (ordinal > newest) count.fresh += 1;
  }
  return counts;
}

/** V8 has stacks of 128 functions at most: it may recurse. */
function walk(
  node: ProfileNode,
  callers: CallFrame[],
  visit: (node: ProfileNode, callers: readonly CallFrame[]) => void,
): void {
  visit(node, callers);
  callers.push(node.callFrame);
  for (const child of node.children) walk(child, callers, visit);
  callers.pop();
}

class Site {
  bytes = 0;
  private heaviest = 0;
  private stack: readonly CallFrame[] = [];
  private readonly count: Count = { objects: 0, fresh: 0 };

  add(stack: readonly CallFrame[], bytes: number, { objects, fresh }: Count): void {
    this.bytes += bytes;
    this.count.objects += objects;
    this.count.fresh += fresh;
    if (bytes < this.heaviest) return;
    this.heaviest = bytes;
    this.stack = stack;
  }

  told(table: FrameTable): HeldSite {
    const { bytes, stack, count } = this;
    return { stack: stack.slice(0, MOST_FRAMES).map(frame => table.indexOf(frame)), bytes, ...count };
  }
}

class FrameTable {
  readonly frames: HeldFrame[] = [];
  private readonly known = new Map<string, number>();

  indexOf(frame: CallFrame): number {
    const key = frameKey(frame);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { functionName, url, scriptId, lineNumber, columnNumber } = frame;
    this.known.set(key, this.frames.length);
    return this.frames.push([functionName, url, scriptId, lineNumber + 1, columnNumber + 1]) - 1;
  }
}

const frameKey = ({ functionName, scriptId, lineNumber, columnNumber }: CallFrame): string =>
  `${scriptId}:${lineNumber}:${columnNumber} ${functionName}`;

/** What of the agent stands between the program and its own work; see `isAgentWork` of analysis/cpu/owner.ts. */
const HOOKS: ReadonlySet<string> = new Set(['spawn', '_compile', 'apply', 'construct']);
const BUILT_IN = /^(?:$|node:|wasm:)/;
const PACKAGE = /[\\/]node_modules[\\/]/;

class Owners {
  private readonly agents: ReadonlySet<string>;

  constructor(agent: string) {
    this.agents = new Set([agent, pathToFileURL(agent).href]);
  }

  /** From the function on that is answerable; empty for what is Slowcatch's. */
  stackOf(stack: readonly CallFrame[]): readonly CallFrame[] {
    const isOurs = ({ url }: CallFrame): boolean => this.agents.has(url);
    const own = stack.findIndex(frame => this.isCode(frame) && !PACKAGE.test(frame.url));
    const ours = stack.findIndex(frame => isOurs(frame) && !HOOKS.has(frame.functionName));
    if (ours !== -1 && (own === -1 || ours < own)) return [];
    const of = own === -1 ? stack.findIndex(frame => this.isCode(frame)) : own;
    return stack.slice(Math.max(0, of)).filter(frame => !isOurs(frame) && !isRoot(frame));
  }

  private isCode({ url }: CallFrame): boolean {
    return !BUILT_IN.test(url) && !this.agents.has(url);
  }
}

const isRoot = ({ functionName, url }: CallFrame): boolean => url === '' && functionName === '(root)';

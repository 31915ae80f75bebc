/**
 * Hours of a watch recording in minutes: what it takes on disk grows by the minute (so many operations of each route are
 * kept in each), and what it takes of memory does not grow: a few minutes at 5,000 operations a second tell of an hour.
 *
 *   floor     the same program without a recording
 *   watched   in a watch recording
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atMost, median, type BenchDocument, type Gate, type Row } from './document.ts';
import { nodeVersions, type NodeVersion } from './node-versions.ts';
import { Child } from './overhead/child.ts';
import { plainEnvironment, Recording } from './overhead/recording.ts';

const VERSIONS = [20, 24] as const;
const LOOK_MILLISECONDS = 5000;
const MEGABYTE = 2 ** 20;
const LIMITS = { memoryMegabytes: 32, diskMegabytesAnHour: 200 } as const;

interface Look {
  readonly atMilliseconds: number;
  readonly count: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly disk: number;
}

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-agent-'));
  const agent = path.join(folder, 'agent.cjs');
  copyFileSync(path.join(root, 'dist', 'agent.cjs'), agent);
  const rows: Row[] = [];
  const gates: Gate[] = [];
  const milliseconds = quick ? 60_000 : 300_000;
  for (const version of await nodeVersions(root, quick ? VERSIONS.slice(1) : VERSIONS)) {
    const floor = await soak({ root, version, milliseconds: milliseconds / 3 });
    const watched = await soak({ root, version, milliseconds, agent });
    rows.push(rowOf('floor', version, floor), rowOf('watched', version, watched));
    gates.push(...gatesOf(version, watched));
  }
  rmSync(folder, { recursive: true });
  return { version: 1, name: 'soak', rows, gates };
}

interface Plan {
  readonly root: string;
  readonly version: NodeVersion;
  readonly milliseconds: number;
  /** Undefined: not recorded. */
  readonly agent?: string;
}

async function soak({ root, version, milliseconds, agent }: Plan): Promise<readonly Look[]> {
  const operations = { thresholdMilliseconds: 100, armOneIn: 10 };
  const recording =
    agent === undefined ? undefined : await Recording.open(agent, { operations, kind: 'watch' });
  const base = plainEnvironment();
  const child = new Child({
    script: path.join(root, 'test', 'bench', 'programs', 'soak', 'service.cjs'),
    node: version.node,
    environment: recording?.environment(base) ?? base,
  });
  await child.message();
  const begin = performance.now();
  const looks: Look[] = [];
  while (performance.now() - begin < milliseconds) {
    await new Promise(resolve => setTimeout(resolve, LOOK_MILLISECONDS));
    const memory = await child.ask<Omit<Look, 'atMilliseconds' | 'disk'>>({});
    const disk = recording ? bytesOf(recording.folder) : 0;
    looks.push({ ...memory, disk, atMilliseconds: performance.now() - begin });
  }
  await recording?.close();
  await child.close();
  return looks;
}

/** What is removed in the meantime counts nothing. */
function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return sum + (entry.isFile() ? (statSync(file, { throwIfNoEntry: false })?.size ?? 0) : 0);
  }, 0);
}

/** Of the looks of a stretch: a single one may be before or after a garbage collection. */
const thirdOf = (looks: readonly Look[], third: 1 | 2): readonly Look[] =>
  looks.slice(Math.floor((looks.length * third) / 3), Math.floor((looks.length * (third + 1)) / 3));
const middle = (looks: readonly Look[], of: (look: Look) => number): number => median(looks.map(of));
const growth = (looks: readonly Look[], of: (look: Look) => number): number =>
  (middle(thirdOf(looks, 2), of) - middle(thirdOf(looks, 1), of)) / MEGABYTE;

function diskAnHour(looks: readonly Look[]): number {
  const [from, to] = [looks[Math.floor(looks.length / 3)], looks.at(-1)];
  if (!from || !to) throw new Error('too short');
  return ((to.disk - from.disk) / MEGABYTE / (to.atMilliseconds - from.atMilliseconds)) * 3_600_000;
}

const rowOf = (row: string, { major }: NodeVersion, looks: readonly Look[]): Row => {
  const last = looks.at(-1);
  const seconds = (last?.atMilliseconds ?? 0) / 1000;
  return {
    row,
    node: String(major),
    operationsPerSecond: (last?.count ?? 0) / seconds,
    rssMegabytes: middle(thirdOf(looks, 2), ({ rss }) => rss) / MEGABYTE,
    rssGrowthMegabytes: growth(looks, ({ rss }) => rss),
    heapGrowthMegabytes: growth(looks, ({ heapUsed, external }) => heapUsed + external),
    diskMegabytes: (last?.disk ?? 0) / MEGABYTE,
  };
};

/** One run: its value stands for the interval. */
function gatesOf({ major }: NodeVersion, watched: readonly Look[]): Gate[] {
  const exactly = (value: number) => ({ value, low: value, high: value });
  return [
    atMost(
      `Node ${major}: memory grows by, in MB`,
      LIMITS.memoryMegabytes,
      exactly(growth(watched, ({ rss }) => rss)),
    ),
    atMost(`Node ${major}: disk of an hour, in MB`, LIMITS.diskMegabytesAnHour, exactly(diskAnHour(watched))),
  ];
}

export { describeDocument as describe } from './document.ts';

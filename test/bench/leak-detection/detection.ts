/** How soon, and how right: the service that leaks, and the cache that only warms up. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suspicionsOf, type PlacedSuspicion } from '../../../src/analysis/heap/held-thread.ts';
import { trackProgram } from '../../../src/backend/leaks/track-program.ts';
import { heldThread } from '../../../src/backend/recorded-held.ts';
import { readThreads } from '../../../src/backend/recorded-threads.ts';
import type { LeakVerdict } from '../../../src/contracts/leaks.ts';
import { milliseconds } from '../../../src/contracts/units.ts';
import { IdentityPlacement } from '../../../src/model/source/placement.ts';
import { freePort, leaksOf, lineOfLeak } from '../../process/leak-corpus.ts';
import { atMost, exactly, type Gate, type Row } from '../document.ts';
import { MAJORS, nodeVersions, type NodeVersion } from '../node-versions.ts';
import { plainEnvironment, Recording } from '../overhead/recording.ts';
import { loadOf, programsOf, serviceOf, startService } from './service.ts';

const LIMITS = { suspicionSeconds: 30, verdictSeconds: 180, costShare: 0.005 } as const;
const EPOCH_SECONDS = 20;
const EPOCHS = 3;
/** It would have to be suspected long before. */
const LONGEST_SECONDS = 90;

interface Part {
  readonly rows: Row[];
  readonly gates: Gate[];
}

export async function measureDetection(root: string, quick: boolean): Promise<Part> {
  const found: Part[] = [];
  for (const version of await nodeVersions(root, quick ? MAJORS.slice(-2, -1) : MAJORS)) {
    console.error(`Node ${version.major}: suspicion …`);
    found.push(await suspicion(root, version));
    console.error(`Node ${version.major}: verdict …`);
    found.push(await verdict(root, version), await bigCache(root, version));
  }
  return { rows: found.flatMap(({ rows }) => rows), gates: found.flatMap(({ gates }) => gates) };
}

async function suspicion(root: string, { major, node }: NodeVersion): Promise<Part> {
  const recording = await Recording.open(path.join(root, 'dist', 'agent.cjs'), { leaks: true });
  const environment = recording.environment(plainEnvironment());
  const begin = performance.now();
  const { child, port } = await startService({ root, node, environment, mode: 'leak' });
  const load = loadOf(root, port, LONGEST_SECONDS);
  const first = await firstSuspicion(recording.folder, begin);
  load.end();
  await load.ended;
  const cost = await costOf(recording.folder);
  await child.close();
  await recording.close();
  // The constructor, or who calls it where V8 has inlined it.
  const isRight = /^(?:Session|remember)$/.test(first?.found.stack[0]?.name ?? '');
  const { liveBytes = [], operations = 0, samples = 0 } = first?.found ?? {};
  const gained = (liveBytes.at(-1) ?? 0) - (liveBytes[0] ?? 0);
  const seconds = first?.seconds ?? Number.POSITIVE_INFINITY;
  return {
    rows: [
      {
        ...{ row: 'suspicion', node: major, seconds, samples, looks: cost.looks },
        ...{ costShare: cost.share, longestLookMilliseconds: cost.longestMilliseconds },
        ...{ bytesPerRequest: gained / operations, place: isRight ? 'right' : 'wrong' },
      },
    ],
    gates: [
      atMost(`Node ${major}: seconds until the suspicion`, LIMITS.suspicionSeconds, exactly(seconds)),
      atMost(`Node ${major}: suspicions of another function`, 0, exactly(isRight ? 0 : 1)),
      atMost(`Node ${major}: share of the time that looks take`, LIMITS.costShare, exactly(cost.share)),
    ],
  };
}

async function firstSuspicion(
  folder: string,
  begin: number,
): Promise<{ seconds: number; found: PlacedSuspicion } | undefined> {
  for (;;) {
    const seconds = (performance.now() - begin) / 1000;
    if (seconds > LONGEST_SECONDS) return undefined;
    for (const { runtime } of await readThreads(folder)) {
      const held = heldThread(runtime, new IdentityPlacement());
      const [found] = held ? suspicionsOf(held) : [];
      if (found) return { seconds, found };
    }
    await sleep(250);
  }
}

async function costOf(
  folder: string,
): Promise<{ looks: number; share: number; longestMilliseconds: number }> {
  const [thread] = await readThreads(folder);
  const looks = (thread?.runtime ?? []).filter(record => record.type === 'held');
  const costs = looks.map(({ costMicroseconds }) => costMicroseconds);
  const time = (looks.at(-1)?.atMicroseconds ?? Number.NaN) - (looks[0]?.fromMicroseconds ?? Number.NaN);
  return {
    looks: looks.length,
    share: costs.reduce((sum, cost) => sum + cost, 0) / time,
    longestMilliseconds: Math.max(...costs) / 1000,
  };
}

async function verdict(root: string, { major, node }: NodeVersion): Promise<Part> {
  const port = await freePort();
  const begin = performance.now();
  const load = loadOf(root, port, LIMITS.verdictSeconds);
  const service = serviceOf(root);
  const document = await trackProgram({
    ...{ command: [node, service, 'leak', String(port)], epochs: EPOCHS, cwd: root },
    epochMilliseconds: milliseconds(EPOCH_SECONDS * 1000),
    ...{
      environment: process.env,
      agent: path.join(root, 'dist', 'agent.cjs'),
      output: 'stderr',
      isForced: true,
    },
    onNote: () => undefined,
    onProblem: ({ message }) => console.error(message),
    signal: new AbortController().signal,
  });
  const seconds = (performance.now() - begin) / 1000;
  load.end();
  await load.ended;
  const leaks = document.verdicts.filter(each => each.verdict === 'leak');
  const isRight = leaks[0]?.file === service && leaks[0].line === lineOfLeak(service);
  return {
    rows: [
      {
        ...{ row: 'verdict', node: major, seconds, leaks: leaks.length, line: isRight ? 'right' : 'wrong' },
        allocatedAt: stackOf(leaks[0]),
        bytesPerRequest: leaks[0]?.perOperation?.bytes ?? Number.NaN,
      },
    ],
    gates: [
      atMost(
        `Node ${major}: seconds until the verdict`,
        LIMITS.verdictSeconds,
        exactly(isRight ? seconds : Number.NaN),
      ),
      atMost(`Node ${major}: other leaks in the verdict`, 0, exactly(leaks.length - 1)),
    ],
  };
}

const stackOf = (leak: LeakVerdict | undefined): string =>
  leak?.allocatedAt?.map(({ name }) => name).join(' ← ') ?? 'none';

async function bigCache(root: string, { major, node }: NodeVersion): Promise<Part> {
  const file = path.join(programsOf(root), 'big-cache.mjs');
  const leaks = await leaksOf(root, { name: 'big-cache', file }, node);
  return {
    rows: [{ row: 'big cache', node: major, leaks: leaks.length }],
    gates: [atMost(`Node ${major}: a warm-up called a leak`, 0, exactly(leaks.length))],
  };
}

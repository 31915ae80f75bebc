/** What tracking costs the service: CPU per request, fresh processes in turn, of each block the ratio to plain. */
import path from 'node:path';
import { atMost, medianWithInterval, type Gate, type Row } from '../document.ts';
import { nodeVersions, type NodeVersion } from '../node-versions.ts';
import { plainEnvironment, Recording, type RecordingOptions } from '../overhead/recording.ts';
import { loadOf, startService } from './service.ts';

const VERSION = 24;
const BLOCKS = 3;
const SECONDS = 20;
/** Looks may take 0.5 %; the rest is what V8's sampler does with each sampled object. */
const LIMIT = 1.02;

const KINDS: Readonly<Record<string, RecordingOptions | undefined>> = {
  plain: undefined,
  again: undefined,
  recorded: {},
  tracked: { leaks: true },
};

export async function measureOverhead(root: string): Promise<{ rows: Row[]; gates: Gate[] }> {
  const costs = new Map<string, number[]>();
  for (const version of await nodeVersions(root, [VERSION]))
    for (let block = 0; block < BLOCKS; block++)
      for (const [kind, options] of Object.entries(KINDS)) {
        console.error(`overhead: block ${block + 1}, ${kind} …`);
        const cost = await cpuPerRequest(root, version, options);
        costs.set(kind, [...(costs.get(kind) ?? []), cost]);
      }
  const ratio = (kind: string, to: string) =>
    medianWithInterval(costs.get(kind)!.map((cost, block) => cost / costs.get(to)![block]!));
  const row = (name: string, { value, low, high }: ReturnType<typeof ratio>): Row => ({
    ...{ row: `overhead: ${name}`, node: VERSION, ratio: value, low, high },
  });
  const tracked = ratio('tracked', 'recorded');
  return {
    rows: [
      row('plain / plain', ratio('again', 'plain')),
      row('recorded / plain', ratio('recorded', 'plain')),
      row('tracked / recorded', tracked),
    ],
    gates: [atMost(`Node ${VERSION}: CPU per request, tracked / recorded`, LIMIT, tracked)],
  };
}

/** Microseconds, of all threads of the process. */
async function cpuPerRequest(
  root: string,
  { node }: NodeVersion,
  options: RecordingOptions | undefined,
): Promise<number> {
  const recording = options && (await Recording.open(path.join(root, 'dist', 'agent.cjs'), options));
  const environment = recording?.environment(plainEnvironment()) ?? plainEnvironment();
  const { child, port } = await startService({ root, node, environment, mode: 'clean' });
  const load = loadOf(root, port, SECONDS);
  await load.ended;
  const { user, system, requests } = await child.ask<{ user: number; system: number; requests: number }>({});
  await child.close();
  await recording?.close();
  return (user + system) / requests;
}

/**
 * From a `.heapsnapshot` on disk to dominators, retained sizes and sums by class: ours against Chrome DevTools' own code,
 * memlab and @vscode/v8-heap-parser, each measurement in a fresh process, in turns. The floor is reading the bytes. DevTools
 * and memlab compute no sums by class here, ours does. Larger files are ours alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDevTools } from '../devtools/bundle.ts';
import {
  atMost,
  type BenchDocument,
  describeDocument,
  type Estimate,
  type Gate,
  median,
  medianWithInterval,
  type Row,
} from './document.ts';
import { bundle } from './fresh-process.ts';
import type { Measurement } from './heap/child.ts';
import { multiplySnapshot } from './heap/multiply.ts';

const MEGABYTE = 1e6;
const MOST_MILLISECONDS_BEHIND_LAST_CHUNK = 20;
const MOST_MICROSECONDS_PER_OBJECT = 0.4;
const MOST_GIGABYTES_OF_1_GB = 1.6;

/** Sessions that make so many megabytes, about. */
const SESSIONS = { small: 24_000, large: 125_000 };
const LIST = 156_000;

interface Peer {
  readonly name: string;
  /** Ours may take this share of its time on the processor, and of its memory. */
  readonly cpu?: number;
  readonly memory?: number;
}

const DEVTOOLS: Peer = { name: 'Chrome DevTools', cpu: 1 / 5, memory: 0.35 };
const MEMLAB: Peer = { name: 'memlab', cpu: 1 / 6 };
const HEAP_PARSER: Peer = { name: 'v8-heap-parser', cpu: 1 / 2.5, memory: 0.2 };

interface Result {
  readonly rows: readonly Row[];
  readonly gates: readonly Gate[];
}

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-heap-'));
  try {
    const bench = await Bench.prepare(root, folder);
    const rounds = quick ? 2 : 7;
    const small = bench.generate('41 MB', SESSIONS.small, 0);
    const large = bench.generate('200 MB', SESSIONS.large, 0);
    const results = [
      bench.compare('41 MB', small, quick ? 1 : 3, [DEVTOOLS, MEMLAB, HEAP_PARSER], false),
      bench.compare('200 MB', large, rounds, [DEVTOOLS, MEMLAB, HEAP_PARSER], true),
      ...(quick ? [] : bench.long(large)),
    ];
    return {
      version: 1,
      name: 'heap',
      rows: results.flatMap(({ rows }) => rows),
      gates: results.flatMap(({ gates }) => gates),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

class Bench {
  private constructor(
    readonly root: string,
    readonly folder: string,
    readonly child: string,
    readonly devtools: string,
  ) {}

  static async prepare(root: string, folder: string): Promise<Bench> {
    const packages = pathToFileURL(path.join(root, 'scripts/packages.mjs')).href;
    const { install } = (await import(packages)) as {
      install: (folder: string, flags: readonly string[]) => Promise<string>;
    };
    for (const packages of ['test/devtools', 'test/bench/heap-peers'])
      await install(packages, ['--ignore-scripts']);
    const child = await bundle(root, 'heap/child.ts', folder);
    return new Bench(root, folder, child, await bundleDevTools(root, folder));
  }

  generate(name: string, sessions: number, list: number): string {
    const file = path.join(this.folder, `${name}.heapsnapshot`);
    const script = path.join(this.root, 'test/bench/programs/heap/generate.cjs');
    const parameters = [script, file, String(sessions), String(list)];
    execFileSync(process.execPath, ['--max-old-space-size=8192', ...parameters]);
    return file;
  }

  /** Ours and the peers in turns; gates where `isJudged`. */
  compare(title: string, file: string, rounds: number, peers: readonly Peer[], isJudged: boolean): Result {
    const names = ['floor: read', 'slowcatch', ...peers.map(({ name }) => name)];
    const measured = new Map<string, Measurement[]>(names.map(name => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const name of names) measured.get(name)!.push(this.#measure(name, file));
    const ours = measured.get('slowcatch')!;
    const gates = peers.flatMap(peer => ratios(title, peer, ours, measured.get(peer.name)!));
    return {
      rows: names.map(name => rowOf(`${name}, ${title}`, file, measured.get(name)!)),
      gates: isJudged ? [...gates, ...ownGates(title, ours)] : [],
    };
  }

  /** What takes minutes: a long list, and files of 1 and 2 GB. */
  *long(large: string): Generator<Result> {
    const list = this.generate('200 MB with a list', SESSIONS.large, LIST);
    yield this.compare('200 MB with a list of 156,000', list, 3, [DEVTOOLS, MEMLAB], true);
    rmSync(list);
    for (const [title, copies] of [
      ['1 GB', 5],
      ['2 GB', 10],
    ] as const) {
      const file = path.join(this.folder, `${title}.heapsnapshot`);
      multiplySnapshot(large, file, copies);
      const measured = [this.#measure('slowcatch', file)];
      const gigabytes = measured[0]!.peakResidentBytes / 1e9;
      const limit = copies === 5 ? MOST_GIGABYTES_OF_1_GB : 2 * MOST_GIGABYTES_OF_1_GB;
      yield {
        rows: [rowOf(`slowcatch, ${title}`, file, measured)],
        gates: [
          atMost(`peak memory, GB (${title})`, limit, exactly(gigabytes)),
          ...ownGates(title, measured),
        ],
      };
      rmSync(file);
    }
  }

  #measure(name: string, file: string): Measurement {
    const peers = path.join(this.root, 'test/bench/heap-peers');
    const peer = path.join(this.root, 'test/bench/heap/peer.mjs');
    const large = '--max-old-space-size=12288';
    const command: Readonly<Record<string, readonly string[]>> = {
      'floor: read': [this.child, 'read', file],
      slowcatch: [this.child, 'analyse', file],
      'Chrome DevTools': [large, this.devtools, file],
      memlab: [large, peer, 'memlab', file],
      'v8-heap-parser': [large, peer, 'v8-heap-parser', file],
    };
    const output = execFileSync(process.execPath, command[name]!, {
      ...{ cwd: peers, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    });
    return JSON.parse(output.trim().split('\n').at(-1)!) as Measurement;
  }
}

const exactly = (value: number): Estimate => ({ value, low: value, high: value });

function ratios(
  title: string,
  peer: Peer,
  ours: readonly Measurement[],
  theirs: readonly Measurement[],
): Gate[] {
  const of = (key: 'cpuMilliseconds' | 'peakResidentBytes'): Estimate =>
    medianWithInterval(ours.map((each, round) => each[key] / theirs[round]![key]));
  const gate = (what: string, limit: number | undefined, estimate: Estimate): Gate[] =>
    limit === undefined ? [] : [atMost(`${what}, share of ${peer.name}'s (${title})`, limit, estimate)];
  return [
    ...gate('CPU time', peer.cpu, of('cpuMilliseconds')),
    ...gate('peak memory', peer.memory, of('peakResidentBytes')),
  ];
}

function ownGates(title: string, ours: readonly Measurement[]): Gate[] {
  const behind = ours.map(each => each.afterLastChunkMilliseconds!);
  const perObject = ours.map(each => (1000 * each.dominatorsMilliseconds!) / each.objects);
  return [
    atMost(
      `graph ready behind the last chunk, ms (${title})`,
      MOST_MILLISECONDS_BEHIND_LAST_CHUNK,
      medianWithInterval(behind),
    ),
    atMost(
      `dominators and retained sizes, µs of CPU per object (${title})`,
      MOST_MICROSECONDS_PER_OBJECT,
      medianWithInterval(perObject),
    ),
  ];
}

function rowOf(row: string, file: string, measured: readonly Measurement[]): Row {
  const middle = (of: (each: Measurement) => number): number => median(measured.map(of));
  return {
    row,
    milliseconds: middle(each => each.milliseconds),
    cpuMilliseconds: middle(each => each.cpuMilliseconds),
    peakMegabytes: middle(each => each.peakResidentBytes) / MEGABYTE,
    fileMegabytes: statSync(file).size / MEGABYTE,
    objects: measured[0]!.objects,
    retainedBytes: measured[0]!.retainedBytes,
    processes: measured.length,
  };
}

export const describe = describeDocument;

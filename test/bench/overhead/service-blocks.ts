/**
 * CPU per request of the service with and without the agent.
 *
 * A block has five fresh processes: two plain ones (the second one shows by what two equal programs differ), one with
 * nothing but V8's profiler at 1 ms (the floor), a recorded one, and one whose allocations are recorded too. They are loaded in turns, a slice of requests
 * each, in random order within a round, so that what disturbs the machine meets all of them alike:
 *
 *   round 1: recorded plain floor memory again │ round 2: floor plain again memory recorded │ …
 */
import path from 'node:path';
import type { OverheadRecord } from '../../../src/contracts/recording.ts';
import { withNodeOptions } from '../../../src/collect/launch/node-options.ts';
import { median, percentile, mulberry32 } from '../document.ts';
import { Child } from './child.ts';
import { plainEnvironment, Recording } from './recording.ts';

export interface BlockPlan {
  readonly node: string;
  readonly programs: string;
  /** Absolute path of the agent bundle. */
  readonly agent: string;
  readonly requestsPerSecond: number;
  readonly rounds: number;
  readonly seed: number;
}

const ROWS = ['plain', 'again', 'floor', 'recorded', 'memory'] as const;
type RowName = (typeof ROWS)[number];

export interface RowResult {
  readonly cpuMicrosecondsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
}

export interface Block {
  readonly rows: Readonly<Record<RowName, RowResult>>;
  readonly overhead: OverheadRecord;
}

interface Slice {
  readonly cpuMicroseconds: number;
  readonly seconds: number;
  readonly latenciesMicroseconds: readonly number[];
}

const REQUESTS_PER_SLICE = 50;
const WARM_UP_REQUESTS = 400;
const WARM_UP_REQUESTS_PER_SECOND = 600;
const CALIBRATION_REQUESTS = 600;
const CALIBRATION_REQUESTS_PER_SECOND = 200;

/** How busy the plain service is kept: share of one core. Of an idle loop each tick of the sampler wakes it in vain. */
export const LOADS = { 'half load': 0.5, 'near full load': 0.9 } as const;
export type LoadName = keyof typeof LOADS;

/** A running service and its address. */
class Service {
  private constructor(
    private readonly child: Child,
    readonly port: number,
    private readonly recording: Recording | undefined,
  ) {}

  static async start({ node, programs, agent }: BlockPlan, row: RowName): Promise<Service> {
    const isRecorded = row === 'recorded' || row === 'memory';
    const recording = isRecorded ? await Recording.open(agent, { allocations: row === 'memory' }) : undefined;
    const plain = plainEnvironment();
    const floor = withNodeOptions(plain, ['--require', path.join(programs, 'v8-alone.cjs')]);
    const environment = recording?.environment(plain) ?? (row === 'floor' ? floor : plain);
    const child = new Child({ script: path.join(programs, 'service.cjs'), node, environment });
    const { port } = await child.message<{ port: number }>();
    return new Service(child, port, recording);
  }

  async close(): Promise<OverheadRecord | undefined> {
    const overhead = await this.recording?.close();
    await this.child.close();
    return overhead;
  }
}

const startLoad = ({ programs }: BlockPlan): Child =>
  new Child({
    script: path.join(programs, 'load.cjs'),
    node: process.execPath,
    environment: plainEnvironment(),
  });

/** What a request costs the plain service, in µs of CPU. */
export async function calibrate(plan: BlockPlan): Promise<number> {
  const load = startLoad(plan);
  const service = await Service.start(plan, 'plain');
  await warmUp(load, service);
  const { cpuMicroseconds } = await load.ask<Slice>({
    port: service.port,
    requests: CALIBRATION_REQUESTS,
    requestsPerSecond: CALIBRATION_REQUESTS_PER_SECOND,
    seed: 0,
  });
  await service.close();
  await load.close();
  return cpuMicroseconds / CALIBRATION_REQUESTS;
}

/** The arrival rate that keeps a service busy that much. */
export const rateOf = (load: LoadName, cpuMicrosecondsPerRequest: number): number =>
  Math.round((LOADS[load] * 1e6) / cpuMicrosecondsPerRequest);

export async function runBlock(plan: BlockPlan): Promise<Block> {
  const load = startLoad(plan);
  const services = {
    plain: await Service.start(plan, 'plain'),
    again: await Service.start(plan, 'again'),
    floor: await Service.start(plan, 'floor'),
    recorded: await Service.start(plan, 'recorded'),
    memory: await Service.start(plan, 'memory'),
  };
  for (const name of ROWS) await warmUp(load, services[name]);
  const slices = await loadInTurns(plan, load, services);
  const overhead = await services.recorded.close();
  for (const name of ['plain', 'again', 'floor', 'memory'] as const) await services[name].close();
  await load.close();
  if (!overhead) throw new Error('the recorded service was not recorded');
  return { rows: byRow(name => summarize(slices[name])), overhead };
}

async function warmUp(load: Child, { port }: Service): Promise<void> {
  const requestsPerSecond = WARM_UP_REQUESTS_PER_SECOND;
  await load.ask({ port, requests: WARM_UP_REQUESTS, requestsPerSecond, seed: 0 });
}

async function loadInTurns(
  { requestsPerSecond, rounds, seed }: BlockPlan,
  load: Child,
  services: Readonly<Record<RowName, Service>>,
): Promise<Readonly<Record<RowName, readonly Slice[]>>> {
  const random = mulberry32(seed);
  const slices: Record<RowName, Slice[]> = byRow(() => []);
  for (let round = 1; round <= rounds; round++) {
    for (const name of shuffled(ROWS, random)) {
      const { port } = services[name];
      const order = { port, requests: REQUESTS_PER_SLICE, requestsPerSecond, seed: round };
      slices[name].push(await load.ask<Slice>(order));
    }
  }
  return slices;
}

function summarize(slices: readonly Slice[]): RowResult {
  const requests = slices.length * REQUESTS_PER_SLICE;
  const latencies = slices.flatMap(slice => slice.latenciesMicroseconds);
  const sum = (of: (slice: Slice) => number): number => slices.reduce((total, slice) => total + of(slice), 0);
  return {
    cpuMicrosecondsPerRequest: sum(slice => slice.cpuMicroseconds) / requests,
    requestsPerSecond: requests / sum(slice => slice.seconds),
    p50Microseconds: median(latencies),
    p99Microseconds: percentile(latencies, 0.99),
  };
}

const byRow = <T>(make: (name: RowName) => T): Record<RowName, T> => ({
  plain: make('plain'),
  again: make('again'),
  floor: make('floor'),
  recorded: make('recorded'),
  memory: make('memory'),
});

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = order[last];
    order[last] = order[other] as T;
    order[other] = moved as T;
  }
  return order;
}

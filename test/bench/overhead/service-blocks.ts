/**
 * CPU per request of the service with and without the agent.
 *
 * A block has fresh processes: two plain ones (the second one shows by what two equal programs differ) and those that are
 * compared: one with nothing but V8's profiler at 1 ms (the floor), a recorded one, and one whose allocations are recorded
 * too; or two that have only what following needs at least (a store for each request, then empty hooks too), one whose
 * operations are followed without sampling, one with everything, and other tools. They are loaded in
 * turns, a slice of requests each, in random order within a round, so that what disturbs the machine meets all of them
 * alike:
 *
 *   round 1: recorded plain floor memory again │ round 2: floor plain again memory recorded │ …
 *
 * A service runs for hours: before, all of them together get so many requests that V8 has optimised their code and ours,
 * and that the agent has taken the exact stacks it takes quickly at first (exact-stacks.ts: for 4 s of work). Up to some
 * 3,000 requests following operations took 1.13 to 1.21 of the plain CPU, after that 1.07 to 1.12 (a busy machine).
 */
import path from 'node:path';
import { DEFAULT_OPERATIONS } from '../../../src/contracts/operation-kinds.ts';
import type { OverheadRecord } from '../../../src/contracts/recording.ts';
import { withNodeOptions } from '../../../src/collect/launch/node-options.ts';
import { median, percentile, mulberry32 } from '../document.ts';
import { Child } from './child.ts';
import { plainEnvironment, Recording, type RecordingOptions } from './recording.ts';

export interface BlockPlan {
  readonly node: string;
  readonly programs: string;
  /** Absolute path of the agent bundle. */
  readonly agent: string;
  /** Absolute paths of the bundle of operations-alone.ts and of the package @datadog/pprof. */
  readonly operationsAlone: string;
  readonly datadog: string;
  readonly requestsPerSecond: number;
  readonly rounds: number;
  readonly seed: number;
}

const SAMPLING_ROWS = ['plain', 'again', 'floor', 'recorded', 'memory'] as const;
const OPERATION_ROWS = [
  'plain',
  'again',
  'store-alone',
  'hooks-alone',
  'operations',
  'everything',
  'every-hook',
  'debugger',
  'datadog',
] as const;
export type SamplingRow = (typeof SAMPLING_ROWS)[number];
export type OperationRow = (typeof OPERATION_ROWS)[number];
type RowName = SamplingRow | OperationRow;

const RECORDED: Partial<Record<RowName, RecordingOptions>> = {
  recorded: {},
  memory: { allocations: true },
  everything: { operations: DEFAULT_OPERATIONS },
};

export interface RowResult {
  readonly cpuMicrosecondsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
}

export interface Block {
  readonly rows: Readonly<Record<SamplingRow, RowResult>>;
  readonly overhead: OverheadRecord;
}

export interface OperationsBlock {
  readonly rows: Readonly<Record<OperationRow, RowResult>>;
  readonly overhead: OverheadRecord;
  /** That @datadog/pprof has taken of its service: it does work. */
  readonly datadogSamples: number;
}

interface Slice {
  readonly cpuMicroseconds: number;
  readonly seconds: number;
  readonly latenciesMicroseconds: readonly number[];
}

const REQUESTS_PER_SLICE = 50;
const WARM_UP_REQUESTS = 4000;
/** Of all services of a block together, on two processors. */
const WARM_UP_REQUESTS_PER_SECOND = 900;
const CALIBRATION_REQUESTS = 600;
const CALIBRATION_REQUESTS_PER_SECOND = 200;

/** How busy the plain service is kept: share of one core. Of an idle loop each tick of the sampler wakes it in vain. */
export const LOADS = { 'half load': 0.5, 'near full load': 0.9 } as const;
export type LoadName = keyof typeof LOADS;

/** By a service's profiler, at its end. */
interface Told {
  readonly overhead: OverheadRecord | undefined;
  readonly samples: number | undefined;
}

/** A running service and its address. */
class Service {
  private constructor(
    private readonly child: Child,
    readonly port: number,
    private readonly recording: Recording | undefined,
    private readonly isDatadog: boolean,
  ) {}

  static async start(plan: BlockPlan, row: RowName): Promise<Service> {
    const { node, programs, agent } = plan;
    const options = RECORDED[row];
    const recording = options ? await Recording.open(agent, options) : undefined;
    const plain = { ...plainEnvironment(), DATADOG_PPROF: plan.datadog };
    const preload = preloadOf(plan, row);
    const preloaded = preload ? withNodeOptions(plain, ['--require', preload]) : plain;
    const environment = recording?.environment(plain) ?? preloaded;
    const child = new Child({ script: path.join(programs, 'service.cjs'), node, environment });
    const { port } = await child.message<{ port: number }>();
    return new Service(child, port, recording, row === 'datadog');
  }

  async close(): Promise<Told> {
    const overhead = await this.recording?.close();
    const told = this.isDatadog ? await this.child.ask<{ samples: number }>({}) : undefined;
    await this.child.close();
    return { overhead, samples: told?.samples };
  }
}

function preloadOf({ programs, operationsAlone }: BlockPlan, row: RowName): string | undefined {
  if (row === 'operations') return operationsAlone;
  if (row === 'floor') return path.join(programs, 'v8-alone.cjs');
  return PRELOADED.has(row) ? path.join(programs, `${row}.cjs`) : undefined;
}

const PRELOADED: ReadonlySet<RowName> = new Set([
  ...(['store-alone', 'hooks-alone', 'every-hook', 'debugger', 'datadog'] as const),
]);

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
  await warmUp(plan, [service]);
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
  const { rows, told } = await runRows(plan, SAMPLING_ROWS);
  return { rows, overhead: overheadOf(told.get('recorded')) };
}

export async function runOperationsBlock(plan: BlockPlan): Promise<OperationsBlock> {
  const { rows, told } = await runRows(plan, OPERATION_ROWS);
  const datadogSamples = told.get('datadog')?.samples ?? 0;
  return { rows, overhead: overheadOf(told.get('everything')), datadogSamples };
}

function overheadOf(told: Told | undefined): OverheadRecord {
  if (!told?.overhead) throw new Error('the recorded service was not recorded');
  return told.overhead;
}

async function runRows<Name extends RowName>(
  plan: BlockPlan,
  names: readonly Name[],
): Promise<{ rows: Record<Name, RowResult>; told: Map<RowName, Told> }> {
  const load = startLoad(plan);
  const services = new Map<Name, Service>();
  for (const name of names) services.set(name, await Service.start(plan, name));
  await warmUp(plan, [...services.values()]);
  const slices = await loadInTurns(plan, load, services);
  const told = new Map<RowName, Told>();
  for (const [name, service] of services) told.set(name, await service.close());
  await load.close();
  const results = names.map(name => [name, summarize(slices.get(name) ?? [])]);
  return { rows: Object.fromEntries(results) as Record<Name, RowResult>, told };
}

async function warmUp(plan: BlockPlan, services: readonly Service[]): Promise<void> {
  const requestsPerSecond = WARM_UP_REQUESTS_PER_SECOND / Math.max(2, services.length);
  const warm = async ({ port }: Service): Promise<void> => {
    const load = startLoad(plan);
    await load.ask({ port, requests: WARM_UP_REQUESTS, requestsPerSecond, seed: 0 });
    await load.close();
  };
  await Promise.all(services.map(warm));
}

async function loadInTurns<Name extends RowName>(
  { requestsPerSecond, rounds, seed }: BlockPlan,
  load: Child,
  services: ReadonlyMap<Name, Service>,
): Promise<ReadonlyMap<Name, readonly Slice[]>> {
  const random = mulberry32(seed);
  const slices = new Map<Name, Slice[]>([...services.keys()].map(name => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, { port }] of shuffled([...services], random)) {
      const order = { port, requests: REQUESTS_PER_SLICE, requestsPerSecond, seed: round };
      slices.get(name)?.push(await load.ask<Slice>(order));
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

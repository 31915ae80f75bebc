/** What the measurements of one Node version come to: rows to read, gates to judge. */
import { atMost, median, medianWithInterval, type Gate, type Row } from '../document.ts';
import type { NodeVersion } from '../node-versions.ts';
import type { Block, LoadName, OperationRow, OperationsBlock, RowResult } from './service-blocks.ts';
import type { Compilation, SeenSwap } from './swaps.ts';

/** From 24 on V8 hands profiles over directly. */
const cpuLimit = (major: number): number => (major >= 24 ? 1.06 : 1.1);
const COMPILER_SHARE_LIMIT = 0.03;
const COMPILER_SWAP_LIMIT_MILLISECONDS = 80;
const SERVICE_SWAP_LIMIT_MILLISECONDS = 3;

export interface LoadedService {
  readonly load: LoadName;
  readonly requestsPerSecond: number;
  readonly blocks: Block[];
}

/** Everything measured on one version. */
export interface Measured {
  readonly version: NodeVersion;
  readonly services: readonly LoadedService[];
  /** Half load, operations followed. */
  readonly operations: OperationsBlock[];
  readonly compilations: Compilation[];
  readonly seen: SeenSwap[];
}

type FollowedRow = Exclude<OperationRow, 'plain' | 'again'>;
type ComparedRow = 'floor' | 'recorded' | 'memory';

const againstPlain = <Name extends string>(
  { rows }: { readonly rows: Readonly<Record<Name | 'plain' | 'again', RowResult>> },
  row: Name,
  of: (row: RowResult) => number,
): number => of(rows[row]) / ((of(rows.plain) + of(rows.again)) / 2);

/** Node before 24 tells of promises only by hooks that cost as much as all else. */
const operationsLimit = (major: number): number => (major >= 24 ? 1.015 : 1.2);
const everythingLimit = (major: number): number => (major >= 24 ? 1.07 : 1.2);

const OPERATION_ROWS: Readonly<Record<Exclude<OperationRow, 'plain'>, string>> = {
  again: 'plain ÷ plain',
  'store-alone': 'floor: a store for each request ÷ plain',
  'hooks-alone': 'floor: the same with hooks that do nothing ÷ plain',
  operations: 'operations without sampling ÷ plain',
  everything: 'operations and sampling ÷ plain',
  'every-hook': 'all of async_hooks ÷ plain',
  debugger: "VS Code's debugger ÷ plain",
  datadog: '@datadog/pprof with contexts ÷ plain',
};

function operationRows({ version, operations }: Measured): Row[] {
  return Object.entries(OPERATION_ROWS).map(([name, title]) => {
    const ratio = (of: (row: RowResult) => number): number[] =>
      operations.map(block =>
        name === 'again'
          ? of(block.rows.again) / of(block.rows.plain)
          : againstPlain(block, name as FollowedRow, of),
      );
    const { value, low, high } = medianWithInterval(ratio(cpu));
    return {
      row: `service at half load, ${title}`,
      node: version.major,
      blocks: operations.length,
      cpuRatio: value,
      cpuRatioLow: low,
      cpuRatioHigh: high,
      p50Ratio: median(ratio(({ p50Microseconds }) => p50Microseconds)),
      ...(name === 'everything' ? ownShares(operations) : {}),
      ...(name === 'datadog' ? { samples: median(operations.map(block => block.datadogSamples)) } : {}),
    };
  });
}

/** What the agent itself tells of its hooks and V8's sampler. */
function ownShares(operations: readonly OperationsBlock[]): Row {
  const share = (of: (overhead: OperationsBlock['overhead']) => number): number =>
    median(operations.map(({ overhead }) => of(overhead) / overhead.processMicroseconds));
  return {
    toldHooksShare: share(({ hooksMicroseconds = 0 }) => hooksMicroseconds),
    toldSamplerShare: share(({ samplerMicroseconds }) => samplerMicroseconds ?? 0),
  };
}

function operationGates({ version, operations }: Measured): Gate[] {
  const gate = (row: FollowedRow, title: string, limit: number): Gate =>
    atMost(
      `Node ${version.major}: CPU per request, ${title} ÷ plain`,
      limit,
      medianWithInterval(operations.map(block => againstPlain(block, row, cpu))),
    );
  return [
    gate('operations', 'operations without sampling', operationsLimit(version.major)),
    gate('everything', 'operations and sampling', everythingLimit(version.major)),
  ];
}

const cpu = (row: RowResult): number => row.cpuMicrosecondsPerRequest;

export function gatesOf(measured: Measured): Gate[] {
  const { version, services, compilations, seen } = measured;
  const node = `Node ${version.major}`;
  return [
    ...services.map(({ load, blocks }) =>
      atMost(
        `${node}: CPU per request at ${load}, recorded ÷ plain`,
        cpuLimit(version.major),
        medianWithInterval(blocks.map(block => againstPlain(block, 'recorded', cpu))),
      ),
    ),
    ...operationGates(measured),
    atMost(
      `${node}: compiler, share of time in swaps`,
      COMPILER_SHARE_LIMIT,
      medianWithInterval(compilations.map(swapShare)),
    ),
    atMost(
      `${node}: compiler, longest swap of a run (ms)`,
      COMPILER_SWAP_LIMIT_MILLISECONDS,
      medianWithInterval(compilations.map(({ overhead }) => overhead.longestSwapMicroseconds / 1000)),
    ),
    atMost(
      `${node}: service, longest swap of a run (ms)`,
      SERVICE_SWAP_LIMIT_MILLISECONDS,
      medianWithInterval(
        services.flatMap(({ blocks }) =>
          blocks.map(({ overhead }) => overhead.longestSwapMicroseconds / 1000),
        ),
      ),
    ),
    atMost(
      `${node}: service, swap as a heartbeat sees it (ms)`,
      SERVICE_SWAP_LIMIT_MILLISECONDS,
      medianWithInterval(seen.map(({ seenMicroseconds }) => seenMicroseconds / 1000)),
    ),
  ];
}

const swapShare = ({ seconds, overhead }: Compilation): number => overhead.swapMicroseconds / 1e6 / seconds;

export function rowsOf(measured: Measured): Row[] {
  const { version, services } = measured;
  return [
    ...services.flatMap(service => serviceRows(version, service)),
    ...operationRows(measured),
    compilerRow(measured),
    heartbeatRow(measured),
  ];
}

function serviceRows(version: NodeVersion, { load, requestsPerSecond, blocks }: LoadedService): Row[] {
  const base = { node: version.major, blocks: blocks.length, offeredRequestsPerSecond: requestsPerSecond };
  const middle = (of: (block: Block) => number): number => median(blocks.map(of));
  const ratio = (name: string, of: (block: Block) => number): Row => {
    const { value, low, high } = medianWithInterval(blocks.map(of));
    return { [name]: value, [`${name}Low`]: low, [`${name}High`]: high };
  };
  const compared = (row: ComparedRow): Row => ({
    cpuMicrosecondsPerRequest: middle(({ rows }) => rows[row].cpuMicrosecondsPerRequest),
    ...ratio('cpuRatio', block => againstPlain(block, row, cpu)),
    throughputRatio: middle(block => againstPlain(block, row, ({ requestsPerSecond }) => requestsPerSecond)),
    p50Ratio: middle(block => againstPlain(block, row, ({ p50Microseconds }) => p50Microseconds)),
    p99Ratio: middle(block => againstPlain(block, row, ({ p99Microseconds }) => p99Microseconds)),
  });
  return [
    {
      row: `service at ${load}, plain ÷ plain`,
      ...base,
      cpuMicrosecondsPerRequest: middle(({ rows }) => rows.plain.cpuMicrosecondsPerRequest),
      ...ratio('cpuRatio', ({ rows }) => cpu(rows.again) / cpu(rows.plain)),
    },
    { row: `service at ${load}, V8's profiler alone ÷ plain`, ...base, ...compared('floor') },
    { row: `service at ${load}, recorded ÷ plain`, ...base, ...compared('recorded') },
    {
      row: `service at ${load}, recorded ÷ V8's profiler alone`,
      ...base,
      ...ratio('cpuRatio', ({ rows }) => cpu(rows.recorded) / cpu(rows.floor)),
    },
    { row: `service at ${load}, recorded with allocations ÷ plain`, ...base, ...compared('memory') },
    {
      row: `service at ${load}, recorded with allocations ÷ recorded`,
      ...base,
      ...ratio('cpuRatio', ({ rows }) => cpu(rows.memory) / cpu(rows.recorded)),
    },
  ];
}

function compilerRow({ version, compilations }: Measured): Row {
  const overheads = compilations.map(({ overhead }) => overhead);
  return {
    row: 'TypeScript compiler, recorded',
    node: version.major,
    runs: compilations.length,
    seconds: median(compilations.map(({ seconds }) => seconds)),
    swaps: median(overheads.map(({ swaps }) => swaps)),
    swapShare: median(compilations.map(swapShare)),
    longestSwapMilliseconds: median(overheads.map(overhead => overhead.longestSwapMicroseconds / 1000)),
    stallMilliseconds: median(overheads.map(overhead => overhead.stallMicroseconds / 1000)),
  };
}

function heartbeatRow({ version, seen }: Measured): Row {
  const told = seen.map(({ toldMicroseconds }) => toldMicroseconds);
  const found = seen.map(({ seenMicroseconds }) => seenMicroseconds);
  return {
    row: 'heartbeat, swaps of the service',
    node: version.major,
    swaps: seen.length,
    toldMedianMilliseconds: median(told) / 1000,
    seenMedianMilliseconds: median(found) / 1000,
    toldLongestMilliseconds: Math.max(...told) / 1000,
    seenLongestMilliseconds: Math.max(...found) / 1000,
  };
}

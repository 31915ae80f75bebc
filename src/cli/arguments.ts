/** What the user typed, checked. Throws `usage`. */
import { parseArgs } from 'node:util';
import { EXPORT_FORMATS, type ExportFormatId } from '../contracts/export-formats.ts';
import type { WatchSetting } from '../contracts/watched.ts';
import type { OperationsConfiguration } from '../contracts/operation-kinds.ts';
import { microseconds, milliseconds, type Microseconds, type Milliseconds } from '../contracts/units.ts';
import { METRICS, type Metric, type TimeRange } from '../contracts/profile-source.ts';
import { UserError } from '../contracts/user-error.ts';
import { LEAKS_OPTIONS, leaksArguments, type LeaksArguments } from './leaks-arguments.ts';
import { parseRange, parseTime } from './times.ts';
import { parseThresholds } from './thresholds.ts';
import { parseWatched } from './watched-functions.ts';

export interface CaptureArguments {
  readonly intervalMicroseconds: Microseconds;
  readonly allocations?: boolean;
  readonly durationMilliseconds?: Milliseconds;
  readonly load?: string;
  readonly out?: string;
  /** Absent: operations are not followed. */
  readonly operations?: OperationsConfiguration;
  readonly isWatch: boolean;
  /** Functions whose calls are operations; files as they were typed. */
  readonly watched: readonly WatchSetting[];
}

export interface ReportArguments {
  readonly json: boolean;
  /** Files to write. */
  readonly exports: readonly { readonly format: ExportFormatId; readonly file: string }[];
  /** Folder that written paths are relative to, '' for the program's own; absolute paths are written without it. */
  readonly relativePaths?: string;
  /** What exported profiles are of. */
  readonly metric?: Metric;
  readonly failOnFindings: boolean;
}

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | {
      readonly name: 'run';
      readonly launch?: string;
      readonly command: readonly string[];
      readonly capture: CaptureArguments;
      readonly report: ReportArguments;
    }
  | {
      readonly name: 'attach';
      readonly target: string;
      readonly capture: CaptureArguments;
      readonly report: ReportArguments;
    }
  | ({ readonly name: 'leaks' } & LeaksArguments)
  | {
      readonly name: 'lint';
      /** Files and folders. */
      readonly paths: readonly string[];
      readonly json: boolean;
      readonly fix: boolean;
    }
  | {
      readonly name: 'analyze';
      readonly inputs: readonly string[];
      /** Only of one input. */
      readonly range?: TimeRange;
      readonly report: ReportArguments;
    };

const CAPTURE_OPTIONS = {
  interval: { type: 'string' },
  duration: { type: 'string' },
  load: { type: 'string' },
  out: { type: 'string' },
  allocations: { type: 'boolean' },
  threshold: { type: 'string', multiple: true },
  'watch-function': { type: 'string', multiple: true },
  watch: { type: 'boolean' },
  'no-operations': { type: 'boolean' },
} as const;

const EXPORT_OPTIONS = Object.fromEntries(
  EXPORT_FORMATS.map(({ option }) => [option, { type: 'string' }] as const),
);

const REPORT_OPTIONS = {
  json: { type: 'boolean' },
  ...EXPORT_OPTIONS,
  metric: { type: 'string' },
  'relative-paths': { type: 'string' },
  'fail-on': { type: 'string' },
} as const;

const RANGE_OPTIONS = { from: { type: 'string' }, to: { type: 'string' } } as const;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  launch: { type: 'string' },
  ...CAPTURE_OPTIONS,
  ...RANGE_OPTIONS,
  ...REPORT_OPTIONS,
  ...LEAKS_OPTIONS,
  fix: { type: 'boolean' },
} as const;

export const HELP = `Slowcatch ─ names the lines that make a Node.js program slow.

  slowcatch run     [options] -- node app.js …       profile a program from its start
  slowcatch run     [options] --launch NAME          profile a configuration of .vscode/launch.json
  slowcatch attach  [options] <pid | host:port | ws://…>   profile a running program
  slowcatch analyze [options] <recording | file.cpuprofile …>   report on what was recorded
  slowcatch analyze [--json] <file.heapsnapshot>   what holds the memory of a heap snapshot
  slowcatch leaks   [options] -- node app.js …       what grows in a program's memory, and what holds it
  slowcatch leaks   [options] <a.heapsnapshot b.heapsnapshot c.heapsnapshot …>   the same of snapshots, oldest first
  slowcatch lint    [--json] [--fix] [files and folders]   pools, caches, queries and timers that go wrong, from the source

Capture (run, attach); it ends with the program, by Ctrl-C, or as said here:
  --duration 30s       end after that time (ms, s, m, h); a program that was started is ended too
  --load "CMD"         run CMD in a shell beside the program, and end with it
  --interval 1ms       time between samples, 50us to 100ms
  --threshold 100ms    keep requests, jobs and watched calls that take longer, with their waits and lines;
                       again for one route: --threshold "GET /report=2s"
  --watch-function src/orders.ts:Orders.list=50ms
                       keep calls of that function too, without a change to the code; may be given again
  --watch              for hours: keep only what slow operations need
  --no-operations      follow no operations, only sample
  --allocations        record where memory is allocated and held as well
  --out DIR            folder of the recording, new or empty; else below your state folder, for 30 days

A part of a recording (analyze); times since its start:
  --from 2s --to 5s    only what ran between; without one of them from the start, or to the end

Leaks (leaks); the program's heap is written between epochs of the same work, which pauses it:
  --load "CMD"         an epoch is one run of CMD; it runs once before the first, to warm up
  --epoch 10s          without --load: an epoch is that long
  --epochs 3           3 to 20; fewer than 3 tell nothing for sure
  --out DIR            keep the snapshots there; else they are removed
  --redact             in these: a hash in the place of each string that is no name of code
  --force              also where a snapshot may not fit into the memory of the machine or the container

Source (lint); tests, scripts, migrations and built files are left out unless they are named:
  --fix                change the files where the change is known; look at it before you keep it

Report (all commands):
  --json               one JSON document on the standard output
${EXPORT_FORMATS.map(({ option, detail }) => `  ${`--${option} FILE`.padEnd(20)} ${detail[0]?.toLowerCase()}${detail.slice(1)}`).join('\n')}
  --metric live        these files are of cpu (as usual), allocated or live; needs --allocations
  --relative-paths[=DIR]   in these files: paths relative to DIR or the program's folder, nothing else of the machine
  --fail-on findings   exit with 1 when something is found

Exit status: of the program for run; of leaks 1 when there is a leak, of lint 1 from warnings on; else 0; 2: wrong usage, 3: could not run.
`;

const FIELDS = {
  run: ['launch', ...Object.keys(CAPTURE_OPTIONS), ...Object.keys(REPORT_OPTIONS)],
  attach: [...Object.keys(CAPTURE_OPTIONS), ...Object.keys(REPORT_OPTIONS)],
  analyze: [...Object.keys(RANGE_OPTIONS), ...Object.keys(REPORT_OPTIONS)],
  leaks: [...Object.keys(LEAKS_OPTIONS), 'load', 'out', 'json'],
  lint: ['fix', 'json'],
} as const;

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export function parseCommand(argv: readonly string[]): Command {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const program = end === -1 ? [] : argv.slice(end + 1);
  const { values, positionals } = parse(own);
  const [name, ...rest] = positionals;
  if (values.help || name === 'help' || (name === undefined && !values.version)) return { name: 'help' };
  if (values.version) return { name: 'version' };
  if (name !== 'run' && name !== 'attach' && name !== 'analyze' && name !== 'leaks' && name !== 'lint')
    throw new UserError('usage', { detail: `There is no command "${name}".` });
  checkFields(name, values);
  if (name === 'leaks') return { name, ...leaksArguments(values, rest, program) };
  if (name === 'run') return runCommand(values, [...rest, ...program], end !== -1);
  if (program.length > 0) throw new UserError('usage', { detail: `"${name}" takes nothing after "--".` });
  if (name === 'lint')
    return {
      name,
      paths: rest.length > 0 ? rest : ['.'],
      json: values.json === true,
      fix: values['fix'] === true,
    };
  if (name === 'attach') return attachCommand(values, rest);
  return analyzeCommand(values, rest);
}

function parse(own: readonly string[]): { values: Values; positionals: string[] } {
  try {
    // The value of this option may be left out, and would be the next word then.
    const args = own.map(word => (word === '--relative-paths' ? `${word}=` : word));
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const [detail = ''] = (error as Error).message.split(/\.?\n|\. |\.$/);
    throw new UserError('usage', { detail: `${detail}.` }, error);
  }
}

function checkFields(name: keyof typeof FIELDS, values: Values): void {
  const wrong = Object.keys(values).find(key => !(FIELDS[name] as readonly string[]).includes(key));
  if (wrong) throw new UserError('usage', { detail: `"${name}" has no option --${wrong}.` });
}

function runCommand(values: Values, command: readonly string[], separated: boolean): Command {
  const launch = text(values.launch);
  if (launch !== undefined && command.length > 0)
    throw new UserError('usage', { detail: 'Give either --launch NAME or a command, not both.' });
  if (launch === undefined && command.length === 0)
    throw new UserError('usage', { detail: 'run needs a command after "--", or --launch NAME.' });
  if (launch === undefined && !separated)
    throw new UserError('usage', {
      detail: `Put "--" before the command: slowcatch run -- ${command.join(' ')}.`,
    });
  return {
    name: 'run',
    ...(launch === undefined ? {} : { launch }),
    command,
    capture: captureArguments(values),
    report: reportArguments(values),
  };
}

function attachCommand(values: Values, rest: readonly string[]): Command {
  const [target] = rest;
  if (target === undefined || rest.length > 1)
    throw new UserError('usage', { detail: 'attach needs one process id, host:port or ws:// address.' });
  return { name: 'attach', target, capture: captureArguments(values), report: reportArguments(values) };
}

function analyzeCommand(values: Values, inputs: readonly string[]): Command {
  if (inputs.length === 0)
    throw new UserError('usage', { detail: 'analyze needs a recording or a profile.' });
  const range = parseRange(text(values['from']), text(values['to']));
  if (range && inputs.length > 1)
    throw new UserError('usage', { detail: '--from and --to are of one recording, not of several.' });
  return { name: 'analyze', inputs, ...(range ? { range } : {}), report: reportArguments(values) };
}

const SHORTEST_INTERVAL = 50;
const LONGEST_INTERVAL = 100_000;

function captureArguments(values: Values): CaptureArguments {
  const interval = text(values.interval);
  const duration = text(values.duration);
  const load = text(values.load);
  const out = text(values.out);
  const intervalMicroseconds = interval === undefined ? 1000 : parseTime('--interval', interval);
  if (intervalMicroseconds < SHORTEST_INTERVAL || intervalMicroseconds > LONGEST_INTERVAL)
    throw new UserError('usage', { detail: '--interval must be between 50us and 100ms.' });
  return {
    intervalMicroseconds: microseconds(Math.round(intervalMicroseconds)),
    ...(values.allocations === true ? { allocations: true } : {}),
    ...(duration === undefined
      ? {}
      : { durationMilliseconds: milliseconds(parseTime('--duration', duration) / 1000) }),
    ...(load === undefined ? {} : { load }),
    ...(out === undefined ? {} : { out }),
    ...operationArguments(values),
  };
}

function operationArguments(values: Values): Pick<CaptureArguments, 'operations' | 'isWatch' | 'watched'> {
  const isWatch = values['watch'] === true;
  const thresholds = list(values['threshold']);
  const functions = list(values['watch-function']);
  if (values['no-operations'] !== true) {
    const operations = parseThresholds(thresholds);
    return { operations, isWatch, watched: parseWatched(functions, operations.thresholdMilliseconds) };
  }
  const useless = [
    ...(isWatch ? ['--watch'] : []),
    ...(thresholds.length > 0 ? ['--threshold'] : []),
    ...(functions.length > 0 ? ['--watch-function'] : []),
  ][0];
  if (useless)
    throw new UserError('usage', { detail: `${useless} needs operations: leave out --no-operations.` });
  return { isWatch, watched: [] };
}

const list = (value: Values[string]): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : [];

function reportArguments(values: Values): ReportArguments {
  const relativePaths = text(values['relative-paths']);
  const failOn = text(values['fail-on']);
  if (failOn !== undefined && failOn !== 'findings')
    throw new UserError('usage', { detail: '--fail-on knows only "findings".' });
  const metric = text(values['metric']);
  if (metric !== undefined && !isMetric(metric))
    throw new UserError('usage', { detail: `--metric is one of ${METRICS.join(', ')}.` });
  return {
    json: values.json === true,
    failOnFindings: failOn !== undefined,
    exports: EXPORT_FORMATS.flatMap(({ id, option }) => {
      const file = text(values[option]);
      return file === undefined ? [] : [{ format: id, file }];
    }),
    ...(metric === undefined ? {} : { metric }),
    ...(relativePaths === undefined ? {} : { relativePaths }),
  };
}

const isMetric = (value: string): value is Metric => (METRICS as readonly string[]).includes(value);

const text = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined);

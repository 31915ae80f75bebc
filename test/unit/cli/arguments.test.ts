import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../src/cli/arguments.ts';
import { parse, refusal } from './parsed-line.ts';

describe('slowcatch run', () => {
  test('takes the program behind "--", its own options untouched', () => {
    expect(parse('run --duration 8s --json -- node --json app.js --duration 3')).toEqual({
      name: 'run',
      command: ['node', '--json', 'app.js', '--duration', '3'],
      capture: {
        intervalMicroseconds: 1000,
        durationMilliseconds: 8000,
        operations: { thresholdMilliseconds: 100, armOneIn: 10 },
        isWatch: false,
        watched: [],
      },
      report: { json: true, exports: [], failOnFindings: false },
    });
  });

  test('records allocations when asked', () => {
    expect(parse('run --allocations -- node a')).toMatchObject({ capture: { allocations: true } });
    expect(parse('attach --allocations 123')).toMatchObject({ capture: { allocations: true } });
    expect(refusal('analyze --allocations x')).toBe('"analyze" has no option --allocations.');
  });

  test('exports by metric', () => {
    expect(parse('analyze --metric live --pprof x r')).toMatchObject({ report: { metric: 'live' } });
    expect(refusal('analyze --metric heap r')).toBe('--metric is one of cpu, allocated, live.');
  });

  test('takes a launch configuration by name', () => {
    expect(parseCommand(['run', '--launch', 'my shop', '--out', 'x'])).toMatchObject({
      launch: 'my shop',
      capture: { out: 'x' },
    });
  });

  test.each([
    ['100us', 100],
    ['0.5ms', 500],
    ['10ms', 10_000],
  ])('reads --interval %s', (text, expected) => {
    expect(parse(`run --interval ${text} -- node a`)).toMatchObject({
      capture: { intervalMicroseconds: expected },
    });
  });

  test.each([
    ['run', 'run needs a command after "--", or --launch NAME.'],
    ['run node app.js', 'Put "--" before the command: slowcatch run -- node app.js.'],
    ['run --launch a -- node b', 'Give either --launch NAME or a command, not both.'],
    ['run --duration 30 -- node a', '--duration 30 is not a time such as 30s or 500ms.'],
    ['run --duration -3s -- node a', /duration/],
    ['run --duration 0s -- node a', '--duration 0s is not a time such as 30s or 500ms.'],
    ['run --interval 1us -- node a', '--interval must be between 50us and 100ms.'],
    ['run --nonsense -- node a', "Unknown option '--nonsense'."],
    ['run --fail-on everything -- node a', '--fail-on knows only "findings".'],
  ])('refuses "%s"', (line, message) => {
    expect(refusal(line)).toMatch(message);
  });
});

describe('operations', () => {
  const captureOf = (...words: string[]) => {
    const command = parseCommand(['run', ...words, '--', 'node', 'a']);
    return command.name === 'run' ? command.capture : undefined;
  };

  test('are kept from a threshold on, which may differ by route', () => {
    expect(captureOf('--threshold', '1.5s')?.operations).toMatchObject({ thresholdMilliseconds: 1500 });
    expect(
      captureOf('--threshold', 'GET /report=2s', '--threshold', '50ms', '--threshold', 'sum = 5ms')
        ?.operations,
    ).toMatchObject({
      thresholdMilliseconds: 50,
      thresholds: [
        { name: 'GET /report', thresholdMilliseconds: 2000 },
        { name: 'sum', thresholdMilliseconds: 5 },
      ],
    });
  });

  test('may be the only thing that is kept, or not be followed', () => {
    expect(captureOf('--watch')).toMatchObject({ isWatch: true });
    expect(captureOf('--no-operations')).not.toHaveProperty('operations');
    expect(parse('attach --watch --threshold 1s 4711')).toMatchObject({
      capture: { isWatch: true, operations: { thresholdMilliseconds: 1000 } },
    });
  });

  test.each([
    ['run --threshold 100 -- node a', '--threshold 100 is not a time such as 30s or 500ms.'],
    ['run --threshold 0ms -- node a', '--threshold 0ms is not a time such as 30s or 500ms.'],
    ['run --threshold 10us -- node a', '--threshold must be between 1ms and 1h.'],
    ['run --threshold 2h -- node a', '--threshold must be between 1ms and 1h.'],
    ['run --threshold GET=fast -- node a', '--threshold fast is not a time such as 30s or 500ms.'],
    ['run --threshold =1s -- node a', '--threshold "=1s" names no route before "=".'],
    ['run --threshold= -- node a', /--threshold {2}is not a time/],
    ['run --watch --no-operations -- node a', '--watch needs operations: leave out --no-operations.'],
    ['run --threshold 1s --no-operations -- node a', /--threshold needs operations/],
    ['analyze --threshold 1s x', '"analyze" has no option --threshold.'],
  ])('refuses "%s"', (line, message) => {
    expect(refusal(line)).toMatch(message);
  });
});

describe('exports', () => {
  test('every format has its option, and a file behind it', () => {
    expect(parse('analyze a --folded a.txt --speedscope b.json --md c.md')).toMatchObject({
      report: {
        exports: [
          { format: 'speedscope', file: 'b.json' },
          { format: 'folded', file: 'a.txt' },
          { format: 'markdown', file: 'c.md' },
        ],
      },
    });
    expect(refusal('analyze a --md')).toMatch(/--md/);
  });

  test('weigh time, or bytes when those are asked for', () => {
    expect(parse('analyze a --metric live')).toMatchObject({ report: { metric: 'live' } });
    expect(parse('analyze a')).not.toHaveProperty('report.metric');
    expect(refusal('analyze a --metric ram')).toMatch(/--metric is one of cpu, allocated, live/);
  });

  test('paths are made relative to the program’s folder, or to one that is named', () => {
    expect(parse('analyze --relative-paths a')).toMatchObject({
      inputs: ['a'],
      report: { relativePaths: '' },
    });
    expect(parse('analyze a --relative-paths=src')).toMatchObject({ report: { relativePaths: 'src' } });
    expect(parse('analyze a')).not.toHaveProperty('report.relativePaths');
  });
});

describe('the other commands', () => {
  test('attach takes one target', () => {
    expect(parse('attach 4711 --duration 2s')).toMatchObject({ name: 'attach', target: '4711' });
    expect(refusal('attach')).toBe('attach needs one process id, host:port or ws:// address.');
    expect(refusal('attach 1 2')).toBe('attach needs one process id, host:port or ws:// address.');
  });

  test('analyze takes recordings and profiles, and no capture options', () => {
    expect(parse('analyze a.cpuprofile b')).toMatchObject({ inputs: ['a.cpuprofile', 'b'] });
    expect(refusal('analyze')).toBe('analyze needs a recording or a profile.');
    expect(refusal('analyze a --duration 3s')).toBe('"analyze" has no option --duration.');
  });

  test('analyze takes a part of one recording', () => {
    const rangeOf = (line: string): unknown => (parse(line) as { range?: unknown }).range;
    expect(rangeOf('analyze a --from 2s --to 2500ms')).toEqual({
      startMicroseconds: 2e6,
      endMicroseconds: 2.5e6,
    });
    expect(rangeOf('analyze a --from 0s --to 1m')).toEqual({ startMicroseconds: 0, endMicroseconds: 6e7 });
    expect(rangeOf('analyze a --from 2s')).toEqual({ startMicroseconds: 2e6, endMicroseconds: Infinity });
    expect(rangeOf('analyze a')).toBeUndefined();
    expect(refusal('analyze a --from 5s --to 5s')).toBe('--from must be before --to: 5s is not before 5s.');
    expect(refusal('analyze a --to 0s')).toBe('--from must be before --to: 0s is not before 0s.');
    expect(refusal('analyze a --from 5')).toBe('--from 5 is not a time such as 30s or 500ms.');
    expect(refusal('analyze a b --from 5s')).toBe('--from and --to are of one recording, not of several.');
    expect(refusal('run --from 1s -- node a.js')).toBe('"run" has no option --from.');
  });

  test('help and version come before all else', () => {
    expect(parse('')).toEqual({ name: 'help' });
    expect(parse('run --help')).toEqual({ name: 'help' });
    expect(parse('--version')).toEqual({ name: 'version' });
  });

  test('an unknown command is named', () => {
    expect(refusal('profile x')).toBe('There is no command "profile".');
  });
});

test('lint takes files and folders, this one unless told', () => {
  expect(parse('lint')).toEqual({ name: 'lint', paths: ['.'], json: false, fix: false });
  expect(parse('lint src a.ts --json --fix')).toEqual({
    name: 'lint',
    paths: ['src', 'a.ts'],
    json: true,
    fix: true,
  });
  expect(refusal('lint --load x')).toBe('"lint" has no option --load.');
});

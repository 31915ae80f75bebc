/** Rows and gates of what windows have measured of themselves. */
import {
  atMost,
  type Estimate,
  type Gate,
  median,
  medianWithInterval,
  percentile,
  type Row,
} from '../document.ts';
import { KEYSTROKES } from './keystrokes.ts';
import type { Keystroke, Stop, WindowMeasurements } from './measurements.ts';

/** What users are promised: milliseconds, bytes, counts. */
export const LIMITS = {
  activation: 50,
  bundleBytes: 100_000,
  unaskedServers: 0,
  idleServerBytes: 120e6,
  block: 50,
  keystroke: 1,
} as const;

/** A recording that windows opened. */
export interface RecordingSize {
  readonly size: string;
  readonly samples: number;
  readonly segments: number;
  /** Hints in the file that is open. */
  readonly hints: number;
  /** Milliseconds from the stop of such a recording until they are visible. */
  readonly limit: number;
}

export interface EditorResults {
  readonly bundleBytes: number;
  readonly recordings: readonly RecordingSize[];
  readonly windows: readonly WindowMeasurements[];
}

export function editorRows({ bundleBytes, recordings, windows }: EditorResults): Row[] {
  const summary = (row: string, values: readonly number[]): Row => ({
    ...{ row, milliseconds: median(values), p95: percentile(values, 0.95) },
    ...{ longest: Math.max(...values), measurements: values.length },
  });
  const bytes = (row: string, values: readonly number[]): Row => ({ row, megabytes: median(values) / 1e6 });
  return [
    summary(
      'activation: load the bundle',
      windows.map(({ activation }) => activation.load),
    ),
    summary(
      'activation: activate()',
      windows.map(({ activation }) => activation.call + activation.finish),
    ),
    bytes('entry bundle', [bundleBytes]),
    bytes(
      'server, view opened',
      windows.map(({ idleServerBytes }) => idleServerBytes),
    ),
    bytes(
      'server, recordings opened',
      windows.map(({ usedServerBytes }) => usedServerBytes),
    ),
    ...recordings.flatMap(({ size, samples, segments, hints }) => {
      const openings = windows.flatMap(window => window.openings.filter(each => each.size === size));
      const warm = openings.filter(({ isFirst }) => !isFirst);
      const first = openings.filter(({ isFirst }) => isFirst);
      return [
        { row: `recording, ${size}`, samples, segments, hints },
        summary(
          `${size}: command to visible`,
          warm.map(({ visible }) => visible),
        ),
        summary(
          `${size}: command to done`,
          warm.map(({ done }) => done),
        ),
        ...(first.length > 0
          ? [
              summary(
                `${size}: command to visible, first of a server`,
                first.map(({ visible }) => visible),
              ),
            ]
          : []),
        summary(
          `${size}: longest block of the extension host`,
          openings.map(({ block }) => block),
        ),
      ];
    }),
    ...recordings.flatMap(({ size }) => [
      summary(
        `${size}, real launch: stop to visible`,
        stopsOf(windows, size).map(({ visible }) => visible),
      ),
      summary(
        `${size}, real launch: longest block`,
        stopsOf(windows, size).map(({ block }) => block),
      ),
    ]),
    summary(
      'activation: longest block',
      windows.map(({ activation }) => activation.block),
    ),
    summary(
      'first view, with the start of the server: longest block',
      windows.map(w => w.viewBlock),
    ),
    summary(
      'floor: longest block of an idle second',
      windows.flatMap(({ idleBlocks }) => idleBlocks),
    ),
    ...KINDS.map(kind => summary(`keystroke: ${KEYSTROKES[kind].name}`, strokes(windows, kind))),
  ].filter(row => row['measurements'] !== 0);
}

export function editorGates({ bundleBytes, recordings, windows }: EditorResults): Gate[] {
  const blocks = windows.map(({ openings, stops, viewBlock }) =>
    Math.max(viewBlock, ...[...openings, ...stops].map(({ block }) => block)),
  );
  return [
    atMost(
      'milliseconds to load and activate',
      LIMITS.activation,
      medianWithInterval(windows.map(({ activation: { load, call, finish } }) => load + call + finish)),
    ),
    atMost('bytes of the entry bundle', LIMITS.bundleBytes, exactly(bundleBytes)),
    atMost(
      'servers that nothing asked for',
      LIMITS.unaskedServers,
      exactly(Math.max(...windows.map(({ unaskedServers }) => unaskedServers))),
    ),
    atMost(
      'bytes of the idle server',
      LIMITS.idleServerBytes,
      medianWithInterval(windows.map(({ idleServerBytes }) => idleServerBytes)),
    ),
    ...recordings.map(({ size, limit }) =>
      atMost(
        `milliseconds from stop to visible hints, ${size}`,
        limit,
        medianWithInterval(stopsOf(windows, size).map(({ visible }) => visible)),
      ),
    ),
    atMost('longest block of the extension host, per window', LIMITS.block, medianWithInterval(blocks)),
    ...KINDS.map(kind =>
      atMost(
        `milliseconds per keystroke: ${KEYSTROKES[kind].name}`,
        LIMITS.keystroke,
        medianWithInterval(strokes(windows, kind)),
      ),
    ),
  ];
}

const KINDS = Object.keys(KEYSTROKES) as readonly Keystroke[];

const stopsOf = (windows: readonly WindowMeasurements[], size: string): Stop[] =>
  windows.flatMap(({ stops }) => stops.filter(stop => stop.size === size));

const strokes = (windows: readonly WindowMeasurements[], kind: Keystroke): number[] =>
  windows.flatMap(({ keystrokes }) => keystrokes[kind]);

const exactly = (value: number): Estimate => ({ value, low: value, high: value });

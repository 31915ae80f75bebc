/** Writes pprof's protocol buffer: https://github.com/google/pprof/blob/main/proto/profile.proto */
import { PairTable } from '../cpu/pair-table.ts';
import { TextNumbers } from '../cpu/text-numbers.ts';
import type { StackProfile, StackTrack } from '../stacks/stack-profile.ts';
import { depthFirst } from './depth-first.ts';
import { lineRows, WholeNumbers } from './line-shares.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** What is weighed, by pprof's names: its readers know them. */
export type PprofValue = 'cpu' | 'alloc_space' | 'inuse_space';

/** Field numbers of `Profile`, and below of its parts. */
const PROFILE = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  string: 6,
  duration: 10,
  periodType: 11,
  period: 12,
  defaultType: 14,
} as const;
const SAMPLE = { location: 1, value: 2, label: 3 } as const;
const LABEL = { key: 1, text: 2 } as const;
const MAPPING = { id: 1, file: 5, hasFunctions: 7, hasFiles: 8, hasLines: 9 } as const;
const LOCATION = { id: 1, mapping: 2, line: 4 } as const;
const LINE = { function: 1, line: 2 } as const;
const FUNCTION = { id: 1, name: 2, systemName: 3, file: 4, line: 5 } as const;

const CHUNK_BYTES = 1 << 16;
const NANOSECONDS_PER_MICROSECOND = 1000;

/**
 * The bytes in pieces, not packed. Samples of one line of a node's function have a location of their own; a caller's
 * stands at the function's head, since where it called is not known. The label `thread` names the track.
 */
export function* writePprof(profile: StackProfile, value: PprofValue): Generator<Uint8Array> {
  yield* new PprofEncoder(profile, value).chunks();
}

class PprofEncoder {
  readonly #profile: StackProfile;
  readonly #value: PprofValue;
  readonly #strings = new TextNumbers();
  /** (function, line): each is a location, its id one more than its index. */
  readonly #locations = new PairTable();
  readonly #out = new ProtobufWriter();
  readonly #message = new ProtobufWriter();
  readonly #part = new ProtobufWriter();
  readonly #scale: number;

  constructor(profile: StackProfile, value: PprofValue) {
    this.#profile = profile;
    this.#value = value;
    this.#scale = profile.unit === 'microseconds' ? NANOSECONDS_PER_MICROSECOND : 1;
    this.#strings.numberOf('');
  }

  *chunks(): Generator<Uint8Array> {
    this.#head();
    for (const track of this.#profile.tracks) yield* this.#samples(track);
    this.#mapping();
    yield* this.#places();
    yield* this.#functions();
    // Last: everything before has named its texts.
    for (const text of this.#strings.texts) {
      this.#out.text(PROFILE.string, text);
      yield* this.#full();
    }
    yield this.#out.take();
  }

  #head(): void {
    const unit = this.#profile.unit === 'microseconds' ? 'nanoseconds' : 'bytes';
    this.#valueType(PROFILE.sampleType, 'samples', 'count');
    this.#valueType(PROFILE.sampleType, this.#value, unit);
    this.#valueType(PROFILE.periodType, this.#value, unit);
    this.#out.number(PROFILE.defaultType, this.#strings.numberOf(this.#value));
    const [weight, samples] = totals(this.#profile.tracks);
    if (unit === 'nanoseconds') this.#out.number(PROFILE.duration, Math.round(weight * this.#scale));
    this.#out.number(PROFILE.period, samples > 0 ? Math.round((weight * this.#scale) / samples) : 0);
  }

  #valueType(field: number, type: string, unit: string): void {
    this.#message.number(1, this.#strings.numberOf(type));
    this.#message.number(2, this.#strings.numberOf(unit));
    this.#out.message(field, this.#message);
  }

  *#samples(track: StackTrack): Generator<Uint8Array> {
    const { self, samples, lineNumber, lineSelf } = track;
    const { node, depth } = depthFirst(track);
    const rows = lineRows(track);
    const label = this.#label(track.name);
    const stack: number[] = [];
    const [weights, counts] = [new WholeNumbers(), new WholeNumbers()];
    for (const [place, each] of node.entries()) {
      const fn = track.function[each]!;
      stack.length = depth[place]! - 1;
      const callers = stack.toReversed();
      const emit = (line: number, weight: number): void => {
        const values = [counts.of((samples[each]! * weight) / self[each]!), weights.of(weight * this.#scale)];
        if (values[0] !== 0 || values[1] !== 0)
          this.#sample([this.#location(fn, line), ...callers], values, label);
      };
      let rest = self[each]!;
      for (let row = rows[each]!; row < rows[each + 1]!; row++) {
        emit(lineNumber[row]!, lineSelf[row]!);
        rest -= lineSelf[row]!;
      }
      const { line } = this.#profile.functions[fn]!;
      // What sums of fractions leave over is nothing.
      if (rest > 1e-6 * self[each]!) emit(line, rest);
      stack.push(this.#location(fn, line));
      yield* this.#full();
    }
  }

  #sample(locations: readonly number[], values: readonly number[], label: Uint8Array): void {
    this.#message.packed(SAMPLE.location, locations, this.#part);
    this.#message.packed(SAMPLE.value, values, this.#part);
    this.#message.bytes(SAMPLE.label, label);
    this.#out.message(PROFILE.sample, this.#message);
  }

  #label(track: string): Uint8Array {
    this.#part.number(LABEL.key, this.#strings.numberOf('thread'));
    this.#part.number(LABEL.text, this.#strings.numberOf(track));
    return this.#part.take();
  }

  #location(fn: number, line: number): number {
    return this.#locations.intern(fn, line) + 1;
  }

  /** pprof asks for the program's file where there is none. */
  #mapping(): void {
    this.#message.number(MAPPING.id, 1);
    this.#message.number(MAPPING.file, this.#strings.numberOf(this.#profile.name));
    for (const flag of [MAPPING.hasFunctions, MAPPING.hasFiles, MAPPING.hasLines])
      this.#message.number(flag, 1);
    this.#out.message(PROFILE.mapping, this.#message);
  }

  *#places(): Generator<Uint8Array> {
    const [functions, lines] = [this.#locations.first(), this.#locations.second()];
    for (const [index, fn] of functions.entries()) {
      this.#message.number(LOCATION.id, index + 1);
      this.#message.number(LOCATION.mapping, 1);
      this.#part.number(LINE.function, fn + 1);
      this.#part.number(LINE.line, lines[index]!);
      this.#message.message(LOCATION.line, this.#part);
      this.#out.message(PROFILE.location, this.#message);
      yield* this.#full();
    }
  }

  *#functions(): Generator<Uint8Array> {
    for (const [index, { name, file, line }] of this.#profile.functions.entries()) {
      this.#message.number(FUNCTION.id, index + 1);
      this.#message.number(FUNCTION.name, this.#strings.numberOf(name));
      this.#message.number(FUNCTION.systemName, this.#strings.numberOf(name));
      this.#message.number(FUNCTION.file, this.#strings.numberOf(file));
      this.#message.number(FUNCTION.line, line);
      this.#out.message(PROFILE.function, this.#message);
      yield* this.#full();
    }
  }

  *#full(): Generator<Uint8Array> {
    if (this.#out.length >= CHUNK_BYTES) yield this.#out.take();
  }
}

function totals(tracks: readonly StackTrack[]): [weight: number, samples: number] {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return [
    tracks.reduce((total, { self }) => total + sum(self), 0),
    tracks.reduce((total, { samples }) => total + sum(samples), 0),
  ];
}

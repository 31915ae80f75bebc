/** Reads pprof's protocol buffers: https://github.com/google/pprof/blob/main/proto/profile.proto */
import { UserError } from '../../../contracts/user-error.ts';
import type { ForeignProblem, ForeignProfile } from '../foreign-profile.ts';
import { TreeBuilder } from '../tree-builder.ts';
import { FieldStream } from './field-stream.ts';
import { PprofPlaces } from './places.ts';
import type { ProtobufMessage } from './protobuf-message.ts';
import { type Id, type PprofTables, PprofTablesReader } from './tables.ts';
import { chooseValue, type ValueChoice } from './value-choice.ts';

const SAMPLE_FIELD = 2;
/** Labels that name a thread, the best name first: ours, Datadog's, those of others. */
const THREAD_LABELS = ['thread', 'thread name', 'thread_name', 'thread id', 'thread_id', 'tid'];
/** A label that is no thread's after all may have any number of values: those behind share a track. */
const MOST_TRACKS = 500;

/** The profile that `bytes` hold, which are not packed. Throws what the readers throw. */
export function readPprof(bytes: Uint8Array, wanted?: readonly string[]): ForeignProfile {
  const tables = new PprofTablesReader();
  tables.push(bytes);
  const samples = new PprofReader(tables.finish(), wanted);
  samples.push(bytes);
  return samples.finish();
}

/**
 * Second pass over a file: its samples. In memory is one tree per thread, however many samples there are. `wanted`
 * are names of values (`inuse_space`), the best first. Throws `profile-not-readable`, `profile-without-samples`,
 * `profile-too-big`.
 */
export class PprofReader {
  readonly #tables: PprofTables;
  readonly #choice: ValueChoice;
  readonly #places: PprofPlaces;
  readonly #tracks = new Map<string, TreeBuilder>();
  readonly #problems = new Set<ForeignProblem>();
  readonly #stream: FieldStream;
  #hasSamples = false;

  constructor(tables: PprofTables, wanted?: readonly string[]) {
    this.#tables = tables;
    const choice = chooseValue(tables, wanted);
    if (!choice || tables.strings.length === 0)
      throw new UserError('profile-not-readable', {
        reason: tables.isTruncated ? 'it is a pprof file that ends before its names' : 'it names no values',
      });
    this.#choice = choice;
    this.#places = new PprofPlaces(tables);
    if (tables.isTruncated) this.#problems.add('truncated');
    if (tables.isDamaged) this.#problems.add('damaged messages');
    if (choice.isGuess) this.#problems.add('weights without a unit: shares are right, times are not');
    this.#stream = new FieldStream({
      wanted: new Set([SAMPLE_FIELD]),
      read: message => this.#readSample(message.message()),
      onDamage: () => this.#problems.add('damaged messages'),
    });
  }

  push(chunk: Uint8Array): void {
    this.#stream.push(chunk);
  }

  finish(): ForeignProfile {
    if (!this.#hasSamples)
      throw new UserError('profile-without-samples', { reason: `none has a value of ${this.#choice.name}` });
    const { frames } = this.#places;
    return {
      unit: this.#choice.unit,
      valueName: this.#choice.name,
      tracks: [...this.#tracks].map(([name, builder]) => ({
        name,
        tree: builder.tree(frames, frame => frame),
      })),
      problems: [...this.#problems],
    };
  }

  #readSample(message: ProtobufMessage): void {
    const locations: Id[] = [];
    const values: number[] = [];
    let track = '';
    let rank = THREAD_LABELS.length;
    while (message.next()) {
      if (message.field === 1) message.numbers(each => locations.push(each.id()));
      else if (message.field === 2) message.numbers(each => values.push(each.value()));
      else if (message.field === 3) {
        const label = this.#readLabel(message.message());
        if (label.rank < rank) ({ rank, text: track } = label);
      } else message.skip();
    }
    this.#add(locations, values, track);
  }

  #readLabel(message: ProtobufMessage): { rank: number; text: string } {
    const { strings } = this.#tables;
    let [key, text] = ['', ''];
    while (message.next()) {
      if (message.field === 1) key = strings[message.value()] ?? '';
      else if (message.field === 2) text = strings[message.value()] ?? '';
      else if (message.field === 3) text ||= `thread ${message.value()}`;
      else message.skip();
    }
    const rank = THREAD_LABELS.indexOf(key);
    return { rank: rank < 0 ? THREAD_LABELS.length : rank, text };
  }

  /** `locations` are innermost first. */
  #add(locations: readonly Id[], values: readonly number[], track: string): void {
    const { index, countIndex, scale } = this.#choice;
    const weight = (values[index] ?? 0) * scale;
    if (weight < 0) this.#problems.add('negative weights');
    if (!(weight > 0)) return;
    this.#hasSamples = true;
    const builder = this.#trackOf(track);
    let node = 0;
    let line = 0;
    for (let at = locations.length - 1; at >= 0; at--) {
      const place = this.#places.placeOf(locations[at]!);
      if (!place) {
        this.#problems.add('unknown frames');
        line = 0;
        continue;
      }
      for (const frame of place.frames) node = builder.child(node, frame);
      line = place.line;
    }
    builder.add(node, weight, Math.max(0, values[countIndex] ?? 0));
    if (node > 0 && line > 0) builder.addLine(node, line, weight);
  }

  #trackOf(name: string): TreeBuilder {
    const key = this.#tracks.size < MOST_TRACKS || this.#tracks.has(name) ? name : 'other threads';
    const known = this.#tracks.get(key);
    if (known) return known;
    const builder = new TreeBuilder();
    this.#tracks.set(key, builder);
    return builder;
  }
}

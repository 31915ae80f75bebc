/** What a pprof file holds beside its samples: https://github.com/google/pprof/blob/main/proto/profile.proto */
import { UserError } from '../../../contracts/user-error.ts';
import { FieldStream } from './field-stream.ts';
import type { ProtobufMessage } from './protobuf-message.ts';

/** Any 64 bits. */
export type Id = number | bigint;

/** Indices of texts. */
export interface ValueType {
  readonly type: number;
  readonly unit: number;
}

export interface PprofFunction {
  readonly name: number;
  readonly systemName: number;
  readonly file: number;
  /** 0 where it is not known. */
  readonly line: number;
}

export interface PprofLocation {
  readonly mapping: Id;
  readonly address: Id;
  /** The innermost first: the others are what it was inlined into. */
  readonly lines: readonly { readonly function: Id; readonly line: number }[];
}

/** What is damaged, and what the file names a second time, is left out. */
export interface PprofTables {
  readonly valueTypes: readonly ValueType[];
  /** Index of a text, 0 for none. */
  readonly defaultType: number;
  readonly periodType: ValueType | undefined;
  readonly period: number;
  readonly strings: readonly string[];
  readonly functions: ReadonlyMap<Id, PprofFunction>;
  readonly locations: ReadonlyMap<Id, PprofLocation>;
  /** Index of the file's name by mapping. */
  readonly mappings: ReadonlyMap<Id, number>;
  readonly isTruncated: boolean;
  readonly isDamaged: boolean;
}

/** Field numbers of `Profile`. */
const FIELD = {
  sampleType: 1,
  mapping: 3,
  location: 4,
  function: 5,
  string: 6,
  periodType: 11,
  period: 12,
  defaultType: 14,
} as const;

/** So many entries of one table take a few hundred megabytes. Real programs have a hundredth of them. */
const MOST_ENTRIES = 1 << 22;
const MOST_TEXT_BYTES = 1 << 28;

/** First of two passes over a file: names may stand behind the samples. `push` throws `profile-not-readable`, `profile-too-big`. */
export class PprofTablesReader {
  readonly #valueTypes: ValueType[] = [];
  readonly #strings: string[] = [];
  readonly #functions = new Map<Id, PprofFunction>();
  readonly #locations = new Map<Id, PprofLocation>();
  readonly #mappings = new Map<Id, number>();
  readonly #decoder = new TextDecoder();
  #textBytes = 0;
  #defaultType = 0;
  #periodType: ValueType | undefined;
  #period = 0;
  #isDamaged = false;
  readonly #stream = new FieldStream({
    wanted: new Set(Object.values(FIELD)),
    read: message => this.#read(message),
    onDamage: () => (this.#isDamaged = true),
  });

  push(chunk: Uint8Array): void {
    this.#stream.push(chunk);
  }

  finish(): PprofTables {
    return {
      valueTypes: this.#valueTypes,
      defaultType: this.#defaultType,
      periodType: this.#periodType,
      period: this.#period,
      strings: this.#strings,
      functions: this.#functions,
      locations: this.#locations,
      mappings: this.#mappings,
      isTruncated: !this.#stream.isComplete,
      isDamaged: this.#isDamaged,
    };
  }

  #read(message: ProtobufMessage): void {
    switch (message.field) {
      case FIELD.sampleType:
        return this.#limited(this.#valueTypes.push(valueType(message.message())));
      case FIELD.mapping:
        return this.#readMapping(message.message());
      case FIELD.location:
        return this.#readLocation(message.message());
      case FIELD.function:
        return this.#readFunction(message.message());
      case FIELD.string:
        return this.#readString(message);
      case FIELD.periodType:
        this.#periodType = valueType(message.message());
        return;
      case FIELD.period:
        this.#period = message.value();
        return;
      case FIELD.defaultType:
        this.#defaultType = message.value();
    }
  }

  #readString(message: ProtobufMessage): void {
    const text = message.content();
    this.#limited(this.#strings.push(this.#decoder.decode(text)));
    this.#textBytes += text.length;
    if (this.#textBytes > MOST_TEXT_BYTES) throw tooBig('more than 256 MB of names');
  }

  #readMapping(message: ProtobufMessage): void {
    let id: Id = 0;
    let file = 0;
    while (message.next()) {
      if (message.field === 1) id = message.id();
      else if (message.field === 5) file = message.value();
      else message.skip();
    }
    this.#enter(this.#mappings, id, file);
  }

  #readLocation(message: ProtobufMessage): void {
    let [id, mapping, address]: [Id, Id, Id] = [0, 0, 0];
    const lines: PprofLocation['lines'][number][] = [];
    while (message.next()) {
      if (message.field === 1) id = message.id();
      else if (message.field === 2) mapping = message.id();
      else if (message.field === 3) address = message.id();
      else if (message.field === 4) lines.push(line(message.message()));
      else message.skip();
    }
    this.#enter(this.#locations, id, { mapping, address, lines });
  }

  #readFunction(message: ProtobufMessage): void {
    let id: Id = 0;
    const fn = { name: 0, systemName: 0, file: 0, line: 0 };
    while (message.next()) {
      if (message.field === 1) id = message.id();
      else if (message.field === 2) fn.name = message.value();
      else if (message.field === 3) fn.systemName = message.value();
      else if (message.field === 4) fn.file = message.value();
      else if (message.field === 5) fn.line = lineNumber(message.value());
      else message.skip();
    }
    this.#enter(this.#functions, id, fn);
  }

  #enter<T>(table: Map<Id, T>, id: Id, entry: T): void {
    if (table.has(id)) this.#isDamaged = true;
    else table.set(id, entry);
    this.#limited(table.size);
  }

  #limited(count: number): void {
    if (count > MOST_ENTRIES) throw tooBig(`more than ${MOST_ENTRIES} names`);
  }
}

function valueType(message: ProtobufMessage): ValueType {
  let [type, unit] = [0, 0];
  while (message.next()) {
    if (message.field === 1) type = message.value();
    else if (message.field === 2) unit = message.value();
    else message.skip();
  }
  return { type, unit };
}

function line(message: ProtobufMessage): PprofLocation['lines'][number] {
  let fn: Id = 0;
  let number = 0;
  while (message.next()) {
    if (message.field === 1) fn = message.id();
    else if (message.field === 2) number = lineNumber(message.value());
    else message.skip();
  }
  return { function: fn, line: number };
}

const lineNumber = (value: number): number => (value > 0 && value <= 0x7f_ff_ff_ff ? value : 0);

const tooBig = (reason: string): UserError => new UserError('profile-too-big', { reason });

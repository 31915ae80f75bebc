/** pprof files made by another encoder than ours: samples as text, a stack per line, the outermost function first. */
import {
  Function as PprofFunction,
  Label,
  Line,
  Location,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { dedent } from './call-tree.ts';

export interface DrawnPprof {
  /** `samples/count cpu/nanoseconds` */
  readonly types: string;
  /**
   *   main a.js:1 > rank a.js:9 | 3 2500 | thread=worker
   *
   * names with the lines that they were at, values, labels
   */
  readonly samples: string;
  readonly defaultType?: string;
  readonly period?: { readonly type: string; readonly value: number };
  /** By function: the line where it begins. */
  readonly heads?: Readonly<Record<string, number>>;
}

export function pprofBytes({ types, samples, defaultType, period, heads = {} }: DrawnPprof): Uint8Array {
  const strings = new StringTable();
  const text = (value: string): number => strings.dedup(value);
  const functions = new Map<string, PprofFunction>();
  const locations = new Map<string, Location>();
  const type = (drawn: string): ValueType => {
    const [name = '', unit = ''] = drawn.split('/');
    return new ValueType({ type: text(name), unit: text(unit) });
  };
  const functionOf = (name: string, file: string): number => {
    const known =
      functions.get(`${name} ${file}`) ??
      new PprofFunction({
        id: functions.size + 1,
        name: text(name),
        systemName: text(name),
        filename: text(file),
        startLine: heads[name] ?? 0,
      });
    functions.set(`${name} ${file}`, known);
    return Number(known.id);
  };
  const locationOf = (drawn: string): number => {
    const known = locations.get(drawn);
    if (known) return Number(known.id);
    // Inlined functions stand in one location: `outer a.js:1 / inner a.js:5`.
    const line = drawn
      .split(' / ')
      .map(each => /^(\S+)(?: (\S+):(\d+))?$/.exec(each) ?? [])
      .map(
        ([, name = '', file = '', row = '0']) =>
          new Line({ functionId: functionOf(name, file), line: Number(row) }),
      )
      .toReversed();
    const location = new Location({ id: locations.size + 1, line });
    locations.set(drawn, location);
    return Number(location.id);
  };
  const sample = dedent(samples).map(row => {
    const [stack = '', values = '', labels = ''] = row.split('|').map(part => part.trim());
    return new Sample({
      locationId: stack
        .split(' > ')
        .filter(each => each !== '')
        .map(locationOf)
        .toReversed(),
      value: values.split(' ').map(Number),
      label: labels
        .split(' ')
        .filter(each => each !== '')
        .map(each => each.split('='))
        .map(([key = '', value = '']) =>
          /^\d+$/.test(value)
            ? new Label({ key: text(key), num: Number(value) })
            : new Label({ key: text(key), str: text(value) }),
        ),
    });
  });
  const profile = new Profile({
    sampleType: types.split(' ').map(type),
    sample,
    location: [...locations.values()],
    function: [...functions.values()],
    stringTable: strings,
    ...(period ? { periodType: type(period.type), period: period.value } : {}),
    ...(defaultType === undefined ? {} : { defaultSampleType: text(defaultType) }),
  });
  return profile.encode();
}

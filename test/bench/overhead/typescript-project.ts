/**
 * A TypeScript project for the compiler to work on: the same files on every machine. Generic repositories, schemas
 * with inferred types, state machines and pipelines, because a compiler's call tree grows with the kinds of code it
 * meets, and it is the size of the call tree that a swap of segments costs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const MODULES = 30;
const FIELD_TYPES = ['string', 'number', 'boolean', 'Date', 'readonly string[]', 'Record<string, number>'];
const FIELDS = 7;
const STATES = 7;

type Source = (index: number) => string;

/** Five files per module, in the order of their imports. */
const SOURCES: Readonly<Record<string, Source>> = { schema, entity, repository, machine, service };

/** Writes the project; answers the path of its tsconfig.json. */
export function writeTypeScriptProject(folder: string): string {
  const source = path.join(folder, 'src');
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(source, 'core.ts'), core());
  for (let index = 0; index < MODULES; index++)
    for (const [name, text] of Object.entries(SOURCES))
      writeFileSync(path.join(source, `${name}${index}.ts`), text(index));
  const tsconfig = path.join(folder, 'tsconfig.json');
  writeFileSync(tsconfig, JSON.stringify(configuration()));
  return tsconfig;
}

function configuration(): object {
  return {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      strict: true,
      declaration: true,
      sourceMap: true,
      outDir: 'out',
      rootDir: 'src',
    },
    include: ['src'],
  };
}

const times = (count: number, text: (index: number) => string, separator = '\n'): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(separator);

const fieldType = (module: number, field: number): string =>
  FIELD_TYPES[(module * 5 + field * 3) % FIELD_TYPES.length] ?? 'string';

function core(): string {
  return `
export type Brand<T, B extends string> = T & { readonly __brand: B };
export type DeepPartial<T> = T extends (infer U)[] ? DeepPartial<U>[] : T extends Date ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;
export type DeepReadonly<T> = T extends (infer U)[] ? readonly DeepReadonly<U>[] : T extends Date ? T : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type Path<T, D extends number = 4> = [D] extends [never] ? never : T extends Date ? never : T extends object ? { [K in keyof T & string]: K | \`\${K}.\${Path<T[K], Before[D]>}\` }[keyof T & string] : never;
export type Before = [never, 0, 1, 2, 3];
export type ValueAt<T, P extends string> = P extends \`\${infer K}.\${infer R}\` ? K extends keyof T ? ValueAt<T[K], R> : never : P extends keyof T ? T[P] : never;
export type Mutation<T> = { [K in keyof T]: { readonly kind: 'set'; readonly key: K; readonly value: T[K] } }[keyof T];
export interface Schema<T> { readonly parse: (value: unknown) => Result<T>; readonly optional: () => Schema<T | undefined>; readonly map: <U>(f: (value: T) => U) => Schema<U> }
export type Infer<S> = S extends Schema<infer T> ? T : never;
export type Result<T, E = Error> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };
export function schema<T>(check: (value: unknown) => value is T): Schema<T> {
  return {
    parse: value => (check(value) ? { ok: true, value } : { ok: false, error: new Error('no match') }),
    optional: () => schema((value): value is T | undefined => value === undefined || check(value)),
    map: f => ({ ...schema((value): value is never => false), parse: value => (check(value) ? { ok: true, value: f(value) } : { ok: false, error: new Error('no match') }) }),
  };
}
export function object<S extends Record<string, Schema<unknown>>>(shape: S): Schema<{ [K in keyof S]: Infer<S[K]> }> {
  return schema((value): value is { [K in keyof S]: Infer<S[K]> } => typeof value === 'object' && value !== null && Object.entries(shape).every(([key, part]) => part.parse((value as Record<string, unknown>)[key]).ok));
}
export function pipe<A, B>(a: A, ab: (a: A) => B): B;
export function pipe<A, B, C>(a: A, ab: (a: A) => B, bc: (b: B) => C): C;
export function pipe<A, B, C, D>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D): D;
export function pipe<A, B, C, D, E>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, de: (d: D) => E): E;
export function pipe(value: unknown, ...steps: ((value: never) => unknown)[]): unknown {
  return steps.reduce((result, step) => (step as (value: unknown) => unknown)(result), value);
}
export const map = <T, U>(f: (value: T) => U) => (values: readonly T[]): U[] => values.map(f);
export const filter = <T, U extends T = T>(f: ((value: T) => value is U) | ((value: T) => boolean)) => (values: readonly T[]): U[] => values.filter(f as (value: T) => value is U);
export const groupBy = <T, K extends string>(key: (value: T) => K) => (values: readonly T[]): Partial<Record<K, T[]>> =>
  values.reduce<Partial<Record<K, T[]>>>((groups, value) => { (groups[key(value)] ??= []).push(value); return groups; }, {});
export abstract class Repository<T extends { readonly id: string }, Q extends DeepPartial<T> = DeepPartial<T>> {
  protected readonly rows = new Map<string, T>();
  abstract matches(row: T, query: Q): boolean;
  find(query: Q): T[] { return [...this.rows.values()].filter(row => this.matches(row, query)); }
  update<K extends keyof T>(id: T['id'], key: K, value: T[K]): Result<T> {
    const row = this.rows.get(id);
    if (!row) return { ok: false, error: new Error(String(id)) };
    const next = { ...row, [key]: value };
    this.rows.set(id, next);
    return { ok: true, value: next };
  }
}
`;
}

function schema(index: number): string {
  const check = (type: string): string =>
    `schema((value): value is ${type} => value !== undefined && value !== null)`;
  return `
import { object, schema, type Infer } from './core.js';
export const address${index} = object({ street: ${check('string')}, zip: ${check('number')}.map(zip => zip + ${index}), tags: ${check('readonly string[]')}.optional() });
export const schema${index} = object({
  id: ${check('string')},
  address: address${index},
${times(FIELDS, field => `  field${field}: ${check(fieldType(index, field))}${field % 3 === 0 ? '.optional()' : ''},`)}
});
export type Row${index} = Infer<typeof schema${index}>;
`;
}

function entity(index: number): string {
  const before = Math.max(0, index - 1);
  return `
import type { Brand, DeepPartial, DeepReadonly, Mutation, Path, ValueAt } from './core.js';
import type { Row${index} } from './schema${index}.js';
${before === index ? '' : `import type { Row${before} } from './schema${before}.js';`}
export type Id${index} = Brand<string, 'entity${index}'>;
export interface Entity${index} extends Omit<Row${index}, 'id'> { readonly id: Id${index}; readonly related: DeepReadonly<Row${before}>[] }
export type Change${index} = Mutation<Entity${index}>;
export type Patch${index} = DeepPartial<Entity${index}>;
export function read${index}<P extends Path<Row${index}>>(row: Row${index}, path: P): ValueAt<Row${index}, P> | undefined {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row) as ValueAt<Row${index}, P> | undefined;
}
export function apply${index}(entity: Entity${index}, change: Change${index}): Entity${index} {
  switch (change.key) {
${times(FIELDS, field => `    case 'field${field}': return { ...entity, field${field}: change.value };`)}
    case 'address': return { ...entity, address: { ...entity.address, ...change.value } };
    default: return { ...entity, [change.key]: change.value };
  }
}
export const summary${index} = (row: Row${index}) => [${times(FIELDS, field => `read${index}(row, 'field${field}')`, ', ')}, read${index}(row, 'address.street'), read${index}(row, 'address.zip')] as const;
`;
}

function repository(index: number): string {
  return `
import { Repository, filter, groupBy, map, pipe, type Result } from './core.js';
import { apply${index}, type Change${index}, type Entity${index}, type Id${index}, type Patch${index} } from './entity${index}.js';
export class Repository${index} extends Repository<Entity${index}, Patch${index}> {
  matches(row: Entity${index}, query: Patch${index}): boolean {
    return (Object.keys(query) as (keyof Patch${index})[]).every(key => query[key] === undefined || row[key] === query[key]);
  }
  async change(id: Id${index}, changes: readonly Change${index}[]): Promise<Result<Entity${index}>> {
    const entity = this.rows.get(id);
    if (!entity) return { ok: false, error: new RangeError(id) };
    const value = changes.reduce(apply${index}, entity);
    this.rows.set(id, await Promise.resolve(value));
    return { ok: true, value };
  }
${times(
  FIELDS,
  field => `  by${field}(wanted: Entity${index}['field${field}']) {
    return pipe([...this.rows.values()], filter(row => row.field${field} === wanted), map(row => ({ ...row, key: String(row.field${field}) as \`\${'a' | 'b' | 'c'}${field}\` })), groupBy(row => row.key), groups => Object.entries(groups).map(([key, rows]) => [key, rows?.length ?? 0] as const));
  }`,
)}
}
`;
}

function machine(index: number): string {
  return `
import type { Result } from './core.js';
import type { Entity${index} } from './entity${index}.js';
export type State${index} =
${times(STATES, state => `  | { readonly name: 'state${state}'; readonly data: Pick<Entity${index}, 'field${state}' | 'id'>; readonly since: number }`)};
export type Event${index} =
${times(STATES, state => `  | { readonly type: 'event${state}'; readonly payload: Extract<State${index}, { name: 'state${state}' }>['data'] }`)};
type Handlers = { [S in State${index}['name']]: { [E in Event${index}['type']]?: (state: Extract<State${index}, { name: S }>, event: Extract<Event${index}, { type: E }>) => State${index} } };
export const handlers${index} = {
${times(
  STATES,
  state => `  state${state}: {
    event${(state + 1) % STATES}: (state, event) => ({ name: 'state${(state + 1) % STATES}', data: event.payload, since: state.since + 1 }),
    event${(state + 5) % STATES}: (state, event) => ({ name: 'state${(state + 5) % STATES}', data: { ...event.payload, id: state.data.id }, since: 0 }),
  },`,
)}
} satisfies Handlers;
export function step${index}(state: State${index}, event: Event${index}): Result<State${index}, string> {
  const handler = (handlers${index} as Handlers)[state.name][event.type] as ((state: State${index}, event: Event${index}) => State${index}) | undefined;
  return handler ? { ok: true, value: handler(state, event) } : { ok: false, error: \`\${state.name} has no \${event.type}\` };
}
export function describe${index}(state: State${index}): string {
  switch (state.name) {
${times(STATES, state => `    case 'state${state}': return \`${state} \${String(state.data.field${state})} \${state.data.id}\`;`)}
  }
}
`;
}

function service(index: number): string {
  const other = (index * 7 + 3) % MODULES;
  return `
import { groupBy, map, pipe, type Infer, type Result } from './core.js';
import type { Entity${index}, Id${index} } from './entity${index}.js';
import { describe${index}, step${index}, type Event${index}, type State${index} } from './machine${index}.js';
import { Repository${index} } from './repository${index}.js';
import { schema${index} } from './schema${index}.js';
${other === index ? '' : `import { Repository${other} } from './repository${other}.js';`}
interface Dependencies { readonly own: Repository${index}; readonly other: Repository${other}; readonly clock: () => number }
type Handler<T> = (input: unknown, dependencies: Dependencies) => Promise<Result<T>>;
export class Service${index} {
  #states = new Map<Id${index}, State${index}>();
  constructor(private readonly dependencies: Dependencies) {}
  readonly routes = {
${times(
  FIELDS,
  field => `    route${field}: async (input, { own, other }) => {
      const parsed = schema${index}.parse(input);
      if (!parsed.ok) return parsed;
      const [rows, related] = await Promise.all([own.by${field}(parsed.value.field${field} as Entity${index}['field${field}']), other.find({})]);
      return { ok: true, value: { count: rows.length, names: pipe(related, map(row => row.id), map(id => id.toUpperCase()), groupBy(name => (name < 'M' ? 'first' : 'second'))) } };
    },`,
)}
  } satisfies Record<string, Handler<{ count: number; names: Partial<Record<'first' | 'second', string[]>> }>>;
  async run<K extends keyof Service${index}['routes']>(name: K, input: Infer<typeof schema${index}>): Promise<Awaited<ReturnType<Service${index}['routes'][K]>>> {
    return (await this.routes[name](input, this.dependencies)) as Awaited<ReturnType<Service${index}['routes'][K]>>;
  }
  advance(id: Id${index}, events: readonly Event${index}[]): string[] {
    return events.flatMap(event => {
      const state = this.#states.get(id);
      const next = state && step${index}(state, event);
      if (!next?.ok) return next ? [next.error] : [];
      this.#states.set(id, next.value);
      return [describe${index}(next.value), String(this.dependencies.clock() + ${index})];
    });
  }
}
`;
}

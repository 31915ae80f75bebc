/**
 * Which operation a piece of asynchronous work belongs to: an AsyncLocalStorage of our own. The program's are left as
 * they are, and what it puts in the place of the class or its methods later does not reach ours.
 */
import { AsyncLocalStorage, AsyncResource, executionAsyncResource } from 'node:async_hooks';

export interface Context<T> {
  get(): T | undefined;
  /** What is there inside the callback of this resource, which begins; `isScope`: an AsyncResource puts its own there late. */
  inside(resource: object, isScope: boolean): T | undefined;
  /** From here on, until the running callback ends. */
  enter(value: T | undefined): void;
  run<R>(value: T | undefined, work: () => R): R;
  /** Node keeps the context on resources (up to Node 22), not in V8. */
  readonly isOnResources: boolean;
  end(): void;
}

const METHODS = ['getStore', 'enterWith', 'run'] as const;

/** Throws when the program has replaced AsyncLocalStorage by one that does not keep what it is given. */
export function createContext<T extends object>(marker: T): Context<T> {
  const storage = new AsyncLocalStorage<T | undefined>();
  // `run` calls the others as methods.
  for (const name of METHODS) Object.defineProperty(storage, name, { value: storage[name] });
  const own = storage.run(marker, () => {
    if (storage.getStore() !== marker) throw new Error('AsyncLocalStorage does not keep what it is given');
    const resource = executionAsyncResource() as Record<PropertyKey, unknown>;
    return Reflect.ownKeys(resource).find(key => resource[key] === marker);
  });
  const get = storage.getStore.bind(storage);
  const frame = storage.run(marker, () => frameKey(storage, marker));
  return {
    get,
    inside: own === undefined ? insideOfFrame(storage, get, frame) : resource => (resource as Stored<T>)[own],
    enter: storage.enterWith.bind(storage),
    run: storage.run.bind(storage),
    isOnResources: own !== undefined,
    end: () => storage.disable(),
  };
}

type Stored<T> = Record<PropertyKey, T | undefined>;

function insideOfFrame<T>(
  storage: object,
  get: () => T | undefined,
  key: symbol | undefined,
): Context<T>['inside'] {
  if (key === undefined) return get;
  return (resource, isScope) =>
    isScope && key in resource ? ((resource as Framed)[key]?.get?.(storage) as T | undefined) : get();
}

/** Node 24 and later: a map of stores. */
type Framed = Record<symbol, { get?(storage: unknown): unknown } | undefined>;

/** Under which an AsyncResource keeps the stores that its callbacks see. */
function frameKey(storage: object, marker: object): symbol | undefined {
  const resource = new AsyncResource('slowcatch') as unknown as Framed;
  return Object.getOwnPropertySymbols(resource).find(key => resource[key]?.get?.(storage) === marker);
}

/**
 * Children and worker threads get the agent through their environment. Those that are given an environment of their
 * own get it added there: the program's other values stay as they are. Where the agent came into a running program, the
 * program's own environment stays untouched, and what would inherit it gets a copy with the agent. A running program may
 * hold the original of a function (`const { Worker } = require(…)`): what it starts by that is not followed, only what
 * it imports, and all asynchronous children.
 */
import childProcess from 'node:child_process';
import Module from 'node:module';
import workerThreads from 'node:worker_threads';
import { AGENT_VARIABLE, type AgentConfiguration } from '../contracts/agent.ts';
import { requireOption } from './configuration.ts';
import type { Door } from './door.ts';
import type { Guest } from './guest.ts';
import { replaceMethod } from './replaced-method.ts';

type Environment = Record<string, string | undefined>;

/** Adds the agent to an environment that lacks it; the given object is not changed. */
export function withAgent(environment: Environment, configuration: AgentConfiguration): Environment {
  const told = JSON.stringify(configuration);
  const options = environment['NODE_OPTIONS'] ?? '';
  const isLoaded = options.replaceAll('\\', '/').includes(configuration.agent.replaceAll('\\', '/'));
  if (isLoaded && environment[AGENT_VARIABLE] === told) return environment;
  const option = isLoaded ? '' : requireOption(configuration.agent);
  return {
    ...environment,
    NODE_OPTIONS: [options, option].filter(text => text !== '').join(' '),
    [AGENT_VARIABLE]: told,
  };
}

interface Spread {
  readonly add: (environment: Environment) => Environment;
  /** Whether a child that is given no environment has the agent in the one that it inherits. */
  readonly isInherited: boolean;
}

/** Returns a function that takes the agent out of the way of later children. */
export function followChildren(configuration: AgentConfiguration, guest: Guest, door: Door): () => void {
  const state = { active: true };
  const spread: Spread = {
    add: environment =>
      state.active ? guest.quietly(() => withAgent(environment, configuration), environment) : environment,
    isInherited: door === 'preload',
  };
  const undo = [followSpawn(spread), ...followSync(spread), followWorkers(spread)];
  syncBuiltinESMExports();
  return () => {
    state.active = false;
    for (const each of undo) each();
    syncBuiltinESMExports();
  };
}

const { syncBuiltinESMExports } = Module as unknown as { syncBuiltinESMExports: () => void };

interface SpawnOptions {
  envPairs?: string[];
}
type Spawn = (this: unknown, options: SpawnOptions) => unknown;

/** Every asynchronous way to start a child ends here, with its environment as `NAME=value` pairs. */
function followSpawn({ add }: Spread): () => void {
  const prototype = childProcess.ChildProcess.prototype as unknown as { spawn: Spawn };
  return replaceMethod(
    prototype,
    'spawn',
    original =>
      function spawn(options) {
        if (Array.isArray(options?.envPairs)) options.envPairs = toPairs(add(fromPairs(options.envPairs)));
        return original.call(this, options);
      },
  );
}

const fromPairs = (pairs: readonly string[]): Environment =>
  Object.fromEntries(
    pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

const toPairs = (environment: Environment): string[] =>
  Object.entries(environment).map(([name, value]) => `${name}=${value}`);

type Call = (...parameters: unknown[]) => unknown;

/** `execSync(command, options)`; the others take a list of arguments before the options, or leave it out. */
const OPTIONS_OF: Readonly<Record<string, (parameters: readonly unknown[]) => number>> = {
  execSync: () => 1,
  spawnSync: afterArguments,
  execFileSync: afterArguments,
};

function afterArguments([, second, third]: readonly unknown[]): number {
  const isList = Array.isArray(second) || (typeof second !== 'object' && third !== undefined);
  return isList || (second === null && third !== undefined) ? 2 : 1;
}

function followSync(spread: Spread): (() => void)[] {
  const target = childProcess as unknown as Record<string, Call>;
  return Object.entries(OPTIONS_OF).map(([name, optionsOf]) =>
    replaceMethod(
      target,
      name,
      original =>
        new Proxy(original, {
          apply: (called, self, parameters: unknown[]) =>
            Reflect.apply(called, self, withOptions(parameters, optionsOf(parameters), spread)),
        }),
    ),
  );
}

function followWorkers(spread: Spread): () => void {
  const target = workerThreads as { Worker: typeof workerThreads.Worker };
  return replaceMethod(
    target,
    'Worker',
    original =>
      new Proxy(original, {
        construct: (called, parameters: unknown[], newTarget) =>
          Reflect.construct(called, withOptions(parameters, 1, spread), newTarget) as object,
      }),
  );
}

/** The parameters with the agent in the options' environment: a copy, or the same where nothing is to be added. */
function withOptions(parameters: unknown[], index: number, spread: Spread): unknown[] {
  const given = parameters[index];
  const options = withEnvironment(given, spread);
  if (options === given) return parameters;
  const copy = [...parameters];
  copy[index] = options;
  return copy;
}

function withEnvironment(options: unknown, { add, isInherited }: Spread): unknown {
  if (options !== undefined && (typeof options !== 'object' || options === null)) return options;
  const { env: own }: { env?: unknown } = options ?? {};
  if (typeof own === 'object' && own !== null) {
    const env = add(own as Environment);
    return env === own ? options : { ...options, env };
  }
  // A worker's env may also be the symbol SHARE_ENV.
  if (isInherited || (own !== undefined && own !== null)) return options;
  return { ...options, env: add({ ...process.env }) };
}

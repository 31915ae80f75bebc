/**
 * Children and worker threads inherit the agent through the environment. Those that are given an environment of
 * their own get the two variables added: the program's other values stay as they are.
 */
import childProcess from 'node:child_process';
import Module from 'node:module';
import workerThreads from 'node:worker_threads';
import { AGENT_VARIABLE, type AgentConfiguration } from '../contracts/agent.ts';
import { requireOption } from './configuration.ts';
import type { Guest } from './guest.ts';

type Environment = Record<string, string | undefined>;

/** Adds the agent to an environment that lacks it; the given object is not changed. */
export function withAgent(environment: Environment, configuration: AgentConfiguration): Environment {
  if (environment[AGENT_VARIABLE]) return environment;
  const option = requireOption(configuration.agent);
  const given = environment['NODE_OPTIONS'];
  return {
    ...environment,
    NODE_OPTIONS: given ? `${given} ${option}` : option,
    [AGENT_VARIABLE]: JSON.stringify(configuration),
  };
}

/** Returns a function that takes the agent out of the way of later children. */
export function followChildren(configuration: AgentConfiguration, guest: Guest): () => void {
  const state = { active: true };
  const add = (environment: Environment): Environment =>
    state.active ? guest.quietly(() => withAgent(environment, configuration), environment) : environment;
  followSpawn(add);
  for (const name of ['spawnSync', 'execSync', 'execFileSync'] as const) followSync(name, add);
  followWorkers(add);
  (Module as unknown as { syncBuiltinESMExports: () => void }).syncBuiltinESMExports();
  return () => void (state.active = false);
}

interface SpawnOptions {
  envPairs?: string[];
}
interface ChildProcessPrototype {
  spawn: (this: unknown, options: SpawnOptions) => unknown;
}

/** Every asynchronous way to start a child ends here, with its environment as `NAME=value` pairs. */
function followSpawn(add: (environment: Environment) => Environment): void {
  const prototype = childProcess.ChildProcess.prototype as unknown as ChildProcessPrototype;
  const original = prototype.spawn;
  prototype.spawn = function spawn(options) {
    if (Array.isArray(options?.envPairs)) options.envPairs = toPairs(add(fromPairs(options.envPairs)));
    return original.call(this, options);
  };
}

const fromPairs = (pairs: readonly string[]): Environment =>
  Object.fromEntries(
    pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

const toPairs = (environment: Environment): string[] =>
  Object.entries(environment).map(([name, value]) => `${name}=${value}`);

interface WithEnvironment {
  env?: Environment | null;
}

function followSync(
  name: 'spawnSync' | 'execSync' | 'execFileSync',
  add: (environment: Environment) => Environment,
): void {
  const target = childProcess as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  const original = target[name] as (...parameters: unknown[]) => unknown;
  target[name] = new Proxy(original, {
    apply(called, self, parameters: unknown[]) {
      return Reflect.apply(
        called,
        self,
        parameters.map(parameter => withOwnEnvironment(parameter, add)),
      );
    },
  });
}

function followWorkers(add: (environment: Environment) => Environment): void {
  const target = workerThreads as { Worker: typeof workerThreads.Worker };
  target.Worker = new Proxy(target.Worker, {
    construct(called, [file, options, ...rest]: unknown[], newTarget) {
      return Reflect.construct(
        called,
        [file, withOwnEnvironment(options, add), ...rest],
        newTarget,
      ) as object;
    },
  });
}

/** Only an options object with an `env` object of its own is replaced, by a copy. */
function withOwnEnvironment(options: unknown, add: (environment: Environment) => Environment): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const environment = (options as WithEnvironment).env;
  if (typeof environment !== 'object' || environment === null) return options;
  return { ...options, env: add(environment) };
}

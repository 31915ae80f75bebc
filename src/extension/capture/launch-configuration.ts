/** Debug configurations as VS Code hands them over, variables resolved. Pure. */
import type { RecordingSettings } from './settings.ts';
import type { BeginCapture, LaunchEnvironment } from '../../contracts/server.ts';

export interface Configuration {
  readonly type: string;
  readonly name: string;
  readonly request: string;
  readonly [key: string]: unknown;
}

/** Key of a configuration that we started a recording for; its session carries it too. */
export const CAPTURE_KEY = '__slowcatch';

/** js-debug rewrites `node` into `pwa-node` before any hook sees it with its variables resolved. */
const NODE_TYPES = new Set(['pwa-node', 'node-terminal', 'node']);

export const isNodeType = (type: string): boolean => NODE_TYPES.has(type);

/**
 * `launch`: starts Node.js, can be recorded. `attach`: debugs a Node.js program that runs already.
 * `inner`: a child session of js-debug's own. `foreign`: another debugger's.
 */
export type ConfigurationKind = 'launch' | 'attach' | 'inner' | 'foreign';

export function kindOf(configuration: Configuration): ConfigurationKind {
  if (configuration['__parentId'] !== undefined || configuration['__pendingTargetId'] !== undefined) {
    return 'inner';
  }
  if (!isNodeType(configuration.type)) return 'foreign';
  return configuration.request === 'launch' ? 'launch' : 'attach';
}

/** Where to attach instead: `127.0.0.1:9229`, a process id, or nothing that we know of. */
export function attachTarget(configuration: Configuration): string | undefined {
  const { address, port, processId } = configuration;
  if (typeof port === 'number' || (typeof port === 'string' && /^\d+$/.test(port))) {
    const host = typeof address === 'string' && address !== 'localhost' ? address : '127.0.0.1';
    return `${host}:${port}`;
  }
  return typeof processId === 'string' && /^\d+$/.test(processId) ? processId : undefined;
}

/** What the server wants to know of a launch, of the first configuration where it is a compound. */
export function beginLaunch(
  configuration: Configuration,
  folder: string,
  settings: RecordingSettings,
): BeginCapture {
  const { name, cwd } = configuration;
  const command = commandOf(configuration);
  return {
    kind: 'launch',
    name,
    cwd: typeof cwd === 'string' ? cwd : folder,
    ...settings,
    command,
  };
}

/** `node --inspect app.js --port 1`, as words; a terminal's command line is one word. */
function commandOf({
  command,
  runtimeExecutable,
  runtimeArgs,
  program,
  args,
}: Configuration): readonly string[] {
  if (typeof command === 'string') return [command];
  const words = [runtimeExecutable, runtimeArgs, program, args].flat();
  return words.filter(word => typeof word === 'string');
}

/** What stands before the program; all words behind the runtime where it is a terminal's command line. */
function flagsOf({ command, runtimeArgs }: Configuration): readonly string[] {
  if (typeof command === 'string') return command.split(/\s+/).slice(1);
  return [runtimeArgs].flat().filter(word => typeof word === 'string');
}

/** What the server needs to compose the environment of this configuration's program. */
export function launchEnvironment(
  configuration: Configuration,
  id: string,
  inheritedNodeOptions: string | undefined,
): LaunchEnvironment {
  const { envFile } = configuration;
  return {
    id,
    env: variables(configuration['env']),
    flags: flagsOf(configuration),
    isDebugged: configuration['noDebug'] !== true,
    ...(typeof envFile === 'string' && envFile !== '' ? { envFile } : {}),
    ...(inheritedNodeOptions ? { inheritedNodeOptions } : {}),
  };
}

/** Numbers and booleans are tolerated in `env`, as js-debug does; null unsets. */
function variables(env: unknown): Record<string, string | null> {
  if (typeof env !== 'object' || env === null) return {};
  const entries = Object.entries(env as Record<string, unknown>);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      if (value === null || typeof value === 'string') return [[name, value]];
      return typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [];
    }),
  );
}

/** The configuration to start instead: recorded, and found again by its mark. */
export function withCapture<C extends Configuration>(
  configuration: C,
  id: string,
  environment: Readonly<Record<string, string | null>>,
): C {
  const env = { ...variables(configuration['env']), ...environment };
  return { ...configuration, env, [CAPTURE_KEY]: id };
}

/** Programs that somebody else starts for the recorder: the editor's debugger, with the environment given here. */
import fs from 'node:fs/promises';
import { AGENT_VARIABLE, type AgentConfiguration } from '../contracts/agent.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import { UserError } from '../contracts/user-error.ts';
import { parseDotenv } from './launch/dotenv.ts';
import { withNodeOptions } from './launch/node-options.ts';
import { refusePermissionModel } from './permission-model.ts';
import type { ProgramExit, RunningProgram } from './running-program.ts';

export interface AwaitedLaunch {
  /** Null removes a variable. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Absolute path of a file of variables that `env` overrides. */
  readonly envFile?: string;
  readonly flags: readonly string[];
  readonly isDebugged: boolean;
  /** NODE_OPTIONS of the environment that the program would inherit. */
  readonly inheritedNodeOptions?: string;
}

export class AwaitedPrograms implements RunningProgram {
  readonly ended: Promise<ProgramExit>;
  private configuration: AgentConfiguration | undefined;
  private settle: (exit: ProgramExit) => void = () => undefined;

  constructor() {
    this.ended = new Promise(resolve => {
      this.settle = resolve;
    });
  }

  readonly begin = (configuration: AgentConfiguration): Promise<RunningProgram> => {
    this.configuration = configuration;
    return Promise.resolve(this);
  };

  /** What a program's launch needs in its environment. Throws `launch-env-file-missing`, `permission-model`. */
  async environment(launch: AwaitedLaunch): Promise<Record<string, string | null>> {
    const { configuration } = this;
    if (!configuration) throw new UserError('internal', { detail: 'the recording has not begun' });
    const options = nodeOptions(launch, await readEnvFile(launch.envFile));
    refusePermissionModel(launch.flags, options);
    const { NODE_OPTIONS = '' } = withNodeOptions({ NODE_OPTIONS: options }, [
      '--require',
      configuration.agent,
    ]);
    const given: AgentConfiguration = { ...configuration, isDebugged: launch.isDebugged };
    return {
      ...launch.env,
      [optionsName(launch.env)]: NODE_OPTIONS,
      [AGENT_VARIABLE]: JSON.stringify(given),
    };
  }

  /** The programs have ended, as whoever started them says. */
  end(exit: ProgramExit = { code: null, signal: null }): void {
    this.settle(exit);
  }

  /** Whoever started them ends them. */
  release(): Promise<readonly RecordedProblem[]> {
    return Promise.resolve([]);
  }
}

/** Names of variables have no case on Windows. */
function optionsName(env: object, platform: NodeJS.Platform = process.platform): string {
  const found = Object.keys(env).find(name => name.toUpperCase() === 'NODE_OPTIONS');
  return platform === 'win32' && found !== undefined ? found : 'NODE_OPTIONS';
}

/** What stands in `env` counts before the file, and the file before what is inherited; null removes it. */
function nodeOptions(
  { env, inheritedNodeOptions }: AwaitedLaunch,
  file: Readonly<Record<string, string>>,
): string {
  const own = env[optionsName(env)];
  return own === undefined ? (file[optionsName(file)] ?? inheritedNodeOptions ?? '') : (own ?? '');
}

async function readEnvFile(file: string | undefined): Promise<Record<string, string>> {
  if (file === undefined) return {};
  try {
    return parseDotenv(await fs.readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError('launch-env-file-missing', { file, owner: 'launch configuration' }, error);
  }
}

/** What `resolveLaunch` makes of a launch configuration: processes, ready to be spawned, in this order. */

export interface LaunchRequest {
  /** Absolute path of the folder that holds `.vscode`. */
  readonly workspaceFolder: string;
  /** Name of a configuration or of a compound. */
  readonly name: string;
  /** The environment that the programs inherit, and that `${env:X}` reads. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Absolute path of the file that `${file}` and its family mean. */
  readonly activeFile?: string;
  /** `before` of an earlier plan has run: what it has built is expected to be there now. */
  readonly tasksHaveRun?: boolean;
  /** Chooses the `linux`, `osx` or `windows` section, the shell and the PATH rules; this machine's by default. */
  readonly platform?: NodeJS.Platform;
}

export interface ProgramLaunch {
  /** For display: the configuration or the task that this comes from. */
  readonly name: string;
  /** Absolute path of an executable that can be spawned without a shell. */
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute path of a folder that exists. */
  readonly cwd: string;
  /** Complete: nothing is to be inherited beside it. */
  readonly env: Readonly<Record<string, string>>;
}

/** A task to run before the programs, one after another; each must end with status 0. */
export interface TaskLaunch extends ProgramLaunch {
  /** Runs beside the programs: is not waited for, and ends with them. */
  readonly background: boolean;
}

export interface LaunchPlan {
  readonly name: string;
  /** As it stands in launch.json. Resolved into `before` as far as that is possible, else there is a note. */
  readonly preLaunchTask?: string;
  /**
   * To run first; empty once `tasksHaveRun`. What it builds may decide which file a program is, so run it, then
   * resolve again with `tasksHaveRun` and start those programs.
   */
  readonly before: readonly TaskLaunch[];
  /** One for a configuration, one per member for a compound; they run at the same time. */
  readonly programs: readonly ProgramLaunch[];
  /** Of a compound: stopping one program stops the others. */
  readonly stopAll: boolean;
  /** Sentences for the user about what differs from VS Code. */
  readonly notes: readonly string[];
}

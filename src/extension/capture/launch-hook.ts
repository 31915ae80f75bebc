import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Capture } from '../../contracts/server.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { Attempt } from './capture-state.ts';
import type { Captures } from './captures.ts';
import { attachTarget, beginLaunch, kindOf, withCapture } from './launch-configuration.ts';
import { isInCompound, isNeverDebugged } from './launch-settings.ts';
import { launchSettings, type RecordingMode, recordingSettings } from './settings.ts';

interface HowLaunched {
  /** What is launched for the attempt runs under the debugger. */
  readonly isDebugged: boolean;
  readonly mode: RecordingMode;
}

/** A configuration that is not recorded. */
export interface Refusal {
  readonly reason: UserError;
  /** A member of a compound is started as it is: another member may be Node's. */
  readonly isStarted: boolean;
  /** Where to attach instead. */
  readonly target?: string;
}

/**
 * Sees every configuration that is started while it lives, variables resolved and `preLaunchTask` done. Registered
 * for all types, it comes after js-debug's own hooks; what others start meanwhile comes by too and is left as it is.
 */
export class LaunchHook implements vscode.DebugConfigurationProvider, vscode.Disposable {
  readonly refusals: Refusal[] = [];
  /** Why recording could not begin; nothing was started then. */
  failure: unknown;
  readonly #captures: Captures;
  readonly #attempt: Attempt;
  readonly #how: HowLaunched;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** One for all members of a compound. */
  #begun: Promise<Capture | undefined> | undefined;

  constructor(captures: Captures, attempt: Attempt, how: HowLaunched) {
    this.#captures = captures;
    this.#attempt = attempt;
    this.#how = how;
    this.#subscriptions = [
      vscode.debug.registerDebugConfigurationProvider('*', this),
      captures.onDidChange(() => {
        if (!captures.isOpen(attempt)) this.dispose();
      }),
    ];
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const kind = kindOf(configuration);
    if (kind === 'inner' || !this.#isOurs(configuration)) return configuration;
    if (kind !== 'launch') return this.#refuse(kind, configuration);
    try {
      return (await this.#recorded(folder, configuration)) ?? configuration;
    } catch (error) {
      if (!this.#captures.isOpen(this.#attempt)) return configuration;
      this.failure ??= error;
      return undefined;
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #isOurs({ name, noDebug }: vscode.DebugConfiguration): boolean {
    if (!this.#captures.isOpen(this.#attempt)) return false;
    const isDebugged =
      this.#how.isDebugged && !launchSettings().some(launch => isNeverDebugged(launch, name));
    return (noDebug !== true) === isDebugged;
  }

  /** Nothing when the user has given up meanwhile. */
  async #recorded(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const cwd = folder?.uri.fsPath ?? homedir();
    this.#begun ??= this.#captures.begin(
      this.#attempt,
      beginLaunch(configuration, cwd, {
        ...recordingSettings(),
        isWatch: this.#how.mode === 'watch',
        tracksLeaks: this.#how.mode === 'leaks',
      }),
    );
    const capture = await this.#begun;
    return (
      capture &&
      withCapture(configuration, capture.id, await this.#captures.environment(configuration, capture))
    );
  }

  #refuse(
    kind: 'attach' | 'foreign',
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    const isStarted = launchSettings().some(launch => isInCompound(launch, configuration.name));
    const reason = refusalOf(kind, configuration, isStarted);
    const target = kind === 'attach' && !isStarted ? attachTarget(configuration) : undefined;
    this.refusals.push({ reason, isStarted, ...(target === undefined ? {} : { target }) });
    return isStarted ? configuration : undefined;
  }
}

function refusalOf(
  kind: 'attach' | 'foreign',
  { name, type }: vscode.DebugConfiguration,
  isStarted: boolean,
): UserError {
  if (kind === 'attach') return new UserError('configuration-attaches', { name });
  return new UserError(isStarted ? 'configuration-not-profiled' : 'configuration-foreign', { name, type });
}

import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Capture } from '../../contracts/server.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { Captures } from './captures.ts';
import { attachTarget, beginLaunch, kindOf, withCapture } from './launch-configuration.ts';
import { isInCompound } from './launch-settings.ts';
import { launchSettings, samplingInterval } from './settings.ts';

interface Refusal {
  readonly reason: UserError;
  /** Where to attach instead. */
  readonly target?: string;
}

/**
 * Sees every configuration that is started while it lives, variables resolved and `preLaunchTask` done.
 * Registered for all types, it comes after js-debug's own hooks, and other debuggers' configurations come by too.
 */
export class LaunchHook implements vscode.DebugConfigurationProvider, vscode.Disposable {
  /** A configuration that is not recorded. */
  refusal: Refusal | undefined;
  /** Why recording could not begin; nothing was started then. */
  failure: unknown;
  readonly #captures: Captures;
  readonly #registration: vscode.Disposable;
  /** One for all members of a compound. */
  #begun: Promise<Capture | undefined> | undefined;

  constructor(captures: Captures) {
    this.#captures = captures;
    this.#registration = vscode.debug.registerDebugConfigurationProvider('*', this);
  }

  get hasBegun(): boolean {
    return this.#begun !== undefined;
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const kind = kindOf(configuration);
    if (kind === 'inner') return configuration;
    if (kind !== 'launch') return this.#refuse(kind, configuration);
    try {
      return await this.#record(folder, configuration);
    } catch (error) {
      this.failure = error;
      return undefined;
    }
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #record(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const cwd = folder?.uri.fsPath ?? homedir();
    this.#begun ??= this.#captures.begin(beginLaunch(configuration, cwd, samplingInterval()));
    const capture = await this.#begun;
    return (
      capture &&
      withCapture(configuration, capture.id, await this.#captures.environment(configuration, capture))
    );
  }

  /** A member of a compound is started as it is: another member may be Node's. */
  #refuse(kind: 'attach' | 'foreign', configuration: vscode.DebugConfiguration) {
    const { name, type } = configuration;
    if (launchSettings().some(launch => isInCompound(launch, name))) {
      this.refusal = { reason: new UserError('configuration-not-profiled', { name, type }) };
      return configuration;
    }
    const target = attachTarget(configuration);
    this.refusal =
      kind === 'foreign'
        ? { reason: new UserError('configuration-foreign', { name, type }) }
        : {
            reason: new UserError('configuration-attaches', { name }),
            ...(target === undefined ? {} : { target }),
          };
    return undefined;
  }
}

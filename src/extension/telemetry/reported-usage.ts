import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Listing } from './listed.ts';
import type * as bundle from './reporter.ts';
import type { Reporter } from './reporter.ts';
import type { Usage } from './usage.ts';

export interface TelemetrySettings {
  readonly connectionString: string;
  /** Of the extension. */
  readonly version: string;
  /** Absolute path of the reporter's bundle. */
  readonly reporter: string;
  /** Absolute path of telemetry.json. */
  readonly listing: string;
}

/** Reports each use, unless the user wants none reported: then not even the code for it is loaded. */
export class ReportedUsage implements Usage {
  readonly #settings: TelemetrySettings;
  #reporter: Promise<Reporter> | undefined;

  constructor(settings: TelemetrySettings) {
    this.#settings = settings;
  }

  command(name: string): void {
    this.#report(reporter => reporter.event('command', { name }));
  }

  failure(code: string): void {
    this.#report(reporter => reporter.error('failure', { code }));
  }

  /** Sends what is still waiting. */
  async dispose(): Promise<void> {
    const reporter = this.#reporter;
    this.#reporter = undefined;
    await (await reporter)?.dispose();
  }

  #report(send: (reporter: Reporter) => void): void {
    if (!isWanted()) return;
    this.#reporter ??= load(this.#settings);
    // Not counted is better than a message about it: the log of the extension host has it.
    // oxlint-disable-next-line no-console
    this.#reporter.then(send).catch((error: unknown) => console.error(error));
  }
}

/** Whether the user's level sends anything that we report; which of it, the reporter knows. */
const isWanted = (): boolean =>
  ['all', 'error'].includes(vscode.workspace.getConfiguration('telemetry').get('telemetryLevel', 'off'));

/** After the command that is counted has begun: it shall not wait for this. */
async function load({ connectionString, version, reporter, listing }: TelemetrySettings): Promise<Reporter> {
  await nextTurn();
  const { createReporter } = createRequire(reporter)(reporter) as typeof bundle;
  const listed = JSON.parse(readFileSync(listing, 'utf8')) as Listing;
  return createReporter({ connectionString, version, listing: listed });
}

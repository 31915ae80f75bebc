/** The reporter of telemetry: a bundle of its own, which exists only in builds that were given an address. */
import { TelemetryReporter, type CustomFetcher } from '@vscode/extension-telemetry';
import { version as editorVersion } from 'vscode';
import { listedOnly, type Listing } from './listed.ts';

export interface ReporterSettings {
  readonly connectionString: string;
  readonly version: string;
  readonly listing: Listing;
}

/** Sends what the user's level allows: everything, errors alone, or nothing. */
export interface Reporter {
  event(name: string, properties: Readonly<Record<string, string>>): void;
  error(name: string, properties: Readonly<Record<string, string>>): void;
  /** Sends what is still waiting. */
  dispose(): Promise<void>;
}

export function createReporter({ connectionString, version, listing }: ReporterSettings): Reporter {
  const reporter = new TelemetryReporter(
    connectionString,
    [],
    {
      // What VS Code adds by itself names the machine, and errors of others that went through here.
      ignoreBuiltInCommonProperties: true,
      ignoreUnhandledErrors: true,
      additionalCommonProperties: {
        'common.extversion': version,
        'common.vscodeversion': editorVersion,
      },
    },
    sendListed(listing),
  );
  return {
    event: (name, properties) => reporter.sendTelemetryEvent(name, properties),
    error: (name, properties) => reporter.sendTelemetryErrorEvent(name, properties),
    dispose: async () => void (await reporter.dispose()),
  };
}

/** The last hand before the network: whatever was put into a body, only what is listed goes on. */
const sendListed =
  (listing: Listing): CustomFetcher =>
  async (url, init) => {
    const body = listedOnly(init?.body ?? '[]', listing);
    if (body === undefined) return { status: 200, headers: [], text: () => Promise.resolve('') };
    return await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  };

/** What leaves the machine, in a build that was told where to: asserted where it arrives. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyExtension } from '../../../scripts/editor/extension.mjs';
import type { Listing } from '../../../src/extension/telemetry/listed.ts';
import { Closing } from '../harness/closing.ts';
import { TEST } from '../harness/folders.ts';
import { runCommand } from '../harness/palette.ts';
import { openWindow, type Window } from '../harness/window.ts';
import { until } from '../host/until.ts';

const ROOT = path.join(TEST, '..');
/** Where Application Insights takes events, below the address of the build. */
const EVENTS = '/v2/track';
const FAILS_HERE = 'Slowcatch: Profile Current Launch Configuration';
const WORKS_HERE = 'Slowcatch: Toggle Hints';

const ARRIVAL_MILLISECONDS = 60_000;

const closing = new Closing();
/** Bodies of requests, by path. */
const arrived: { readonly path: string; readonly body: string }[] = [];
let window: Window;

beforeAll(async () => {
  const endpoint = await listen();
  window = await openWindow({
    workspace: ['prose'],
    // Here a command fails with a code: programs are not started.
    trusted: false,
    settings: { 'telemetry.telemetryLevel': 'off' },
    extensions: await extensionThatReportsTo(endpoint),
    telemetry: `${endpoint}/editor`,
  });
  closing.onClose(window.close);
});
afterAll(() => closing.close());

async function listen(): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      arrived.push({ path: request.url ?? '', body });
      response
        .setHeader('content-type', 'application/json')
        .end('{"itemsReceived":1,"itemsAccepted":1,"errors":[]}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.onClose(() => new Promise(resolve => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function extensionThatReportsTo(endpoint: string): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-telemetry-'));
  closing.onClose(() => rm(folder, { recursive: true, force: true }));
  const key = '00000000-0000-0000-0000-000000000000';
  const SLOWCATCH_CONNECTION_STRING = `InstrumentationKey=${key};IngestionEndpoint=${endpoint}/`;
  const dist = path.join(folder, 'dist');
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/build.mjs'), '--out', dist], {
    env: { ...process.env, SLOWCATCH_CONNECTION_STRING },
  });
  const extension = path.join(folder, 'extensions', 'slowcatch.slowcatch');
  mkdirSync(extension, { recursive: true });
  copyExtension(extension, dist);
  return path.dirname(extension);
}

/** Runs a command that works and one that fails. */
async function use(): Promise<void> {
  await runCommand(window.page, WORKS_HERE);
  await runCommand(window.page, FAILS_HERE);
  await window.page.getByText('not trusted', { exact: false }).first().waitFor();
}

/** Leaving the window sends what waits to be sent, if that has been long enough for the reporter to be ready. */
const share = (level: string): Promise<void> => window.reopen({ 'telemetry.telemetryLevel': level });

interface Sent {
  readonly tags?: unknown;
  readonly data: {
    readonly baseData: { readonly name: string; readonly properties: Readonly<Record<string, string>> };
  };
}

/** The events that have arrived since the last call, once there are so many. */
async function events(least: number): Promise<readonly Sent[]> {
  const sent = (): Sent[] =>
    arrived.filter(({ path }) => path === EVENTS).flatMap(({ body }) => JSON.parse(body) as Sent[]);
  // They leave in batches, of 15 s by the reporter's clock; one that did not get through is sent again later.
  await until(`${least} events`, () => sent().length >= least, ARRIVAL_MILLISECONDS).catch(
    (error: unknown) => {
      throw new Error(`arrived: ${JSON.stringify(arrived)}`, { cause: error });
    },
  );
  const found = sent();
  arrived.length = 0;
  return found;
}

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
const listing = JSON.parse(readFileSync(path.join(ROOT, 'telemetry.json'), 'utf8')) as Listing;
const COMMON = {
  'common.extversion': version,
  'common.vscodeversion': expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
  'common.os': process.platform,
  'common.nodeArch': process.arch,
};
const failure = {
  ver: 2,
  name: 'slowcatch.slowcatch/failure',
  properties: { ...COMMON, code: 'not-trusted' },
};
const command = (name: string) => ({
  ...{ ver: 2, name: 'slowcatch.slowcatch/command', properties: { ...COMMON, name } },
});

/** As in telemetry.json, without what it says of them. */
const namesIn = (sent: readonly Sent[]) =>
  Object.fromEntries(
    sent.map(({ data: { baseData } }) => [
      baseData.name.replace('slowcatch.slowcatch/', ''),
      Object.keys(baseData.properties).filter(name => !(name in listing.commonProperties)),
    ]),
  );
const LISTED = Object.fromEntries(
  Object.entries(listing.events).map(([name, properties]) => [name, Object.keys(properties)]),
);

test('what leaves is what the user shares: nothing, codes of errors, or names of commands too', async () => {
  await use();
  await share('error');
  await use();
  // What the first use had sent would have come before.
  const ofErrors = await events(1);
  expect(ofErrors.map(({ data }) => data.baseData)).toEqual([failure]);

  await share('all');
  await use();
  const ofAll = await events(3);
  expect(ofAll.map(({ data }) => data.baseData)).toEqual([
    command('toggleHints'),
    command('profileCurrent'),
    failure,
  ]);

  // Of machine, session or user: nothing.
  expect([...ofErrors, ...ofAll].map(({ tags }) => tags)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(namesIn(ofAll)).toEqual(LISTED);
}, 240_000);

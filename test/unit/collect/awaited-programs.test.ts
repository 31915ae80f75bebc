import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AwaitedPrograms, type AwaitedLaunch } from '../../../src/collect/awaited-programs.ts';
import { AGENT_VARIABLE, type AgentConfiguration } from '../../../src/contracts/agent.ts';
import { microseconds } from '../../../src/contracts/units.ts';

const CONFIGURATION: AgentConfiguration = {
  version: 1,
  agent: '/my files/agent.cjs',
  socket: '/tmp/s',
  token: 'secret',
  folder: '/recordings/1',
  intervalMicroseconds: microseconds(1000),
};
const REQUIRE = '--require "/my files/agent.cjs"';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-awaited-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function environment(launch: Partial<AwaitedLaunch>): Promise<Record<string, string | null>> {
  const programs = new AwaitedPrograms();
  await programs.begin(CONFIGURATION);
  return programs.environment({ env: {}, flags: [], isDebugged: false, ...launch });
}

describe('the environment of a program that the editor starts', () => {
  test('has the agent, and what the configuration says', async () => {
    const env = await environment({ env: { PORT: '80', OFF: null } });
    expect(env).toMatchObject({ PORT: '80', OFF: null, NODE_OPTIONS: REQUIRE });
    expect(JSON.parse(env[AGENT_VARIABLE] ?? '')).toEqual({ ...CONFIGURATION, isDebugged: false });
  });

  test('keeps NODE_OPTIONS of the configuration, else of its file, else of what it inherits', async () => {
    const envFile = path.join(folder, '.env');
    writeFileSync(envFile, 'NODE_OPTIONS=--of-file\n');
    const inheritedNodeOptions = '--inherited';
    const options = async (launch: Partial<AwaitedLaunch>) => (await environment(launch))['NODE_OPTIONS'];
    expect(await options({ env: { NODE_OPTIONS: '--own' }, envFile, inheritedNodeOptions })).toBe(
      `--own ${REQUIRE}`,
    );
    expect(await options({ envFile, inheritedNodeOptions })).toBe(`--of-file ${REQUIRE}`);
    expect(await options({ inheritedNodeOptions })).toBe(`--inherited ${REQUIRE}`);
    expect(await options({ env: { NODE_OPTIONS: null }, envFile, inheritedNodeOptions })).toBe(REQUIRE);
  });

  test('is refused under the permission model, which would end the program for the agent', async () => {
    await expect(
      environment({ flags: ['-r', './setup.js', '--experimental-permission'] }),
    ).rejects.toMatchObject({
      code: 'permission-model',
    });
    await expect(environment({ env: { NODE_OPTIONS: '--permission' } })).rejects.toMatchObject({
      code: 'permission-model',
    });
    expect(await environment({ flags: ['app.js', '--permission'] })).toBeDefined();
  });

  test('of a file that is not there cannot be made', async () => {
    await expect(environment({ envFile: path.join(folder, 'none') })).rejects.toMatchObject({
      code: 'launch-env-file-missing',
    });
  });
});

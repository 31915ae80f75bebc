import { describe, expect, test } from 'vitest';
import { AGENT_VARIABLE, type AgentConfiguration } from '../../../src/contracts/agent.ts';
import { microseconds } from '../../../src/contracts/units.ts';
import { withAgent } from '../../../src/agent/spread.ts';
import { readConfiguration } from '../../../src/agent/configuration.ts';

const configuration: AgentConfiguration = {
  version: 1,
  agent: '/opt/slow catch/agent.cjs',
  socket: '/tmp/s',
  token: 't',
  folder: '/tmp/r',
  intervalMicroseconds: microseconds(1000),
};

describe("an environment of the program's own making", () => {
  test('gets the agent, and keeps what it has', () => {
    const given = { A: '1', NODE_OPTIONS: '--max-old-space-size=100' };
    const made = withAgent(given, configuration);
    expect(made['A']).toBe('1');
    expect(made['NODE_OPTIONS']).toBe('--max-old-space-size=100 --require "/opt/slow catch/agent.cjs"');
    expect(readConfiguration(made)).toEqual(configuration);
    expect(given).toEqual({ A: '1', NODE_OPTIONS: '--max-old-space-size=100' });
  });

  test('that has inherited the agent stays as it is', () => {
    const given = withAgent({ A: '1' }, configuration);
    expect(withAgent(given, configuration)).toBe(given);
    const unquoted = { ...given, NODE_OPTIONS: '--require C:\\agent.cjs' };
    const agent = 'C:/agent.cjs';
    const told = { [AGENT_VARIABLE]: JSON.stringify({ ...configuration, agent }) };
    expect(withAgent({ ...unquoted, ...told }, { ...configuration, agent })['NODE_OPTIONS']).toBe(
      '--require C:\\agent.cjs',
    );
  });

  test('that has inherited it but for NODE_OPTIONS, which the program has replaced, gets it again', () => {
    const given = { ...withAgent({}, configuration), NODE_OPTIONS: '--max-old-space-size=4096' };
    expect(withAgent(given, configuration)['NODE_OPTIONS']).toBe(
      '--max-old-space-size=4096 --require "/opt/slow catch/agent.cjs"',
    );
  });

  test('that has inherited the agent of an earlier recording is told of this one', () => {
    const given = withAgent({}, { ...configuration, folder: '/tmp/earlier' });
    expect(readConfiguration(withAgent(given, configuration))).toEqual(configuration);
    expect(withAgent(given, configuration)['NODE_OPTIONS']).toBe(given['NODE_OPTIONS']);
  });
});

describe('the configuration in the environment', () => {
  test('is not there in programs that are none of ours', () => {
    expect(readConfiguration({})).toBeUndefined();
    expect(readConfiguration({ [AGENT_VARIABLE]: '' })).toBeUndefined();
  });

  test('of another version is not taken', () => {
    expect(readConfiguration({ [AGENT_VARIABLE]: '{"version":99}' })).toBeUndefined();
  });
});

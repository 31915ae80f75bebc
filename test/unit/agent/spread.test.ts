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
    const given = { [AGENT_VARIABLE]: JSON.stringify(configuration), NODE_OPTIONS: '--require x' };
    expect(withAgent(given, configuration)).toBe(given);
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

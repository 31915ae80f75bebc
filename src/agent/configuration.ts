import { AGENT_PROTOCOL_VERSION, AGENT_VARIABLE, type AgentConfiguration } from '../contracts/agent.ts';

/** The configuration that the host put into the environment; undefined when this process is none of ours. */
export function readConfiguration(environment: NodeJS.ProcessEnv): AgentConfiguration | undefined {
  const text = environment[AGENT_VARIABLE];
  if (!text) return undefined;
  const value = JSON.parse(text) as AgentConfiguration;
  return value.version === AGENT_PROTOCOL_VERSION ? value : undefined;
}

/** NODE_OPTIONS entry that loads the agent. In NODE_OPTIONS a backslash is an escape, so the path has none. */
export function requireOption(agent: string): string {
  return `--require "${agent.replace(/\\/g, '/')}"`;
}

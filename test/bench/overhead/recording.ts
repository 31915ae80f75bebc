/** The host's end of a recording, with nothing around it: what is measured is the agent. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  AGENT_PROTOCOL_VERSION,
  AGENT_VARIABLE,
  type AgentConfiguration,
} from '../../../src/contracts/agent.ts';
import { RUNTIME_FILE, THREAD_FOLDER_PATTERN } from '../../../src/contracts/recording-files.ts';
import type { OverheadRecord, RuntimeRecord } from '../../../src/contracts/recording.ts';
import { microseconds } from '../../../src/contracts/units.ts';
import { AgentServer } from '../../../src/collect/agent-server.ts';
import { createRecordingFolder } from '../../../src/collect/recording-folder.ts';
import { withNodeOptions } from '../../../src/collect/launch/node-options.ts';

const AGENT_GONE_TIMEOUT_MILLISECONDS = 10_000;

/** What is recorded besides the CPU profile. */
export type RecordingOptions = Pick<AgentConfiguration, 'allocations' | 'leaks' | 'operations' | 'kind'>;

export type Environment = Readonly<Record<string, string>>;

export class Recording {
  private readonly problems: string[] = [];

  private constructor(
    private readonly server: AgentServer,
    readonly folder: string,
    private readonly agent: string,
    private readonly options: RecordingOptions,
  ) {
    server.on('problem', ({ code, detail }) => this.problems.push(`${code}: ${detail}`));
  }

  static async open(agent: string, options: RecordingOptions = {}): Promise<Recording> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-'));
    await createRecordingFolder(folder);
    const server = new AgentServer();
    await server.listen();
    return new Recording(server, folder, agent, options);
  }

  /** The environment that lets a program record itself into this recording, every millisecond. */
  environment(base: Environment): Environment {
    const configuration: AgentConfiguration = {
      version: AGENT_PROTOCOL_VERSION,
      agent: this.agent,
      socket: this.server.path,
      token: this.server.token,
      folder: this.folder,
      intervalMicroseconds: microseconds(1000),
      ...this.options,
    };
    return {
      ...withNodeOptions(base, ['--require', this.agent]),
      [AGENT_VARIABLE]: JSON.stringify(configuration),
    };
  }

  /**
   * Ends the recording and removes it; answers what it cost its (one) program's main thread. `read` gets its folder before.
   */
  async close(read?: (folder: string) => void): Promise<OverheadRecord> {
    await this.server.stopAgents(AGENT_GONE_TIMEOUT_MILLISECONDS);
    await this.server.dispose();
    read?.(this.folder);
    const overhead = this.records().findLast(record => record.type === 'overhead');
    rmSync(this.folder, { recursive: true });
    if (this.problems.length > 0) throw new Error(`the agent reported ${this.problems.join(', ')}`);
    if (overhead?.type !== 'overhead') throw new Error('the agent recorded nothing');
    return overhead;
  }

  private records(): RuntimeRecord[] {
    const thread = readdirSync(this.folder).find(name => THREAD_FOLDER_PATTERN.test(name));
    if (!thread) return [];
    const text = readFileSync(path.join(this.folder, thread, RUNTIME_FILE), 'utf8');
    return text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as RuntimeRecord);
  }
}

/** Our own environment without what another profiler or test runner may have put there. */
export function plainEnvironment(): Environment {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...rest } = process.env;
  return Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

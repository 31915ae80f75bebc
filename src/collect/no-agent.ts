/** Says within seconds, with the reason as far as it can be known, that no agent reports from a program. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { BYSTANDERS_FILE, THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import { BystanderSchema, type Bystander } from '../contracts/recording.ts';
import type { UserErrorCode } from '../contracts/user-error.ts';

const PATIENCE_SECONDS = 5;
/** npm and its like may build something before they start the program. */
const PATIENCE_WITH_WRAPPERS_SECONDS = 15;

const BYSTANDER_LINE = v.pipe(v.string(), v.parseJson(), BystanderSchema);

type Problem = { code: UserErrorCode; values: Record<string, string | number> };

export interface Watched {
  readonly folder: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

export class NoAgentWatch {
  private timer: NodeJS.Timeout | undefined;
  private seconds = 0;
  private heard = false;
  private said = false;
  /** Processes, with the reason: every thread of one has noted it. */
  private readonly bystanders = new Set<string>();

  constructor(
    private readonly watched: Watched,
    private readonly report: (problem: Problem) => void,
  ) {}

  start(): void {
    if (this.heard || this.seconds >= PATIENCE_WITH_WRAPPERS_SECONDS) return;
    this.timer = setTimeout(() => {
      this.seconds += PATIENCE_SECONDS;
      this.check(false).catch((error: unknown) =>
        this.report({ code: 'internal', values: { detail: String(error) } }),
      );
    }, PATIENCE_SECONDS * 1000);
  }

  reported(): void {
    this.heard = true;
    clearTimeout(this.timer);
  }

  /** The recording ends: say it now if nothing ever came. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.check(true);
  }

  private async check(ended: boolean): Promise<void> {
    // A folder that somebody has removed is said when the recording is closed.
    if (!existsSync(this.watched.folder)) return;
    const names = await fs.readdir(this.watched.folder);
    const bystanders = await readBystanders(path.join(this.watched.folder, BYSTANDERS_FILE));
    for (const bystander of bystanders) this.reportBystander(bystander);
    if (this.heard || this.said || names.some(name => THREAD_FOLDER_PATTERN.test(name))) return;
    if (bystanders.some(({ reason }) => reason !== 'wrapper')) return;
    const mayStillCome = bystanders.length > 0 && this.seconds < PATIENCE_WITH_WRAPPERS_SECONDS;
    if (mayStillCome && !ended) this.start();
    else this.sayNoAgent();
  }

  private sayNoAgent(): void {
    this.said = true;
    const seconds = Math.max(this.seconds, PATIENCE_SECONDS);
    const endedAtOnce = this.seconds === 0;
    this.report({ code: 'no-agent', values: { seconds, ...explain(this.watched.command, endedAtOnce) } });
  }

  private reportBystander({ reason, pid, nodeVersion, detail }: Bystander): void {
    const key = `${pid} ${reason}`;
    if (reason === 'wrapper' || this.bystanders.has(key)) return;
    this.bystanders.add(key);
    this.report({ code: reason, values: { pid, version: nodeVersion, detail: detail ?? '' } });
  }
}

async function readBystanders(file: string): Promise<Bystander[]> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap(bystander);
}

/** None where the line is cut off: its process was killed, or the disk is full. */
function bystander(line: string): Bystander[] {
  const parsed = v.safeParse(BYSTANDER_LINE, line);
  return parsed.success ? [parsed.output] : [];
}

const FOREIGN_RUNTIMES: Readonly<Record<string, string>> = {
  bun: 'Bun does not run Node.js agents',
  deno: 'Deno does not run Node.js agents',
  docker: 'the program runs inside a container, where the agent and the recording folder do not exist',
  podman: 'the program runs inside a container, where the agent and the recording folder do not exist',
};

/** Why nothing reports, and what to do: at a terminal, and in the editor. */
interface Explanation {
  readonly reason: string;
  readonly advice: string;
  readonly editorAdvice: string;
}

const APPEND = 'Append to NODE_OPTIONS instead of setting it';
const WAITS = 'Attach a debugger and continue the program there, or leave that option out.';

function explain(command: readonly string[], endedAtOnce: boolean): Explanation {
  const words = command.flatMap(word => word.split(/[\s/\\]+/)).map(word => word.replace(/\.(exe|cmd)$/, ''));
  const foreign = words.find(word => Object.hasOwn(FOREIGN_RUNTIMES, word));
  if (foreign)
    return {
      reason: FOREIGN_RUNTIMES[foreign] ?? '',
      advice: 'Run it with Node.js, or start it with --inspect and use `slowcatch attach`.',
      editorAdvice: 'Run it with Node.js, or start it with --inspect and attach to that port.',
    };
  if (command.some(word => /NODE_OPTIONS=|cross-env/.test(word)))
    return {
      reason: 'the command sets NODE_OPTIONS itself, which drops the agent',
      advice: `${APPEND}, or use \`slowcatch attach <pid>\`.`,
      editorAdvice: `${APPEND}, or attach to the running process.`,
    };
  const waits = words.find(word => /^--inspect-(?:brk|wait)(?:=|$)/.test(word));
  if (waits)
    return {
      reason: `it waits for a debugger (${waits})`,
      advice: WAITS,
      editorAdvice: WAITS,
    };
  return {
    reason: `it is not Node.js, ${endedAtOnce ? 'ended before the agent was up, ' : ''}runs under --permission, waits for a debugger (--inspect-brk, --inspect-wait), or a script on the way sets NODE_OPTIONS itself, which drops the agent`,
    advice: `${APPEND}, leave the other options out, or use \`slowcatch attach <pid>\`.`,
    editorAdvice: `${APPEND}, leave the other options out, or attach to the running process.`,
  };
}

/** The inspector of a process: the one that is open, else the one that SIGUSR1 opens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../contracts/user-error.ts';
import { probe } from './inspector-http.ts';
import { listenersOf, portOwner } from './linux-sockets.ts';
import { catchesSigusr1, processError, type ProcessFacts } from './process-facts.ts';
import { formatAddress, type InspectorAddress } from './target.ts';

export interface FoundInspector {
  readonly address: InspectorAddress;
  /** It was closed before: whoever opened it closes it. */
  readonly opened: boolean;
}

/** A program that has just been started catches signals a little later. */
const START_MILLISECONDS = 1000;
/**
 * Node's signal thread interrupts JavaScript, however long it runs, but not a native call. An inspector that opens
 * after we have given up is closed by nobody, so this is longer than most native calls (a build by `execSync`).
 */
const OPEN_MILLISECONDS = 15_000;
const POLL_MILLISECONDS = 25;

/** Throws `attach-port-taken`, `attach-no-signal`, `attach-no-inspector`. */
export async function findInspector(facts: ProcessFacts): Promise<FoundInspector> {
  try {
    const search = new Search(facts);
    const open = await search.among(await search.likely());
    if (open) return { address: open, opened: false };
    await refuseTakenPort(facts);
    await openBySignal(facts.pid);
    const address = await until(OPEN_MILLISECONDS, async () => search.among(await search.all()));
    if (address) return { address, opened: true };
    throw new UserError('attach-no-inspector', { pid: facts.pid, seconds: OPEN_MILLISECONDS / 1000 });
  } catch (error) {
    throw processError(facts.pid, error);
  }
}

/**
 * Looks through the addresses that may be the inspector. On Linux these are the process's own listening sockets;
 * elsewhere only the port of its options, so the session has to check whose it is. Each is asked once: a server of
 * the program may be among them.
 */
class Search {
  private readonly others = new Set<string>();

  constructor(private readonly facts: ProcessFacts) {}

  async all(): Promise<readonly InspectorAddress[]> {
    if (process.platform === 'linux') return listenersOf(this.facts.pid);
    return [{ host: '127.0.0.1', port: this.facts.inspectPort }];
  }

  /** Before the signal: what is bound to loopback, as inspectors are by default, or has the inspector's port. */
  async likely(): Promise<readonly InspectorAddress[]> {
    if (process.platform !== 'linux') return this.all();
    const listeners = await listenersOf(this.facts.pid);
    const likely = listeners.filter(one => one.loopback || one.port === this.facts.inspectPort);
    for (const other of listeners) if (!likely.includes(other)) this.others.add(formatAddress(other));
    return likely;
  }

  async among(addresses: readonly InspectorAddress[]): Promise<InspectorAddress | undefined> {
    for (const address of addresses) {
      const name = formatAddress(address);
      if (this.others.has(name)) continue;
      const { kind } = await probe(address);
      if (kind === 'node') return address;
      if (kind === 'other') this.others.add(name);
    }
    return undefined;
  }
}

/** Node would only say on the program's standard error that its port is taken. */
async function refuseTakenPort({ pid, inspectPort: port }: ProcessFacts): Promise<void> {
  if (port === 0 || (await probe({ host: '127.0.0.1', port })).kind === 'closed') return;
  const owner = process.platform === 'linux' ? await portOwner(port, pid) : undefined;
  throw new UserError('attach-port-taken', {
    pid,
    port,
    owner: owner ? `process ${owner}` : 'another process',
  });
}

/** SIGUSR1 ends a process that does not catch it, so this is made sure of first. */
async function openBySignal(pid: number): Promise<void> {
  if (process.platform === 'win32') return openOnWindows(pid);
  const caught = await until(START_MILLISECONDS, async () => (await catchesSigusr1(pid)) || undefined);
  if (!caught) throw new UserError('attach-no-signal', { pid });
  process.kill(pid, 'SIGUSR1');
}

/** Node's stand-in for SIGUSR1; it throws when the process is no Node. */
function openOnWindows(pid: number): void {
  const { _debugProcess } = process as unknown as { _debugProcess: (pid: number) => void };
  try {
    _debugProcess(pid);
  } catch (error) {
    throw new UserError('attach-not-node', { pid, name: 'another program' }, error);
  }
}

/** Asks until there is an answer; undefined when there is none in time. */
async function until<T>(milliseconds: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > deadline) return answer;
    await sleep(POLL_MILLISECONDS);
  }
}

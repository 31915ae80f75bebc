/**
 * Attaching to a running program: the agent comes in through the inspector, which is let go of at once.
 *
 *   pid ──► is it Node, and ours? ──► its inspector, opened if need be ──┐
 *   host:port, ws://… ───────────────────────────────────────────────────┴─► session ──► agent in every thread
 *                                      recording runs without it   ◄── closed ◄── session ends
 *
 * A session that stayed would hold the program at its end ("Waiting for the debugger to disconnect…"), and an
 * inspector that stayed open would keep port 9229 from the next program.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentConfiguration } from '../../contracts/agent.ts';
import { UserError } from '../../contracts/user-error.ts';
import { evaluation } from './cdp-channel.ts';
import { atRest, closeBody, type Identity } from './expressions.ts';
import { evaluateAtRest } from './evaluate-at-rest.ts';
import { findInspector, type FoundInspector } from './find-inspector.ts';
import { identify, injectMain, refuse } from './inject.ts';
import { injectWorkers } from './inject-workers.ts';
import { resolveHost, sessionPath } from './inspector-http.ts';
import { InspectorSession } from './inspector-session.ts';
import { examineProcess, isRunning } from './process-facts.ts';
import { formatAddress, parseTarget, type InspectorAddress } from './target.ts';
import { takesConnections, watch } from './watch.ts';

export interface Attachment {
  /** The program's own process id, as its agent reports it. */
  readonly pid: number;
  /** Its command line, for display. */
  readonly title: string;
  readonly nodeVersion: string;
  /** What the user should know, a sentence each. */
  readonly notes: readonly string[];
  /** Resolves when the program is gone, or after `detach`. */
  readonly closed: Promise<void>;
  /** To be called after the agents were asked to stop, which removes their hooks. Nothing stays in the program. */
  detach(): Promise<void>;
}

const CLOSE_TIMEOUT_MILLISECONDS = 1000;
const BUSY_DELAY_MILLISECONDS = 3000;
const CLOSED_ATTEMPTS = 10;
const CLOSED_PAUSE_MILLISECONDS = 25;

/**
 * Attaches to a process id, to `host:port` of an inspector, or to its `ws://` address. The host is the user's choice;
 * a process is only looked for on this machine. Throws a `UserError` for everything that can be wrong with the
 * target; the program is then as it was.
 */
export async function attachTo(target: string, configuration: AgentConfiguration): Promise<Attachment> {
  const parsed = parseTarget(target);
  if (parsed.kind === 'process') return attachToProcess(parsed.pid, configuration);
  const address = await resolveHost(parsed.address);
  const path = parsed.kind === 'session' ? parsed.path : undefined;
  const entered = await enter({ address, opened: false }, configuration, { path });
  return attachment(entered, () => takesConnections(address));
}

async function attachToProcess(pid: number, configuration: AgentConfiguration): Promise<Attachment> {
  const facts = await examineProcess(pid);
  const inspector = await findInspector(facts);
  const entered = await enter(inspector, configuration, { pid: facts.innerPid });
  return attachment(entered, () => isRunning(pid));
}

interface Entered {
  readonly identity: Identity;
  readonly notes: readonly string[];
}

interface Expected {
  readonly pid?: number;
  readonly path?: string | undefined;
}

async function enter(
  inspector: FoundInspector,
  given: AgentConfiguration,
  expected: Expected,
): Promise<Entered> {
  const { address, opened } = inspector;
  const configuration: AgentConfiguration = opened ? given : { ...given, hasDebugger: true };
  const session = await InspectorSession.open(address, expected.path ?? (await sessionPath(address)));
  try {
    const identity = verified(await identify(session, configuration), expected, address);
    refuse(identity);
    await injectMain(session, configuration, identity);
    const notes = await injectWorkers(session, configuration);
    return { identity, notes: [...notes, ...(await leave(session, inspector, identity.pid))] };
  } catch (error) {
    await leave(session, inspector, expected.pid);
    throw error;
  }
}

function verified(identity: Identity | null, { pid }: Expected, address: InspectorAddress): Identity {
  if (!identity) {
    const reason = 'there is no Node.js behind it';
    throw new UserError('attach-not-inspector', { address: formatAddress(address), reason });
  }
  if (pid === undefined || !identity.started || identity.pid === pid) return identity;
  throw new UserError('attach-port-taken', { pid, port: address.port, owner: `process ${identity.pid}` });
}

/** Closes the inspector, if it was us who opened it, and the session. Answers what the user should know about it. */
async function leave(
  session: InspectorSession,
  { address, opened }: FoundInspector,
  pid: number | undefined,
): Promise<string[]> {
  if (opened) await closeInspector(session, pid);
  await session.close();
  if (!opened)
    return ['The inspector was open already: if a debugger is attached to it, the times are distorted.'];
  const said = 'Node wrote "Debugger listening on …" to the standard error of the program.';
  for (let attempt = 0; attempt < CLOSED_ATTEMPTS; attempt++) {
    if (!(await takesConnections(address))) return [said];
    await sleep(CLOSED_PAUSE_MILLISECONDS);
  }
  return [said, `The inspector at ${formatAddress(address)} closes as soon as the program is free.`];
}

/**
 * The program closes the session together with its inspector. We must not close it at the same moment: Node then
 * writes two closing frames, and crashes (`WsHandler::OnCloseFrameWritten` in src/inspector_socket.cc, seen on 20, 22,
 * 24 and 26). A program that is busy gets the time to see the end of our session before it closes the inspector.
 */
async function closeInspector(session: InspectorSession, pid: number | undefined): Promise<void> {
  try {
    await evaluateAtRest(session, closeBody(pid, 1), CLOSE_TIMEOUT_MILLISECONDS);
    if (await session.closedByOther(CLOSE_TIMEOUT_MILLISECONDS)) return;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  const expression = atRest(closeBody(pid, BUSY_DELAY_MILLISECONDS), true);
  session.post('Runtime.evaluate', evaluation(expression, false));
}

function attachment({ identity, notes }: Entered, isThere: () => Promise<boolean>): Attachment {
  const { gone, end } = watch(isThere);
  const { pid, version, execArgv, argv } = identity;
  return {
    pid,
    title: ['node', ...execArgv, ...argv.slice(1)].join(' ').replaceAll(/\s+/g, ' '),
    nodeVersion: version,
    notes,
    closed: gone,
    detach: async () => {
      end();
      await gone;
    },
  };
}

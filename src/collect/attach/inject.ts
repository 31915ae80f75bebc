/** Brings the agent into a running program through a session with its inspector. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { AgentConfiguration, AttachOutcome } from '../../contracts/agent.ts';
import { UserError, type UserErrorCode } from '../../contracts/user-error.ts';
import type { CdpChannel } from './cdp-channel.ts';
import { evaluateAtRest } from './evaluate-at-rest.ts';
import { attachBody, identityBody, IdentitySchema, type Identity } from './expressions.ts';

const IDENTITY_TIMEOUT_MILLISECONDS = 5000;
/** Loads the bundle and starts a worker thread: 20–90 ms on an idle machine. */
const ATTACH_TIMEOUT_MILLISECONDS = 10_000;
/** For a program that has just been started, or whose last agent is about to leave. */
const READY_ATTEMPTS = 20;
const READY_PAUSE_MILLISECONDS = 100;
const OLDEST_NODE = 20;

/** Who is there; null when it is no Node, or answers what no Node does. Waits a little for one that will soon be ready for an agent. */
export async function identify(
  session: CdpChannel,
  configuration: AgentConfiguration,
): Promise<Identity | null> {
  const body = identityBody(configuration);
  for (let attempt = 1; ; attempt++) {
    const answer = await evaluateAtRest<unknown>(session, body, IDENTITY_TIMEOUT_MILLISECONDS);
    if (answer === undefined) throw new UserError('attach-waiting');
    const parsed = v.safeParse(IdentitySchema, answer);
    const identity = parsed.success ? parsed.output : null;
    const ready = identity?.started && !identity.active;
    if (!identity || ready || attempt === READY_ATTEMPTS) return identity;
    await sleep(READY_PAUSE_MILLISECONDS);
  }
}

/** Throws for a program that cannot be recorded, before anything is loaded into it. */
export function refuse(identity: Identity): void {
  const { pid, version, unusable } = identity;
  if (Number.parseInt(version.slice(1), 10) < OLDEST_NODE)
    throw new UserError('node-too-old', { pid, version });
  if (!identity.started) throw new UserError('attach-waiting');
  if (identity.restricted) throw new UserError('permission-model');
  if (identity.active) throw new UserError('attach-active', { pid });
  if (unusable) throw new UserError('attach-files', { pid, ...unusable });
}

/** Starts the agent in the main thread. */
export async function injectMain(
  session: CdpChannel,
  configuration: AgentConfiguration,
  identity: Identity,
): Promise<void> {
  const { outcome, detail } = await attach(session, configuration, ATTACH_TIMEOUT_MILLISECONDS);
  if (outcome === 'started') return;
  const codes: Partial<Record<AttachOutcome['outcome'], UserErrorCode>> = {
    active: 'attach-active',
    wrapper: 'attach-wrapper',
  };
  const program = identity.argv[1] ?? '';
  throw new UserError(codes[outcome] ?? 'agent-failed', {
    pid: identity.pid,
    program,
    detail: detail || outcome,
  });
}

/** A failure to load the bundle is an outcome like one that the bundle itself reports. */
export async function attach(
  channel: CdpChannel,
  configuration: AgentConfiguration,
  timeoutMilliseconds: number,
): Promise<AttachOutcome> {
  try {
    const body = attachBody(configuration);
    const outcome = await evaluateAtRest<AttachOutcome>(channel, body, timeoutMilliseconds);
    return outcome ?? { outcome: 'failed', detail: 'it has not begun yet' };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'attach-answer') throw error;
    const [detail = ''] = String(error.cause).split('\n');
    return { outcome: 'failed', detail };
  }
}

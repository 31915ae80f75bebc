/** The HTTP side of an inspector: what it is and where its session is. */
import dns from 'node:dns/promises';
import http from 'node:http';
import net from 'node:net';
import { UserError } from '../../contracts/user-error.ts';
import { formatAddress, type InspectorAddress } from './target.ts';

/** Node's inspector answers from a thread of its own, so a busy program does not delay it. */
const TIMEOUT_MILLISECONDS = 2000;
const LONGEST_ANSWER = 256 * 1024;

/**
 * What answers at an address: Node's inspector, something else (with a word on what it is), or nothing at all
 * (with the system's reason).
 */
export type Answer =
  | { readonly kind: 'node' }
  | { readonly kind: 'other'; readonly detail: string }
  | { readonly kind: 'closed'; readonly detail: string };

export async function probe(address: InspectorAddress): Promise<Answer> {
  try {
    const version = field(JSON.parse(await get(address, '/json/version')), 'Browser');
    if (version.startsWith('node.js/')) return { kind: 'node' };
    return { kind: 'other', detail: version === '' ? UNKNOWN : `it says "${printable(version)}"` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError) return { kind: 'other', detail: UNKNOWN };
    if (code !== undefined && REFUSALS.has(code)) return { kind: 'closed', detail: code };
    return { kind: 'other', detail: message };
  }
}

/**
 * Path of the one session that Node's inspector offers. Of the answer only the path is used: it could name
 * any other host. Throws `attach-port-closed`, `attach-not-inspector`.
 */
export async function sessionPath(address: InspectorAddress): Promise<string> {
  const answer = await probe(address);
  const where = formatAddress(address);
  if (answer.kind === 'closed')
    throw new UserError('attach-port-closed', { address: where, reason: answer.detail });
  if (answer.kind === 'other')
    throw new UserError('attach-not-inspector', { address: where, reason: answer.detail });
  const targets = await json(address, '/json/list');
  const [first] = Array.isArray(targets) ? (targets as unknown[]) : [];
  const url = field(first, 'webSocketDebuggerUrl');
  if (!URL.canParse(url))
    throw new UserError('attach-not-inspector', { address: where, reason: 'it offers no session' });
  return new URL(url).pathname;
}

/** Node's inspector takes no other names than IP addresses and `localhost`. Throws `attach-port-closed`. */
export async function resolveHost(address: InspectorAddress): Promise<InspectorAddress> {
  if (net.isIP(address.host) || address.host === 'localhost') return address;
  try {
    return { ...address, host: (await dns.lookup(address.host)).address };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UserError('attach-port-closed', { address: formatAddress(address), reason: code }, error);
  }
}

/** Undefined for an answer that is no JSON. Throws `attach-not-inspector` where there is none. */
async function json(address: InspectorAddress, path: string): Promise<unknown> {
  const text = await get(address, path).catch((error: unknown) => {
    const reason = (error as Error).message;
    throw new UserError('attach-not-inspector', { address: formatAddress(address), reason }, error);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const UNKNOWN = 'it answers something else';

const printable = (text: string): string => text.slice(0, 60).replaceAll(/[^ -~]/g, '?');

const REFUSALS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
]);

function get({ host, port }: InspectorAddress, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const fail = (error: Error): void =>
      reject(signal.aborted ? new Error(`it did not answer within ${TIMEOUT_MILLISECONDS / 1000} s`) : error);
    const request = http.get({ host, port, path, signal, agent: false }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > LONGEST_ANSWER) request.destroy(new Error('its answer is too long'));
      });
      response.on('end', () => resolve(text));
      response.on('error', fail);
    });
    request.on('error', fail);
  });
}

function field(value: unknown, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
}

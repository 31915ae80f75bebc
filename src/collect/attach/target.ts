import { UserError } from '../../contracts/user-error.ts';

/** Where an inspector listens. */
export interface InspectorAddress {
  /** Name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

export type Target =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'address'; readonly address: InspectorAddress }
  | { readonly kind: 'session'; readonly address: InspectorAddress; readonly path: string };

const PROCESS = /^\d{1,10}$/;
const ADDRESS = /^(?:http:\/\/)?(?<host>[\w.-]*|\[[\da-f:.]+\]):(?<port>\d{1,5})\/?$/i;
const SESSION = /^ws:\/\/(?<host>[\w.-]+|\[[\da-f:.]+\]):(?<port>\d{1,5})(?<path>\/[\w./-]+)$/i;

/**
 * Reads `4711` (process id), `host:9229`, `[::1]:9229`, `:9229` (this machine) or `ws://host:9229/id`, as Node prints it.
 * Throws `attach-target`.
 */
export function parseTarget(text: string): Target {
  const target = text.trim();
  if (PROCESS.test(target) && Number(target) > 0) return { kind: 'process', pid: Number(target) };
  const session = SESSION.exec(target)?.groups;
  if (session) return { kind: 'session', address: addressOf(session, text), path: session['path'] ?? '/' };
  const address = ADDRESS.exec(target)?.groups;
  if (address) return { kind: 'address', address: addressOf(address, text) };
  throw new UserError('attach-target', { target: text });
}

/** `127.0.0.1:9229`, `[::1]:9229`. */
export function formatAddress({ host, port }: InspectorAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function addressOf(groups: Readonly<Record<string, string>>, text: string): InspectorAddress {
  const port = Number(groups['port']);
  if (port < 1 || port > 65_535) throw new UserError('attach-target', { target: text });
  return { host: (groups['host'] || '127.0.0.1').replaceAll(/[[\]]/g, ''), port };
}

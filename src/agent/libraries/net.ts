/** node:net and node:tls: from `connect` until the connection is there, or its TLS handshake done. */
import net from 'node:net';
import { errorMonitor, type EventEmitter } from 'node:events';
import type { OpenWait } from '../operations/follow.ts';
import { type Library } from './library.ts';
import { endOfPath } from './places.ts';
import { endingWhenThrown } from './waiting-call.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

type Socket = net.Socket & { readonly encrypted?: boolean };

export const nodeNet: Library = {
  builtin: follow => [
    wrapMethod<Socket>(
      net.Socket.prototype,
      'connect',
      original =>
        function (...parameters) {
          const wait = follow.wait('connect', 'node:net', follow.current() && target(parameters));
          if (!wait) return apply(original, this, parameters);
          endsWithEvent(wait, this, this.encrypted ? 'secureConnect' : 'connect');
          return endingWhenThrown(wait, original, this, parameters);
        },
    ),
  ],
};

/** Listeners that are gone with the first of them. */
function endsWithEvent(wait: OpenWait, socket: Socket, event: string): void {
  const events: EventEmitter = socket;
  const ended = (): void => {
    wait.end();
    for (const name of [event, 'close', errorMonitor]) events.removeListener(name, ended);
  };
  for (const name of [event, 'close', errorMonitor]) events.prependListener(name, ended);
}

/** `(options)`, `(port, host)`, `(path)`, or these as Node hands them on: in a list. */
function target(parameters: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(parameters[0]) ? (parameters[0] as unknown[]) : parameters;
  if (typeof first === 'object' && first !== null) {
    const { path, host, port } = first as net.TcpNetConnectOpts & { path?: string };
    return path ? endOfPath(path) : `${host ?? 'localhost'}:${port}`;
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return endOfPath(first);
  return `${typeof second === 'string' ? second : 'localhost'}:${String(first)}`;
}

/**
 * Requests by node:http and node:https: from the request until the last of the answer's body.
 *
 *   Agent.addRequest              before it connects, or while it is queued for a socket
 *   http.client.request.created   22: those with another agent, or with none
 *   http.client.request.start     20: the same, when they have been sent
 *   http.client.response.finish   comes with the answer's headers: its body is timed by `end`
 */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import type { Follow, OpenWait } from '../operations/follow.ts';
import { subscribed } from './channels.ts';
import type { Library } from './library.ts';
import { addressDetail } from './places.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

interface Sent {
  readonly request: ClientRequest;
}

export const httpClient: Library = {
  builtin: (follow: Follow) => {
    const open = new WeakMap<ClientRequest, OpenWait>();
    const begun = ({ request }: Sent): void => {
      if (open.has(request)) return;
      const wait = follow.wait('http', 'node:http', () => address(request));
      if (!wait) return;
      open.set(request, wait);
      request.prependOnceListener('close', () => wait.end());
    };
    return [
      wrapMethod(
        http.Agent.prototype,
        'addRequest',
        original =>
          function (...parameters) {
            begun({ request: parameters[0] as ClientRequest });
            return apply(original, this, parameters);
          },
      ),
      subscribed('http.client.request.created', begun),
      subscribed('http.client.request.start', begun),
      subscribed<Sent>('http.client.request.error', ({ request }) => open.get(request)?.end()),
      subscribed<Sent & { response: IncomingMessage }>(
        'http.client.response.finish',
        ({ request, response }) => {
          const wait = open.get(request);
          if (wait) response.prependOnceListener('end', () => wait.end());
        },
      ),
    ];
  },
};

function address(request: ClientRequest): string {
  const host = request.getHeader('host') ?? request.host;
  return addressDetail(String(host), request.path);
}

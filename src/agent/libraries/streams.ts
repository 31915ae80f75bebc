/**
 * Back-pressure of node:stream, and bodies that are on their way:
 *
 *   write() that answers false, until `drain`
 *   a request's body that the program serves, until its end
 */
import type { IncomingMessage } from 'node:http';
import { Duplex, Writable } from 'node:stream';
import type { Follow, OpenWait } from '../operations/follow.ts';
import { subscribed } from './channels.ts';
import type { Library } from './library.ts';
import { apply, wrapMethod, type Method } from './wrapped-method.ts';

const LENGTH = 'content-length';
const ENCODING = 'transfer-encoding';

export const streams: Library = {
  builtin: follow => {
    const full = new WeakSet<Writable>();
    const written = (original: Method<Writable>): Method<Writable> =>
      function (...parameters) {
        const hasRoom = apply(original, this, parameters);
        if (hasRoom === false && !full.has(this)) fills(follow, this, full);
        return hasRoom;
      };
    return [
      wrapMethod(Writable.prototype, 'write', written),
      // A copy of it.
      wrapMethod(Duplex.prototype, 'write', written),
      subscribed<{ request: IncomingMessage }>('http.server.request.start', ({ request }) =>
        receives(follow, request),
      ),
    ];
  },
};

function fills(follow: Follow, stream: Writable, full: WeakSet<Writable>): void {
  const wait = follow.wait('stream', 'node:stream', stream.constructor.name);
  if (!wait || stream.destroyed) return wait?.end();
  full.add(stream);
  endsWithAny(wait, stream, ['drain', 'close'], () => full.delete(stream));
}

/** Of a server's own operation, which has begun with the same message. */
function receives(follow: Follow, request: IncomingMessage): void {
  if (!hasBody(request.rawHeaders)) return;
  const wait = follow.wait('stream', 'node:http', 'request body');
  if (wait) endsWithAny(wait, request, ['end', 'close']);
}

/** Names and values in turn, as they came: `headers` would be made of them for nothing. */
function hasBody(headers: readonly string[]): boolean {
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] as string;
    if (name.length === LENGTH.length && name.toLowerCase() === LENGTH) return Number(headers[index + 1]) > 0;
    if (name.length === ENCODING.length && name.toLowerCase() === ENCODING) return true;
  }
  return false;
}

function endsWithAny(
  wait: OpenWait,
  emitter: Writable | IncomingMessage,
  events: readonly string[],
  after?: () => void,
): void {
  const ended = (): void => {
    wait.end();
    after?.();
    for (const event of events) emitter.removeListener(event, ended);
  };
  for (const event of events) emitter.prependListener(event, ended);
}

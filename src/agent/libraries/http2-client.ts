/**
 * Requests by node:http2, also those of gRPC: from the request until the last of the answer's body. Its events come from the
 * session, which whoever has asked first has opened: they are put into the operation of their own request.
 *
 *   http2.client.stream.created   Node 22.17 and 24.2 on
 *   ClientHttp2Session.request    before: the class is found at the first session, since loading http2 takes long
 */
import { EventEmitter } from 'node:events';
import net from 'node:net';
import type { Follow } from '../operations/follow.ts';
import { isCalledFrom } from '../operations/program-stack.ts';
import { dataOf } from '../operations/route-name.ts';
import { subscribed } from './channels.ts';
import { isObject, type Library } from './library.ts';
import { addressDetail } from './places.ts';
import { apply, hideIn, wrapMethod, type Method, type Undo } from './wrapped-method.ts';

interface Stream {
  readonly sentHeaders?: unknown;
  emit: Method;
  prependOnceListener(event: string, listener: () => void): unknown;
}

/** Kept: a program's tests put their own in its place. */
const nextTick = process.nextTick.bind(process);

export const http2Client: Library = {
  builtin: follow => {
    const seen = new WeakSet<Stream>();
    const created = (stream: Stream): void => {
      if (seen.has(stream)) return;
      seen.add(stream);
      hideIn(stream, 'emit', follow.bind(stream.emit));
      const wait = follow.wait('http', 'node:http2', () => address(stream));
      if (wait) for (const event of ['end', 'close']) stream.prependOnceListener(event, () => wait.end());
    };
    return hasChannel()
      ? [subscribed<{ stream: Stream }>('http2.client.stream.created', ({ stream }) => created(stream))]
      : [onFirstSession(prototype => wrapRequests(prototype, follow, created))];
  },
};

function hasChannel(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 2) || (major === 22 && minor >= 17);
}

function wrapRequests(prototype: object, follow: Follow, created: (stream: Stream) => void): Undo {
  return wrapMethod(
    prototype,
    'request',
    original =>
      function (...parameters) {
        const stream = apply(original, this, parameters);
        if (follow.current() && isObject(stream)) created(stream as Stream);
        return stream;
      },
  );
}

/** A session connects a socket first, and then is made as any emitter is: by `EventEmitter.init`. */
function onFirstSession(found: (prototype: object) => Undo): Undo {
  const undo: Undo[] = [];
  const connect = wrapMethod<net.Socket>(net.Socket.prototype, 'connect', original => {
    const wrapped: Method<net.Socket> = function (...parameters) {
      if (undo.length === 1 && isCalledFrom('node:internal/http2/', wrapped))
        onNextSession(prototype => undo.push(found(prototype)));
      return apply(original, this, parameters);
    };
    return wrapped;
  });
  undo.push(connect);
  return () => undo.splice(0).forEach(each => each());
}

/** Until the end of this turn. */
function onNextSession(found: (prototype: object) => void): void {
  const undo = wrapMethod<object>(
    EventEmitter,
    'init',
    original =>
      function (...parameters) {
        const prototype = Object.getPrototypeOf(this) as object;
        if (dataOf(dataOf(prototype, 'constructor'), 'name') === 'ClientHttp2Session') {
          undo();
          found(prototype);
        }
        return apply(original, this, parameters);
      },
  );
  nextTick(undo);
}

/** As it was sent: a program need not name the server in each request. */
function address(stream: Stream): string {
  const { sentHeaders } = stream;
  const field = (name: string): string => {
    const value = dataOf(sentHeaders, name);
    return typeof value === 'string' ? value : '';
  };
  return addressDetail(field(':authority'), field(':path'));
}

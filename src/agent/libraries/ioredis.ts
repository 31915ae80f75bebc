/**
 * ioredis: https://github.com/redis/ioredis
 *
 *   Redis.sendCommand  query: a command ends by its own `resolve` or `reject`
 *   Pipeline.exec      query: one for the whole pipeline or transaction
 *   Redis.connect      connect
 *
 * Callbacks and promises run in the right operation without us. Its channels are not used: who listens to them gets a
 * `catch` put on every command's promise, so that rejections that nobody handles would go unseen.
 */
import type { OpenWait } from '../operations/follow.ts';
import { prototypeOf, type Library } from './library.ts';
import { ending, waitingCall } from './waiting-call.ts';
import { apply, wrapMethod, type Method } from './wrapped-method.ts';

/** A command, and a pipeline. */
interface Deferred {
  resolve?: unknown;
  reject?: unknown;
}

interface Command extends Deferred {
  readonly name?: unknown;
}

interface Redis {
  readonly status?: string;
  readonly options?: { readonly host?: string; readonly port?: number; readonly path?: string };
}

interface Pipeline extends Deferred {
  readonly length?: number;
}

/** What ioredis itself asks before a connection is ready. */
const HANDSHAKE = new Set(['info', 'hello', 'client', 'auth', 'select', 'readonly']);

export const ioredis: Library = {
  files: {
    'ioredis/built/Redis.js': (exported, follow) => {
      const prototype = prototypeOf(exported, 'Redis');
      const seen = new WeakSet<Command>();
      const connecting = { kind: 'connect', library: 'ioredis', detail: serverOf } as const;
      return [
        wrapMethod<Redis>(
          prototype,
          'sendCommand',
          original =>
            function (...parameters) {
              const [command, stream] = parameters as [Command, unknown];
              // With a stream: a part of a pipeline. Sent again: it was queued until the connection was ready.
              if (!stream && follow.current() && !seen.has(command) && !isHandshake(this, command)) {
                seen.add(command);
                endsBySettling(command, follow.wait('query', 'ioredis', String(command.name)));
              }
              return apply(original, this, parameters);
            },
        ),
        wrapMethod<Redis>(prototype, 'connect', waitingCall(follow, connecting)),
      ];
    },
    'ioredis/built/Pipeline.js': (exported, follow) => {
      const seen = new WeakSet<Pipeline>();
      return [
        wrapMethod<Pipeline>(
          prototypeOf(exported, 'Pipeline'),
          'exec',
          original =>
            function (...parameters) {
              if (follow.current() && !seen.has(this)) {
                seen.add(this);
                endsBySettling(this, follow.wait('query', 'ioredis', `pipeline of ${this.length ?? 0}`));
              }
              return apply(original, this, parameters);
            },
        ),
      ];
    },
  },
};

const isHandshake = ({ status }: Redis, { name }: Command): boolean =>
  status !== 'ready' && HANDSHAKE.has(String(name));

function endsBySettling(deferred: Deferred, wait: OpenWait | undefined): void {
  if (!wait || typeof deferred.resolve !== 'function' || typeof deferred.reject !== 'function') return;
  deferred.resolve = ending(wait, deferred.resolve as Method);
  deferred.reject = ending(wait, deferred.reject as Method);
}

const serverOf =
  ({ options }: Redis): (() => string) =>
  () =>
    options?.path ?? `${options?.host}:${options?.port}`;
